#!/usr/bin/env bash
# Builds the console's pages into a folder: scripts/build_pages.sh OUT
set -euo pipefail
out=$(realpath -m "$1")
cd "$(dirname "$0")/../web"

# Several builds may run at once (dev, release, asan): one of them installs, the others wait.
install_once() {
  local installed=node_modules/.package-lock.json
  if [ ! -e "$installed" ] || [ package-lock.json -nt "$installed" ]; then
    # Not `npm ci`: it refuses a lock without the optional packages of other platforms, and some
    # versions of npm write no other.
    npm install --no-save --no-audit --no-fund --loglevel=error
    touch "$installed"
  fi
}
export -f install_once
flock package-lock.json bash -ec install_once
npm run --silent build -- --outDir "$out" --emptyOutDir --logLevel warn
