#!/usr/bin/env bash
# Installs what the tests need beyond npm: a Chromium, a PostgreSQL server, a Redis server, Python for the recorded cases.
# Does nothing, and says nothing, where all of them are there.
set -euo pipefail

has_chromium() {
  [ -x /usr/bin/chromium ] && return 0
  local browsers="${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"
  compgen -G "$browsers/chromium*/INSTALLATION_COMPLETE" >/dev/null
}

has_postgres() {
  local folder
  for folder in /usr/lib/postgresql/*/bin; do
    [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] && return 0
  done
  command -v initdb >/dev/null && command -v postgres >/dev/null
}

has_redis() {
  command -v redis-server >/dev/null
}

find_missing() {
  missing=()
  has_chromium || missing+=(chromium)
  has_postgres || missing+=(postgresql)
  has_redis || missing+=(redis-server)
  command -v python3 >/dev/null || missing+=(python3)
}

fail() {
  echo "setup: $1" >&2
  exit 1
}

find_missing
[ "${#missing[@]}" -eq 0 ] && exit 0

command -v apt-get >/dev/null ||
  fail "this machine lacks ${missing[*]} and has no apt-get; install them by hand and run the tests again."

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null && sudo -n true 2>/dev/null ||
    fail "this machine lacks ${missing[*]}; run 'sudo apt-get install ${missing[*]}' and start again."
  as_root=(sudo -n)
fi

# One installation at a time; whoever waited looks again, since the other one may have done the work.
exec 9>"${TMPDIR:-/tmp}/tenon-setup-$(id -u).lock"
command -v flock >/dev/null && flock 9
find_missing
[ "${#missing[@]}" -eq 0 ] && exit 0

log="$(mktemp)"
trap 'rm -f "$log"' EXIT

# RUNLEVEL=1 keeps Debian's scripts from starting the installed servers: the tests start their own.
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get -q -y -o DPkg::Lock::Timeout=600 "$@" >>"$log" 2>&1
}

echo "setup: installing ${missing[*]} …"
# A foreign package source that cannot be reached fails the update; the installation decides.
apt update || true
apt install --no-install-recommends "${missing[@]}" || {
  tail -n 25 "$log" >&2
  fail "apt-get could not install ${missing[*]}; its last lines stand above."
}

find_missing
[ "${#missing[@]}" -eq 0 ] || fail "${missing[*]} cannot be found although apt-get reported success."
