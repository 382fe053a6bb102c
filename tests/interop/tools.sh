#!/usr/bin/env bash
# Builds, unmodified, programs that others publish: Tessera's fsck, and Torchwood's litewitness.
# The versions are fixed, and Go's checksum database vouches for what they are. All that Go fetches
# and makes is below DIR.
# Prints the directory that has the programs. Where Go is too old or no module proxy answers, it
# prints none; where the proxy does not have what one of them is made of, that one is not there. Each
# that is left out is told of on standard error.
# Usage: tools.sh DIR
set -euo pipefail
readonly go_needed=1.24.0 # what go.mod of both demands
readonly tessera=github.com/transparency-dev/tessera tessera_version=v1.0.4
readonly torchwood=filippo.io/torchwood torchwood_version=v0.9.0 # later ones demand Go 1.27
mkdir -p "$1"
dir=$(realpath "$1")

leave_out() {
  printf 'interop: skipped: tessera fsck and litewitness need Go ≥ %s and the Go module proxy: %s\n' \
    "$go_needed" "$1" >&2
  exit 0
}

export GO111MODULE=on GOWORK=off GOTOOLCHAIN=local GOFLAGS=-modcacherw
export GOPATH=$dir GOMODCACHE=$dir/modules GOCACHE=$dir/cache GOBIN=$dir/bin

version=$(go env GOVERSION 2>/dev/null || true)
version=${version#go}
version=${version%% *}
[ -n "$version" ] || leave_out 'there is no go here'
printf '%s\n' "$go_needed" "$version" | sort --version-sort --check=quiet ||
  leave_out "the go here is $version"
# What a proxy lists is never kept, so this asks it; the sources may be here since an earlier run.
timeout 20 go list -m -versions "$tessera" "$torchwood" >/dev/null 2>&1 ||
  leave_out 'no proxy answers'

# make PROGRAM PACKAGE: without what the proxy refuses there is no program; what it has must build.
make() {
  go install "$2" 2>"$dir/said" && return
  cat "$dir/said" >&2
  grep -q "reading https://.*: [45][0-9][0-9] " "$dir/said" || exit 1
  printf 'interop: skipped: %s, for the module proxy does not have all that it is made of\n' "$1" >&2
}

make 'tessera fsck' "$tessera/cmd/fsck@$tessera_version"
make litewitness "$torchwood/cmd/litewitness@$torchwood_version"
printf '%s\n' "$GOBIN"
