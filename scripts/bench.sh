#!/usr/bin/env bash
# Runs the benchmarks of a build folder and prints one table: what was measured, and its budget.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
found=0
while IFS= read -r program; do
  found=$((found + 1))
  printf '\n== %s\n' "$(basename "$program")"
  "$program" --benchmark_counters_tabular=true 2>/dev/null
done < <(find "$build/src" -name '*_bench' -type f -perm -u+x | sort)
[ "$found" -gt 0 ] || { echo "no benchmark was built in $build" >&2; exit 1; }
