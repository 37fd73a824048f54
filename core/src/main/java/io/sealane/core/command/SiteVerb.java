package io.sealane.core.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The subcommands of SITE, in the order of the alphabet.
enum SiteVerb {
    CHMOD("<mode> <path>"),
    COPY("\"<from>\" \"<to>\""),
    CPFR("<path>"),
    CPTO("<path>"),
    HELP("[<command>]"),
    IDLE("[<seconds>]"),
    MKDIR("<path>"),
    RMDIR("<path>"),
    SYMLINK("\"<to>\" \"<link>\""),
    UMASK("[<mask>]"),
    UTIME("<YYYYMMDDhhmm[ss]> <path>"),
    WHO("");

    private final String argument;

    SiteVerb(String argument) {
        this.argument = argument;
    }

    /// The one of that name, in any case.
    static Optional<SiteVerb> named(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(verb -> verb.name().equals(wanted)).findFirst();
    }

    /// All of them in one line.
    static List<String> line() {
        return List.of(Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(" ")));
    }

    String syntax() {
        return ("SITE " + name() + " " + argument).strip();
    }
}
