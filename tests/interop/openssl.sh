#!/usr/bin/env bash
# openssl alone, by the commands of README and spec/tree.md, on a running demonstration: every
# signature under every transfer, and the log's own under the checkpoint. Nothing holds altered.
# Usage: openssl.sh URL VKEY
set -euo pipefail
export URL=$1 N
pages=$PWD
. tests/interop/pages.sh
transfer=$(commands_of README.md 'Check a transfer with openssl alone')
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$2" "$scratch/vkey"
cd "$scratch"

curl -fsS "$URL/v1/entries?limit=1000" >entries
jq 'select(.event.type == "units.transferred") | .seq' entries >transfers
[ -s transfers ]
for N in $(<transfers); do
  bash -euo pipefail -c "$transfer" >told
  signatures=$(jq '.signatures | length' entry)
  [ "$signatures" -ge 2 ]
  [ "$(grep -c 'Signature Verified Successfully' told)" -eq "$signatures" ]
  sed -i 's/"quantity":[0-9]*/&0/' signed
  if openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in signed -sigfile sig \
    >/dev/null; then
    printf 'openssl accepts ten times the quantity of entry %s\n' "$N" >&2
    exit 1
  fi
done

curl -fsS "$URL/checkpoint" -o checkpoint
check_by_openssl "$pages/spec/tree.md" '6. Checkpoints' >/dev/null
printf '%s transfers with all their signatures, and the checkpoint\n' "$(wc -l <transfers)"
