#!/bin/sh
# Measures what a byte costs: server CPU-seconds per GiB for plain and TLS 1.3, down and up, with
# curl over loopback. Usage: scripts/cpu-per-gib.sh [RUNS]   (default 5; prints each run, in order)
# CPU time is the server process's own user and system time, from the kernel (/proc/PID/stat).
set -eu

runs=${1:-5}
here=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
work=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server"; fi; rm -rf "$work"' EXIT

ticks=$(getconf CLK_TCK)
cat >"$work/sealane.yaml" <<'YAML'
listeners:
  - { name: explicit, address: 127.0.0.1, ports: [0], mode: explicit }
  - { name: plain, address: 127.0.0.1, ports: [0], mode: plain }
passive: { ports: 0 }
storage: { mounts: [ { path: /, local: "files/{user}" } ] }
YAML

echo measure | "$here/sealane" user add measure --password-stdin --config "$work/sealane.yaml" \
    >/dev/null 2>&1
mkdir -p "$work/files/measure"
head -c 1073741824 /dev/urandom >"$work/files/measure/gib"

"$here/sealane" serve --config "$work/sealane.yaml" >"$work/out" 2>"$work/err" &
server=$!
until grep -q '^ready' "$work/out"; do
    kill -0 "$server" || { cat "$work/err" >&2; exit 1; }
done
explicit=$(sed -n 's/^ready.*explicit (explicit) on 127.0.0.1:\([0-9]*\).*/\1/p' "$work/out")
plain=$(sed -n 's/^ready.*plain (plain) on 127.0.0.1:\([0-9]*\).*/\1/p' "$work/out")

cpu_ticks() {
    awk '{ print $14 + $15 }' "/proc/$server/stat"
}

# measure NAME CURL-ARGUMENTS...
measure() {
    name=$1
    shift
    printf '%-14s' "$name"
    run=0
    while [ "$run" -lt "$runs" ]; do
        rm -f "$work/files/measure/up" # Or the file system would write the old one out first.
        before=$(cpu_ticks)
        curl -sS --tlsv1.3 --cacert "$work/sealane-data/tls/certificate.pem" \
            --user measure:measure "$@"
        after=$(cpu_ticks)
        awk -v t=$((after - before)) -v hz="$ticks" 'BEGIN { printf "  %.2f", t / hz }'
        run=$((run + 1))
    done
    echo
}

echo "server CPU-seconds per GiB, $runs runs in order (the first ones warm the JVM up):"
measure "TLS down" --ssl-reqd "ftp://127.0.0.1:$explicit/gib" -o /dev/null
measure "TLS up" --ssl-reqd -T "$work/files/measure/gib" "ftp://127.0.0.1:$explicit/up"
measure "plain down" "ftp://127.0.0.1:$plain/gib" -o /dev/null
measure "plain up" -T "$work/files/measure/gib" "ftp://127.0.0.1:$plain/up"
