#!/usr/bin/env bash
# Tessera's fsck, as its authors publish it, makes every tile again from the entries and compares.
# Usage: fsck.sh FSCK BASE VKEY    BASE: http://… or file://…
set -euo pipefail
fsck=$1 base=$2 vkey=$3

# Its exit status is 0 whatever it finds; it accepted the log where it names this size and root.
told=$("$fsck" -ui=false -storage_url "$base" -public_key "$vkey" 2>&1)
checkpoint=$(curl -fsS "$base/checkpoint")
size=$(sed -n 2p <<<"$checkpoint") root=$(sed -n 3p <<<"$checkpoint")
found="Successfully fsck'd log with size $size and root $root"
if ! grep -qF "$found" <<<"$told"; then
  printf 'fsck does not accept %s:\n%s\n' "$base" "$(cut -c -200 <<<"$told")" >&2
  exit 1
fi
printf 'fsck: %s\n' "${found#*\'d }"
