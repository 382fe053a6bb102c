# shellcheck shell=bash
# Sourced: what README and the spec tell their readers to type is what interop runs.

# commands_of PAGE HEADING [NTH]: the first, or nth, block of shell commands below that heading.
commands_of() {
  local commands
  commands=$(awk -v heading="## $2" -v nth="${3:-1}" '
    /^## /          { on = $0 == heading }
    /^```$/         { inside = 0 }
    on && inside    { print }
    on && /^```sh$/ { inside = ++seen == nth }' "$1")
  [ -n "$commands" ] || { printf '%s has no such commands below "%s"\n' "$1" "$2" >&2; return 1; }
  printf '%s\n' "$commands"
}

# check_by_openssl PAGE HEADING: those commands accept the `checkpoint` of this folder, and not with
# another size in it. Fails with a status, also where the shell would not stop by itself.
check_by_openssl() {
  local commands
  commands=$(commands_of "$1" "$2") || return 1
  bash -euo pipefail -c "$commands" || return 1
  sed -i '2s/$/0/' checkpoint
  if bash -euo pipefail -c "$commands" 2>/dev/null; then
    printf 'openssl accepts a size that nobody signed\n' >&2
    return 1
  fi
  sed -i '2s/0$//' checkpoint
}
