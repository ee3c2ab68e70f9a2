#!/usr/bin/env bash
# Fuzzes every target for so long, from what earlier runs found, and prints what came of it.
#
#   scripts/fuzz.sh [SECONDS] [NAME...]     default: 60 seconds each, every target
#
# JOBS: how many at once (1). What was found is kept in build/fuzz/corpus, crashes beside it.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
found=build/fuzz/corpus

fuzz() {
  local program=$1 seconds=$2 found=$3 name log
  name=$(basename "$program")
  log=$found/$name.log
  mkdir -p "$found/$name"
  # -close_fd_mask: what a target itself prints says nothing here.
  if "$program" -max_total_time="$seconds" -print_final_stats=1 -close_fd_mask=1 \
    -artifact_prefix="$found/$name." "$found/$name" >"$log" 2>&1; then
    outcome='no crash'
  else
    outcome="FAILED: $log"
  fi
  awk -v name="$name" -v outcome="$outcome" '
    /^stat::number_of_executed_units:/ { runs = $2 }
    /^stat::peak_rss_mb:/ { memory = $2 }
    match($0, / ft: [0-9]+/) { features = substr($0, RSTART + 5, RLENGTH - 5) }
    END { printf "%-32s %12d %9d %6d MiB  %s\n", name, runs, features, memory, outcome }' "$log"
  [ "$outcome" = 'no crash' ]
}
export -f fuzz

mapfile -t programs < <(find build/fuzz/src -name '*_fuzz' -type f -perm -u+x | sort)
[ ${#programs[@]} -gt 0 ] || { echo "no fuzz target is built: make fuzz" >&2; exit 1; }
mkdir -p "$found"
for name in "$@"; do
  printf '%s\n' "${programs[@]}" | grep -q "/$name\$" || { echo "no such target: $name" >&2; exit 1; }
done
printf '%-32s %12s %9s %10s\n' target runs features memory
for program in "${programs[@]}"; do
  [ $# -eq 0 ] || [[ " $* " == *" $(basename "$program") "* ]] || continue
  printf '%s\0' "$program"
done | xargs -0 -r -P "${JOBS:-1}" -I{} bash -c 'fuzz "$@"' _ {} "$seconds" "$found"
