#!/usr/bin/env bash
# Installs the load generator of bench/run-time: wrk, Debian's package.
set -euo pipefail
if command -v wrk >/dev/null; then
  echo "wrk is installed: $(command -v wrk)"
  exit 0
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
"${as_root[@]}" apt-get update
"${as_root[@]}" apt-get install --yes --no-install-recommends wrk
