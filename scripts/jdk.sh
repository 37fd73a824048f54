# Sourced by ./sealane, ./dev and .ci/run: finds a Java that is new enough.

JAVA_RELEASE_MIN=25

say() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
}

fail() {
    say "$@"
    exit 1
}

# java_is_usable HOME TOOL: whether HOME holds a Java of release 25 or newer with bin/TOOL. Reads
# the file `release`, which every JDK carries, because starting Java to ask it takes far longer.
java_is_usable() {
    [ -x "$1/bin/$2" ] && [ -r "$1/release" ] || return 1
    while IFS='="' read -r name _ version _; do
        if [ "$name" = JAVA_VERSION ]; then
            [ "${version%%[!0-9]*}" -ge "$JAVA_RELEASE_MIN" ] 2>/dev/null
            return
        fi
    done <"$1/release"
    return 1
}

# Prints the home of the java on PATH, which may be a link or some version switcher's script.
java_home_on_path() {
    java=$(command -v java) || return 0
    java=$(readlink -f "$java") || return 0
    if [ -r "${java%/bin/java}/release" ]; then
        printf '%s\n' "${java%/bin/java}"
    else
        "$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
    fi
}

# find_java TOOL: sets and exports JAVA_HOME to the first usable Java that has bin/TOOL.
find_java() {
    if [ -n "${JAVA_HOME:-}" ] && java_is_usable "$JAVA_HOME" "$1"; then
        export JAVA_HOME
        return
    fi
    for JAVA_HOME in \
        "$(java_home_on_path)" \
        /usr/lib/jvm/* \
        /opt/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-}"/.sdkman/candidates/java/* \
        "${HOME:-}"/.jdks/*; do
        if java_is_usable "$JAVA_HOME" "$1"; then
            export JAVA_HOME
            return
        fi
    done
    unset JAVA_HOME
    return 1
}

# Of Java's collectors, Serial leaves the most memory to sessions, and among ten thousand of them its
# pauses are no longer than G1's.
COLLECTOR=-XX:+UseSerialGC

NO_JDK="missing: JDK $JAVA_RELEASE_MIN or newer (looked at JAVA_HOME, java on PATH, /usr/lib/jvm, /opt,
  /Library/Java/JavaVirtualMachines, ~/.sdkman and ~/.jdks). Install one, from
  https://adoptium.net for example, or set JAVA_HOME to where it is."

# set_class_path JAR...: joins them; a shell's pattern lists its files in one order everywhere.
set_class_path() {
    class_path=$1
    shift
    for jar in "$@"; do
        class_path=$class_path:$jar
    done
}
