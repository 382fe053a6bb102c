#!/usr/bin/env bash
# A key that never leaves a hardware module (SoftHSM plays it) enrols and signs by the commands that
# README gives, and the running ledger takes it.
# Usage: hsm.sh ITMO URL VKEY KEYS: the program, a demonstration, its verifier key, its key files
set -euo pipefail
itmo() { "$program" "$@"; }
program=$1 url=$2 vkey=$3 keys=$4
. tests/interop/pages.sh
commands=$(commands_of README.md 'Sign with a hardware module')
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

mkdir tokens
printf 'directories.tokendir = %s/tokens\n' "$scratch" >softhsm2.conf
export SOFTHSM2_CONF=$scratch/softhsm2.conf PIN=5678
MODULE=$(find /usr/lib -name libsofthsm2.so | head -1)
softhsm2-util --init-token --free --label ministry --so-pin 1234 --pin "$PIN" >/dev/null
pkcs11-tool --module "$MODULE" --login --pin env:PIN --keypairgen --key-type EC:edwards25519 \
  --id 01 --label ministry >/dev/null 2>&1

# The entity that the module's key is of: its own signature is the module's, its sponsor's a file's.
pkcs11-tool --module "$MODULE" --read-object --type pubkey --id 01 --output-file module.pem 2>/dev/null
key=$(itmo key module.pem | sed -n 's/^public key *//p')
jq -n --arg key "$key" '
  {id: "XHA-MODULE", kind: "entity", sponsor: "XHA", office: "Ministry with a module", keys: [$key],
   identity: {name: "Fictional Ministry With A Module", country: "XHA", number: "XHA-900"},
   thresholds: {ordinary: 1, units: 1, keys: 1}}' >body.json
itmo event make --ledger demonstration.example/itmo-ledger --type participant.admitted \
  --body body.json --date 2031-02-01 --expires 2031-02-28T00:00:00.000Z --out event
eval "$commands"
itmo sign with-signature --key "$keys/XHA-CMO.pem" --out complete --yes >/dev/null
itmo submit complete --url "$url" --vkey "$vkey" --time 2031-02-01T09:00:00.000Z --out receipt.json
itmo receipt receipt.json --vkey "$vkey"
