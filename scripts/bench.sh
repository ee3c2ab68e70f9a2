#!/usr/bin/env bash
# Runs the benchmarks of a build folder and prints one table: what was measured, and its budget.
#
#   scripts/bench.sh [BUILD] [NAME...]     default: build/release, every benchmark
#
# REGMARK_BENCH_READS: how many reads are searched (20,000,000, some minutes to load, 2 GB).
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
shift || true
export REGMARK_BENCH_READS=${REGMARK_BENCH_READS:-20000000}
results=$build/benchmarks
mkdir -p "$results"

mapfile -t programs < <(find "$build/src" "$build/tests" -name '*_bench' -type f -perm -u+x | sort)
[ ${#programs[@]} -gt 0 ] || { echo "no benchmark was built in $build" >&2; exit 1; }
for program in "${programs[@]}"; do
  name=$(basename "$program")
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
  printf '%s …\n' "$name" >&2
  "$program" --benchmark_out_format=json --benchmark_out="$results/$name.json" >"$results/$name.log" 2>&1 ||
    { cat "$results/$name.log" >&2; exit 1; }
done
printf 'On %s, %s cores, load %s\n' "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)" \
  "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)"
node scripts/bench_table.mjs "$results"
