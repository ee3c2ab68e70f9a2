#!/usr/bin/env bash
# Proves `make test` and `make demo` on a Debian 12 in which nothing of ours is installed: a tree
# made by debootstrap, with this checkout's commit in it. Needs root, about 8 GB and half an hour.
#
#   scripts/bare_tree.sh [FOLDER] [COMMAND]     default: a new folder under TMPDIR, both commands
#
# BARE_TREE_MIRROR names a mirror of Debian other than debootstrap's own; BARE_TREE_KEEP=1 leaves
# the folder standing.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" -eq 0 ] || { echo "bare_tree.sh must be run by root (it makes a chroot)" >&2; exit 1; }
command -v debootstrap >/dev/null ||
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends debootstrap

tree=${1:-$(mktemp -d -t regmark-bare-XXXXXX)}
command=${2:-'make test && DEMO_WAIT=0 make demo'}
mirror=${BARE_TREE_MIRROR:-}

finish() {
  for mount in dev/shm dev/pts dev proc sys; do
    mountpoint -q "$tree/$mount" && umount "$tree/$mount"
  done
  [ "${BARE_TREE_KEEP:-0}" = 1 ] || rm -rf --one-file-system "$tree"
}
trap finish EXIT

echo "A bare Debian 12 in $tree"
debootstrap --variant=minbase --include=ca-certificates,make,git bookworm "$tree" ${mirror:+"$mirror"}
# The tree reaches packages as this machine does: the same certificates, proxies and npm settings.
cp /etc/resolv.conf "$tree/etc/resolv.conf"
cp /etc/ssl/certs/ca-certificates.crt "$tree/etc/ssl/certs/ca-certificates.crt"
for file in /etc/apt/apt.conf.d/*proxy* "$HOME/.npmrc"; do
  [ -f "$file" ] && install -D "$file" "$tree${file/#$HOME//root}"
done
for mount in dev dev/pts dev/shm proc sys; do
  mkdir -p "$tree/$mount"
  mount --bind "/$mount" "$tree/$mount"
done

# A clone of the commit, not of the working tree: what is not committed is not there.
git clone -q --no-hardlinks . "$tree/srv/regmark"
start=$SECONDS
chroot "$tree" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
  bash -ec "cd /srv/regmark && $command"
echo "The bare tree did: $command ($((SECONDS - start)) s)"
