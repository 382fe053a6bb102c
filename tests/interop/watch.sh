#!/usr/bin/env bash
# `itmo-audit watch` cosigns the log of a server, with a key that openssl made; openssl, Go's
# verifier and an auditor who demands it accept the cosignature.
# Usage: watch.sh BIN CHECK    our programs, the checker
set -euo pipefail
PATH=$1:$PATH
check=$2
. tests/interop/ledger.sh

make_ledger
start_server
open_ledger
open_accounts 1 3

# The witness's verifier key, by spec/tree.md 8: name, id and key.
name=witness.example/XHA
(umask 077 && openssl genpkey -algorithm ed25519 -out witness.pem)
{ printf '\004'; openssl pkey -in witness.pem -pubout -outform DER | tail -c 32; } >key
id=$({ printf '%s\n' "$name"; cat key; } | sha256sum | cut -c 1-8)
printf '%s+%s+%s\n' "$name" "$id" "$(base64 key)" >witness.vkey

itmo-audit watch "$URL" --key log.vkey --mirror mirror --cosigner witness.pem --name "$name" \
  --once >watch.log || fail 'the watch does not cosign'
check_cosigned "$check" "file://$PWD/mirror" witness.vkey
audit_by mirror witness.vkey
stop_server
