#!/usr/bin/env bash
# Runs clang-tidy on the source files that differ from BASE (default: the commit before this one).
# TIDY_FILES_MAX: of more files only so many, chosen by the commit, so that another commit has others.
set -euo pipefail
cd "$(dirname "$0")/.."

base=${BASE:-HEAD~1}
git rev-parse --verify -q "$base" >/dev/null || base=$(git hash-object -t tree /dev/null)
[ -f build/dev/compile_commands.json ] || cmake --preset dev >/dev/null
# Only what the build compiles: a fuzz target belongs to another preset.
mapfile -t files < <(git diff --name-only --diff-filter=d "$base" -- 'src/*.cc' |
  grep -v '_fuzz\.cc$' || true)
[ ${#files[@]} -eq 0 ] && { echo "clang-tidy: nothing changed since $base"; exit 0; }
echo "clang-tidy: ${#files[@]} files changed since $base"
if [ ${#files[@]} -gt "${TIDY_FILES_MAX:-1000000}" ]; then
  mapfile -t files < <(printf '%s\n' "${files[@]}" |
    shuf --random-source=<(git rev-parse HEAD HEAD~1 | yes "$(cat)") -n "$TIDY_FILES_MAX")
  echo "clang-tidy: of these, ${#files[@]} are looked at"
fi
printf '%s\n' "${files[@]}" | xargs -P 2 -n 4 clang-tidy-14 --quiet -p build/dev \
  --extra-arg=-Wno-unknown-warning-option 2> >(grep -v "warnings generated" >&2)
