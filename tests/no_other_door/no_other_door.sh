#!/usr/bin/env bash
# Shows that what opens the store cannot be made by hand: each door in doors.cc must not compile,
# and the file without any must.
#
#   no_other_door.sh COMPILER SOURCE_FOLDER
set -euo pipefail
compiler=$1
source=$2
file=$source/tests/no_other_door/doors.cc
# As every build of ours, it takes no number with a fraction where a whole one belongs.
compile() { "$compiler" -std=c++20 -Werror=narrowing -fsyntax-only -I"$source/src" "$@" "$file"; }

compile || { echo "what is lawful does not compile"; exit 1; }
doors=$(grep -o 'DOOR_[A-Z_]*' "$file" | sort -u)
open=0
for door in $doors; do
  if compile "-D$door" 2>/dev/null; then
    echo "$door is open"
    open=1
  fi
done
[ "$(wc -w <<< "$doors")" -ge 10 ] || { echo "hardly any door was tried"; exit 1; }
exit $open
