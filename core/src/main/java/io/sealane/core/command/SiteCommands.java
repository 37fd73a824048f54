package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.Reply;
import io.sealane.core.wire.TimeVal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SITE, with the subcommands that clients look for in HELP SITE (RFC 959 section 4.1.3).
final class SiteCommands {
    static final Reply HELP =
            Reply.listing(214, "SITE commands:", List.of("CHMOD HELP MKDIR RMDIR UTIME"), "End");

    private static final Pattern MODE_AND_PATH = Pattern.compile("([0-7]{3,4}) (.+)");
    private static final int PERMISSION_BITS = 0777;

    /// `YYYYMMDDhhmm[ss] path`, as ncftp sends it.
    private static final Pattern TIME_AND_PATH = Pattern.compile("(\\d{12}(?:\\d{2})?) (.+)");

    /// `path atime mtime ctime UTC`, as lftp and gftp send it; the second time counts.
    private static final Pattern PATH_AND_TIMES =
            Pattern.compile("(.+) \\d{14} (\\d{14}) \\d{14} UTC");

    private final StoreAccess store;

    SiteCommands(Services services) {
        store = new StoreAccess(services);
    }

    Outcome site(CommandLine command, Member state) {
        String[] words = command.argument().stripLeading().split(" ", 2);
        String argument = words.length > 1 ? words[1] : "";
        return switch (words[0].toUpperCase(Locale.ROOT)) {
            case "CHMOD" -> chmod(argument, state);
            case "UTIME" -> utime(argument, state);
            case "MKDIR" ->
                    argument.isBlank() ? say(Reply.ARGUMENT_NEEDED, state) : mkdir(argument, state);
            case "RMDIR" ->
                    argument.isBlank() ? say(Reply.ARGUMENT_NEEDED, state) : rmdir(argument, state);
            case "HELP" -> say(HELP, state);
            default -> say(Reply.UNKNOWN_SITE_COMMAND, state);
        };
    }

    private Outcome chmod(String argument, Member state) {
        Matcher form = MODE_AND_PATH.matcher(argument);
        if (!form.matches()) {
            return say(Reply.MODE_SYNTAX, state);
        }
        int mode = Integer.parseInt(form.group(1), 8) & PERMISSION_BITS;
        return store.at(
                form.group(2),
                state,
                path -> {
                    state.storage().setMode(path, mode);
                    return say(Reply.parameterSet("Mode changed."), state);
                });
    }

    private Outcome utime(String argument, Member state) {
        Matcher times = PATH_AND_TIMES.matcher(argument);
        if (times.matches()) {
            return utime(times.group(1), TimeVal.parse(times.group(2)), state);
        }
        Matcher time = TIME_AND_PATH.matcher(argument);
        if (time.matches()) {
            String digits = time.group(1) + (time.group(1).length() == 12 ? "00" : "");
            return utime(time.group(2), TimeVal.parse(digits), state);
        }
        return say(Reply.UTIME_SYNTAX, state);
    }

    private Outcome utime(String text, Optional<Instant> time, Member state) {
        if (time.isEmpty()) {
            return say(Reply.UTIME_SYNTAX, state);
        }
        return store.at(
                text,
                state,
                path -> {
                    state.storage().setModified(path, time.get());
                    return say(Reply.parameterSet("Time changed."), state);
                });
    }

    private Outcome mkdir(String argument, Member state) {
        return store.at(
                argument,
                state,
                path -> {
                    state.storage().createDirectory(path);
                    return say(Reply.parameterSet("Directory created."), state);
                });
    }

    private Outcome rmdir(String argument, Member state) {
        return store.at(
                argument,
                state,
                path -> {
                    state.storage().removeDirectory(path);
                    return say(Reply.parameterSet("Directory removed."), state);
                });
    }
}
