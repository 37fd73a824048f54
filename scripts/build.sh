# Sourced by ./sealane and ./dev after jdk.sh: builds the server, once, and only what changed.
# `home` is the checkout.

build_folder=$home/.sealane-build
built=$home/server/target
stamp=$built/sealane.stamp
cache=$built/sealane.aot

NO_MAVEN="missing: Maven 3.8 or newer, as mvn on PATH (https://maven.apache.org)."

# Whether nothing that goes into the server changed since it was built. A folder is newer than the
# stamp once a file in it is added, renamed or removed.
is_built() {
    [ -f "$stamp" ] && [ -z "$(
        find "$home"/pom.xml "$home"/.mvn "$home"/*/pom.xml "$home"/*/src/main \
            -newer "$stamp" 2>&1
    )" ]
}

need_tools() {
    missing=
    find_java javac || missing=$NO_JDK
    if ! command -v mvn >/dev/null; then
        missing=${missing:+$missing
}$NO_MAVEN
    elif [ -z "$missing" ]; then
        case $(mvn -version 2>/dev/null) in
            *'Apache Maven '[0-2].* | *'Apache Maven 3.'[0-7].*) missing=$NO_MAVEN ;;
        esac
    fi
    [ -z "$missing" ] || fail "$missing"
}

# The first two options silence warnings of JDK 24 and newer about Maven's own libraries. Measured: a
# whole build takes 165 s of processor time with the other two, 267 s without.
maven() {
    (
        cd "$home" &&
            MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow \
                --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -XX:+UseSerialGC" \
                exec mvn -B "$@" </dev/null
    )
}

# One build at a time. Where flock exists the lock lives as long as its holder and Maven do.
lock_build() {
    mkdir -p "$build_folder"
    if command -v flock >/dev/null; then
        exec 9>"$build_folder/lock"
        flock -n 9 || { say 'waiting for another build to end' && flock 9; }
        return
    fi
    until mkdir "$build_folder/lock.d" 2>/dev/null; do
        holder=$(cat "$build_folder/lock.d/pid" 2>/dev/null) || holder=$$
        if kill -0 "$holder" 2>/dev/null; then
            [ -n "${waiting:-}" ] || say 'waiting for another build to end'
            waiting=yes
            sleep 1
        else
            rm -rf "$build_folder/lock.d"
        fi
    done
    echo $$ >"$build_folder/lock.d/pid"
    trap 'rm -rf "$build_folder/lock.d"' EXIT
    trap 'exit 1' HUP INT TERM
}

unlock_build() {
    exec 9>&-
    rm -rf "$build_folder/lock.d"
    trap - EXIT HUP INT TERM
}

# A server that runs from these files keeps them open: they are removed, never written over.
forget_build() {
    rm -rf "$stamp" "$cache" "$built/lib" "$built"/sealane-server-*.jar
    : >"$build_folder/started"
}

# What changes while Maven works is newer than the stamp, and is built by the next start.
remember_build() {
    mv "$build_folder/started" "$stamp"
}

build_server() {
    lock_build
    if ! is_built; then
        need_tools
        say 'building what changed; the first time takes a minute or two'
        forget_build
        if ! maven -q -Dstyle.color=never -DskipTests -pl server -am package >"$build_folder/log" 2>&1; then
            tail -n 40 "$build_folder/log" >&2
            fail "the build failed; its whole output is in $build_folder/log"
        fi
        remember_build
    fi
    unlock_build
}
