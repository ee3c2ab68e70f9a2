#!/usr/bin/env bash
# Holds our log, its proofs and our witness against golang.org/x/mod/sumdb, which reads and proves
# the same formats. Skipped (77) where Debian's golang-go and golang-golang-x-mod-dev are not.
#
#   tests/sumdb.sh REGMARK WRITE_LOG
set -euo pipefail
program=$(realpath "$1")
write_log=$(realpath "$2")
cd "$(dirname "$0")/sumdb"
sources=/usr/share/gocode
if ! command -v go >/dev/null || [ ! -d "$sources/src/golang.org/x/mod/sumdb/note" ]; then
  echo "skipped: golang-go and golang-golang-x-mod-dev are not installed"
  exit 77
fi
work=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)")
witness=
finish() {
  [ -z "$witness" ] || kill "$witness" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

"$write_log" "$work/audit" 300
cp "$work/audit/checkpoint" "$work/old"
"$write_log" "$work/audit" 70000
proofs=()
for number in 0 255 256 299 300 65535 65536 70000 70299; do
  "$program" audit prove "$number" "$work/audit" --key "$work/audit.pub" --out "$work/$number.tlog-proof"
  "$program" audit check-proof "$work/$number.tlog-proof" --key "$work/audit.vkey" >/dev/null
  proofs+=("$work/$number.tlog-proof")
done
"$program" audit verify "$work/audit" --key "$work/audit.pub" --since "$work/old" --details

"$program" witness --data "$work/witness" --log-key "$work/audit.vkey" --listen 127.0.0.1:0 \
  --name w1.example >"$work/witness.log" &
witness=$!
for _ in $(seq 600); do
  grep -q Ctrl-C "$work/witness.log" && break
  sleep 0.1
done
port=$(sed -n 's/.*on port \([0-9]*\),.*/\1/p' "$work/witness.log")
GO111MODULE=off GOPATH="$sources" GOFLAGS= GOCACHE="$work/cache" \
  go run main.go "$work/audit" "$work/audit.vkey" "$work/old" "http://127.0.0.1:$port" \
  "$work/witness/witness.pub" "${proofs[@]}"
