#!/usr/bin/env bash
# Installs the Debian packages of packages.txt that are missing. Does nothing when none is.
set -euo pipefail
cd "$(dirname "$0")"

missing=()
while read -r package; do
  case "$package" in
    '' | '#'*) continue ;;
    # Any Node.js of version 18 or later will do, wherever it came from.
    nodejs) command -v node >/dev/null && continue ;;
    npm) command -v npm >/dev/null && continue ;;
  esac
  [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null)" = 'ii ' ] ||
    missing+=("$package")
done <packages.txt

[ ${#missing[@]} -eq 0 ] && exit 0
root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "These packages are missing, and only root may install them: ${missing[*]}" >&2
    exit 1
  }
  root=(sudo)
fi
echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q
"${root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -q --no-install-recommends "${missing[@]}"
