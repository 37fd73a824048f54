package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.session.SessionSummary;
import io.sealane.core.wire.AddressText;
import io.sealane.core.wire.Blanks;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.Reply;
import io.sealane.core.wire.TimeVal;
import io.sealane.vfs.VirtualPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SITE, with the subcommands that clients look for in HELP SITE (RFC 959 section 4.1.3).
final class SiteCommands {
    private static final Reply HELP = Reply.listing(214, "SITE commands:", SiteVerb.line(), "End");

    /// Interop: the client of AS/400 says it to every server, and goes on at 202.
    private static final String NAMEFMT = "NAMEFMT";

    private static final Pattern MODE_AND_PATH = Pattern.compile("(?s)([0-7]{3,4}) (.+)");

    /// Lines of one answer to WHO: more than a person reads.
    private static final int WHO_LINES_MAX = 100;

    private static final int PERMISSION_BITS = 0777;

    /// `YYYYMMDDhhmm[ss] path`, as ncftp sends it.
    private static final Pattern TIME_AND_PATH = Pattern.compile("(?s)(\\d{12}(?:\\d{2})?) (.+)");

    /// `path atime mtime ctime UTC`, as lftp and gftp send it; the second time counts.
    private static final Pattern PATH_AND_TIMES =
            Pattern.compile("(?s)(.+) \\d{14} (\\d{14}) \\d{14} UTC");

    private static final Pattern MASK = Pattern.compile("[0-7]{1,4}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private final Services services;
    private final StoreAccess store;

    private final CopyCommands copies;
    private final TreeCommands trees;

    SiteCommands(Services services, CopyCommands copies, TreeCommands trees) {
        this.services = services;
        store = new StoreAccess(services);
        this.copies = copies;
        this.trees = trees;
    }

    Outcome site(CommandLine command, Member before) {
        // What CPFR names is for the very next command; SITE is one only if it is CPTO.
        Member state = before.with(before.settings().withoutCopyFrom());
        String[] words = command.argument().stripLeading().split(" ", 2);
        String argument = words.length > 1 ? words[1] : "";
        if (words[0].equalsIgnoreCase(NAMEFMT)) {
            return say(Reply.NAMEFMT_NOT_NEEDED, state);
        }
        Optional<VirtualPath> copied = before.settings().copyFrom();
        return SiteVerb.named(words[0])
                .map(verb -> serve(verb, argument, copied, state))
                .orElseGet(() -> say(Reply.UNKNOWN_SITE_COMMAND, state));
    }

    private Outcome serve(
            SiteVerb verb, String argument, Optional<VirtualPath> copied, Member state) {
        return switch (verb) {
            case CHMOD -> chmod(argument, state);
            case COPY -> copies.copy(argument, state);
            case CPFR -> copies.copyFrom(argument, state);
            case CPTO -> copies.copyTo(argument, copied, state);
            case SYMLINK -> trees.symlink(argument, state);
            case UTIME -> utime(argument, state);
            case MKDIR ->
                    Blanks.only(argument)
                            ? say(Reply.ARGUMENT_NEEDED, state)
                            : mkdir(argument, state);
            case RMDIR ->
                    Blanks.only(argument)
                            ? say(Reply.ARGUMENT_NEEDED, state)
                            : rmdir(argument, state);
            case UMASK -> umask(Blanks.between(argument), state);
            case IDLE -> idle(Blanks.between(argument), state);
            case WHO -> say(who(state), state);
            case HELP -> say(help(argument), state);
        };
    }

    /// What HELP SITE says.
    ///
    /// @param topic one of the commands, or blank for all
    static Reply help(String topic) {
        if (Blanks.only(topic)) {
            return HELP;
        }
        return SiteVerb.named(Blanks.between(topic))
                .map(verb -> Reply.help("Syntax: " + verb.syntax()))
                .orElse(Reply.UNKNOWN_SITE_COMMAND);
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
                    return say(Reply.modeIs(mode), state);
                });
    }

    /// UMASK shows or sets the permission bits that new files and directories do not get.
    private static Outcome umask(String argument, Member state) {
        if (argument.isEmpty()) {
            OptionalInt umask = state.settings().umask();
            return say(
                    umask.isPresent() ? Reply.umaskIs(umask.getAsInt()) : Reply.UMASK_OF_STORE,
                    state);
        }
        if (!MASK.matcher(argument).matches()) {
            return say(Reply.UMASK_SYNTAX, state);
        }
        int umask = Integer.parseInt(argument, 8) & PERMISSION_BITS;
        return say(Reply.umaskIs(umask), state.with(state.settings().withUmask(umask)));
    }

    /// IDLE shows or shortens how long the session may be silent; the server's limit stays the
    /// most.
    private Outcome idle(String argument, Member state) {
        long most = services.setup().limits().idle().toSeconds();
        if (argument.isEmpty()) {
            long seconds = state.settings().idle().map(Duration::toSeconds).orElse(most);
            return say(Reply.idleLimitIs(seconds, most), state);
        }
        if (!SECONDS.matcher(argument).matches()) {
            return say(Reply.idleSyntax(most), state);
        }
        long seconds = Long.parseLong(argument);
        if (seconds < 1 || seconds > most) {
            return say(Reply.idleSyntax(most), state);
        }
        return say(
                Reply.idleLimitIs(seconds, most),
                state.with(state.settings().withIdle(Duration.ofSeconds(seconds))));
    }

    /// WHO shows the sessions of the same user.
    ///
    /// Security: of nobody else: who is connected from where is no user's business.
    private Reply who(Member state) {
        Optional<String> user = Optional.of(state.account().name().text());
        List<String> lines =
                services.register().sessions().stream()
                        .filter(session -> session.user().equals(user))
                        .limit(WHO_LINES_MAX)
                        .map(SiteCommands::line)
                        .toList();
        return Reply.listing(200, "Your sessions:", lines, "End");
    }

    private static String line(SessionSummary session) {
        return session.id()
                + " from "
                + AddressText.of(session.client())
                + session.activity().map(activity -> ": " + activity).orElse("");
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
                    DirectoryCommands.create(path, state);
                    return say(Reply.parameterSet("Directory created."), state);
                });
    }

    private Outcome rmdir(String argument, Member state) {
        return store.at(
                argument,
                state,
                path ->
                        say(
                                DirectoryCommands.remove(
                                        path, state, Reply.parameterSet("Directory removed.")),
                                state));
    }
}
