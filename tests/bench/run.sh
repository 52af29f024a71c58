#!/bin/sh
# Called by "./dev bench": run.sh BUILD [--quick] [--runs N] [PART…]; "run.sh BUILD --help" says more.
set -eu

root=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.." && pwd)
build=$1
shift
ninja -C "$build" bench >&2
exec python3 "$root/tests/bench/bench.py" "$root" "$build" "$@"
