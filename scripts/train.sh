#!/bin/sh
# The build's last step: starts and stops the built server once, on ports that nobody uses, for Java
# to keep its classes loaded, linked and profiled (JEP 483, 514 and 515) in server/target/sealane.aot.
# Without it everything works, and starts later.
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
    >"$folder/sealane.yaml"
"$JAVA_HOME/bin/java" "$COLLECTOR" -XX:AOTCacheOutput="$cache" -Xlog:disable \
    --enable-native-access=ALL-UNNAMED -cp "$class_path" io.sealane.server.cli.Main \
    serve --config "$folder/sealane.yaml" >"$folder/output" 2>"$folder/log" </dev/null &
server=$!
while read -r line; do
    case $line in
        ready*) kill "$server" ;;
    esac
done <"$folder/output"
wait "$server" || :
[ -f "$cache" ] || { cat "$folder/log" >&2 && fail 'no cache of loaded classes: ./sealane starts later'; }
rm -rf "$folder"
