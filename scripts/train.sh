#!/bin/sh
# The build's last step: starts the built server once, on ports that nobody uses, has a client of each
# kind use it, and stops it, for Java to keep its classes loaded and linked (JEP 483 and 514) in
# server/target/sealane.aot. Without it everything works, and starts later. Profiles (JEP 515) are left
# out: docs/performance.md says why.
set -eu
unset CDPATH
home=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$home/scripts/jdk.sh"

built=$home/server/target
cache=$built/sealane.aot
find_java java || fail "$NO_JDK"
set_class_path "$built"/sealane-server-*.jar "$built"/lib/*.jar

[ ! -f "$cache" ] || [ -n "$(find "$built" -name '*.jar' -newer "$cache")" ] || exit 0
rm -f "$cache"

folder=$built/training
rm -rf "$folder"
mkdir -p "$folder"
mkfifo "$folder/output"
printf '%s\n' 'data-dir: data' 'listeners:' \
    '  - { name: explicit, address: 127.0.0.1, ports: [0], mode: explicit }' \
    '  - { name: implicit, address: 127.0.0.1, ports: [0], mode: implicit }' \
    '  - { name: plain, address: 127.0.0.1, ports: [0], mode: plain }' \
    'passive: { ports: 0 }' >"$folder/sealane.yaml"

# Ends the shell that calls it.
sealane() {
    exec "$JAVA_HOME/bin/java" "$COLLECTOR" --enable-native-access=ALL-UNNAMED -cp "$class_path" "$@" \
        --config "$folder/sealane.yaml" 2>>"$folder/log"
}

# Without the account the client below fails, and says so.
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$password" |
    (sealane io.sealane.server.cli.Main user add training --password-stdin) >>"$folder/log" || :

sealane -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining \
    -XX:AOTCacheOutput="$cache" -Xlog:disable io.sealane.server.cli.Main serve \
    >"$folder/output" </dev/null &
server=$!
while read -r line; do
    case $line in
        ready*)
            "$JAVA_HOME/bin/java" "$COLLECTOR" -cp "$home/testkit/target/classes" \
                io.sealane.testkit.TrainingLoad "$line" training "$password" 2>>"$folder/log" ||
                {
                    cat "$folder/log" >&2
                    say 'the build could not use the server: it will load classes while it serves'
                }
            kill "$server"
            ;;
    esac
done <"$folder/output"
wait "$server" || :
[ -f "$cache" ] || { cat "$folder/log" >&2 && fail 'no cache of loaded classes: ./sealane starts later'; }
rm -rf "$folder"
