#!/usr/bin/env bash
# Measures our networks' time beside ONNX Runtime's, from npm (some 300 MB, into the build folder).
#
#   scripts/bench_peers.sh [BUILD]     default: build/release
set -euo pipefail
cd "$(dirname "$0")/.."
build=$(realpath "${1:-build/release}")
peers=$build/peers
mkdir -p "$peers"
cp scripts/peers/package.json scripts/peers/onnxruntime.mjs "$peers"
# Its own script would fetch what only a graphics card needs.
(cd "$peers" && npm install --ignore-scripts --no-audit --no-fund --loglevel=error)
node "$peers/onnxruntime.mjs" "$build" models
