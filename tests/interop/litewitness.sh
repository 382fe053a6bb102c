#!/usr/bin/env bash
# litewitness, as its authors publish it, is the witness that a server asks. openssl, Go's verifier
# and an auditor who demands it accept its cosignatures, over restarts and where the server forgot
# what the witness saw; and no server begins from a backup that has less than it saw.
# Usage: litewitness.sh BIN CHECK TOOLS    our programs, the checker, the directory of tools.sh
set -euo pipefail
PATH=$1:$3:$PATH
check=$2
. tests/interop/ledger.sh

start_litewitness() {
  litewitness -name witness.example/lite -db lite.db -key "$fingerprint" -ssh-agent agent \
    -listen "127.0.0.1:$port" >>lite.log 2>&1 &
  litewitness=$!
  running+=("$litewitness")
  await 'litewitness answers' curl -fsS "http://127.0.0.1:$port/"
}

# Tells the running litewitness of the log, in the database that it made. Torchwood's own program for
# this is made of a module that not every proxy has.
add_log() {
  python3 - "$1" "$2" <<'END'
import base64, hashlib, sqlite3, sys
with sqlite3.connect("lite.db", timeout=10) as db:
    empty = base64.b64encode(hashlib.sha256().digest()).decode()
    db.execute("INSERT INTO log (origin, tree_size, tree_hash) VALUES (?, 0, ?)", (sys.argv[1], empty))
    db.execute("INSERT INTO key (origin, key) VALUES (?, ?)", sys.argv[1:])
END
}

# is_witnessed SIZE: the server has the quorum's cosignatures for all of that.
is_witnessed() { [ "$(curl -fs "$URL/v1/checkpoints/witnessed" | sed -n 2p)" = "$1" ]; }

make_ledger
ssh-keygen -q -t ed25519 -N '' -C witness -f lite
fingerprint=$(ssh-keygen -lf lite.pub | cut -d ' ' -f 2)
ssh-agent -D -a agent >agent.log 2>&1 &
running+=($!)
await 'the agent answers' test -S agent
SSH_AUTH_SOCK=agent ssh-add -q lite
port=$(python3 -c 'import socket
free = socket.socket()
free.bind(("127.0.0.1", 0))
print(free.getsockname()[1])')
start_litewitness
add_log ledger.example/itmo "$(<log.vkey)"
sed -n 's/.*msg="verifier key" vkey="\{0,1\}\([^ "]*\)"\{0,1\}$/\1/p' lite.log >lite.vkey

ask_witnesses "witness lite $(<lite.vkey) http://127.0.0.1:$port" 'quorum lite'
start_server
open_ledger
await 'litewitness cosigned the opening' is_witnessed 1
stop_server
mkdir backup
cp -a data lock cosignatures backup

# After a restart, and with more than one tile, so that there is a tile of tiles.
start_server
open_accounts 1 299
await 'litewitness cosigned 300 entries' is_witnessed 300
check_cosigned "$check" "$URL" lite.vkey
itmo bundle copy --url "$URL" --vkey log.vkey --policy policy >bundle.log
check_cosigned "$check" "file://$PWD/copy" lite.vkey
audit_by copy lite.vkey
"$pages/tests/interop/fsck.sh" "$3/fsck" "$URL" log.vkey
"$pages/tests/interop/fsck.sh" "$3/fsck" "file://$PWD/copy" log.vkey

# A server that forgot what the witness saw, and starts while it is away, waits for nobody; when the
# witness is back, only its 409 tells where the proof has to begin.
stop_server
rm cosignatures
kill "$litewitness"
wait "$litewitness" || true
start_server
open_accounts 300 300
! is_witnessed 301 || fail 'who is away cosigned'
start_litewitness
await 'litewitness cosigned on where it had stopped' is_witnessed 301
check_cosigned "$check" "$URL" lite.vkey

# And a restored backup would fork the log.
stop_server
rm -rf data views lock cosignatures
cp -a backup/* .
status=0
itmo-ledgerd --config ledgerd.toml >refused.log 2>&1 || status=$?
[ "$status" -eq 2 ] || fail "a server began with less than its witness saw, or ended with $status"
grep -qF "says that it saw 301" refused.log || fail 'the refusal says something else'
