#!/bin/sh
# Kills the store of sightings a thousand times, at its crash points and at any moment, and checks
# each time that nothing acknowledged is lost and nothing half-written is served. Takes a few minutes.
#
#   tests/kill_sightings.sh [KILLS [SEED]]
set -eu
cd "$(dirname "$0")/.."
kills=${1:-1000}
seed=${2:-$(date +%s)}
cmake --preset release >/dev/null
cmake --build --preset release --target sightings_kill
echo "kills=$kills seed=$seed"
exec build/release/src/sightings/sightings_kill --kills "$kills" --seed "$seed"
