# shellcheck shell=bash
# Sourced where the programs are on PATH: an ordinary ledger in a folder of its own, by the commands
# of README's "Run a server". Whatever a script adds to `running` is ended with it.

pages=$PWD
. tests/interop/pages.sh
scratch=$(mktemp -d)
running=()
end() {
  [ "${#running[@]}" -eq 0 ] || kill "${running[@]}" 2>/dev/null || true
  wait
  rm -rf "$scratch"
}
trap end EXIT
make_ledger=$(commands_of README.md 'Run a server' 1)
open_ledger=$(commands_of README.md 'Run a server' 2)
cd "$scratch"

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  tail -n 20 -- *.log >&2
  exit 1
}

# await WHAT COMMAND...: until the command succeeds.
await() {
  local what=$1 tries
  shift
  for ((tries = 0; tries < 600; tries++)); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.1
  done
  fail "this was not so within a minute: $what"
}

# All of README's commands but the last, which starts the server; on any free port.
make_ledger() {
  local last='itmo-ledgerd --config ledgerd.toml'
  [[ $make_ledger == *"port = 8080"*"$last" ]] || fail 'README sets up a server in another way'
  make_ledger=${make_ledger/port = 8080/port = 0}
  bash -euo pipefail -c "${make_ledger%"$last"}"
}

# ask_witnesses POLICY-LINE...: as README says below its commands.
ask_witnesses() {
  printf '%s\n' "$@" >policy
  sed -i '/^\[paths\]/a cosignatures = "cosignatures"' ledgerd.toml
  printf '[witnesses]\npolicy = "policy"\n' >>ledgerd.toml
}

start_server() {
  rm -f ready
  itmo-ledgerd --config ledgerd.toml --ready-file ready >>server.log 2>&1 &
  server=$!
  running+=("$server")
  await 'the server answers' test -s ready
  export URL
  URL=$(<ready)
}

stop_server() {
  kill -TERM "$server"
  wait "$server" || fail 'the server did not stop cleanly'
}

open_ledger() { bash -euo pipefail -c "$open_ledger" </dev/null >opening.log; }

# open_accounts FIRST LAST: of these numbers, by one request.
open_accounts() {
  local n
  for ((n = $1; n <= $2; n++)); do
    printf '{"holder":"XHA","id":"XHA-%s","kind":"holding","party":"XHA","registry":"XHA99"}' "$n" \
      >body.json
    itmo event make --ledger ledger.example/itmo --type account.opened --body body.json \
      --expires "$(date -u -d '+30 days' +%Y-%m-%dT00:00:00.000Z)" --out event >/dev/null
    itmo sign event --key XHA.pem --out signed --yes >/dev/null
    cat signed
    printf '\n'
  done >batch
  curl -fsS --data-binary @batch "$URL/v1/events/batch" -o answers.log
  [ "$(grep -c '"seq":' answers.log)" -eq $(($2 - $1 + 1)) ] || fail 'not every account is recorded'
}

# check_cosigned CHECK BASE WITNESS.vkey: log and witness signed the checkpoint at this address, for
# openssl and for Go; and all of the log is under it.
check_cosigned() {
  mkdir -p by-openssl
  cp log.vkey by-openssl/vkey
  cp "$3" by-openssl/witness.vkey
  curl -fsS "$2/checkpoint" -o by-openssl/checkpoint
  (
    cd by-openssl &&
      check_by_openssl "$pages/spec/tree.md" '6. Checkpoints' &&
      check_by_openssl "$pages/spec/tree.md" '8. Cosignatures'
  ) >openssl.log || fail "openssl does not accept the cosigned checkpoint of $2"
  "$1" -witness "$3" "$2" log.vkey
}

# audit_by DIR WITNESS.vkey: the auditor takes the copy where its policy demands this witness.
audit_by() {
  printf 'witness w %s\nquorum w\n' "$(<"$2")" >policy.audit
  itmo-audit "$1" --key log.vkey --policy policy.audit >audit.log || fail "the audit of $1"
}
