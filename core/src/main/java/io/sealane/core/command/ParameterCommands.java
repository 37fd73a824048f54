package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.checksum.HashAlgorithm;
import io.sealane.core.event.Event;
import io.sealane.core.session.Link;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.session.SessionState.Visitor;
import io.sealane.core.session.Settings;
import io.sealane.core.tls.TlsPolicy.Verdict;
import io.sealane.core.transfer.Compression;
import io.sealane.core.transfer.Compression.Availability;
import io.sealane.core.transfer.Representation;
import io.sealane.core.transfer.Transmission.Mode;
import io.sealane.core.wire.Blanks;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.Fact;
import io.sealane.core.wire.OctetRange;
import io.sealane.core.wire.Printable;
import io.sealane.core.wire.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// TYPE, STRU, MODE, REST, RANG, OPTS, CLNT, CSID, LANG (RFC 959 section 4.1.2, RFC 3659 section 5,
/// RFC 2389 section 4).
final class ParameterCommands {
    private static final int CLIENT_NAME_LENGTH_MAX = 100;

    /// RFC 959 section 5.3.2: 1 to 255.
    private static final Pattern BYTE_SIZE = Pattern.compile("[1-9][0-9]{0,2}");

    private static final Pattern ALLOCATION = Pattern.compile("(\\d{1,19})( +[Rr] +\\d{1,19})?");

    private static final Pattern DEFLATE_LEVEL = Pattern.compile("LEVEL [0-9]");

    private final Services services;
    private final TlsGate tls;

    ParameterCommands(Services services) {
        this.tls = new TlsGate(services);
        this.services = services;
    }

    /// TYPE. Only formats that nobody serves any more are refused by 504, so that a client knows
    /// which part of its wish is the matter.
    Outcome type(CommandLine command, Member state) {
        List<String> words = words(command.argument());
        String format = words.size() > 1 ? words.get(1) : "";
        if (words.size() > 2) {
            return say(Reply.TYPE_SYNTAX, state);
        }
        return switch (words.getFirst()) {
            case "A" ->
                    format.isEmpty() || format.equals("N")
                            ? type(Representation.ASCII, state)
                            : say(Reply.TYPE_FORMAT_UNSUPPORTED, state);
            case "E" -> say(Reply.TYPE_UNSUPPORTED, state);
            case "I" ->
                    format.isEmpty()
                            ? type(Representation.IMAGE, state)
                            : say(Reply.TYPE_SYNTAX, state);
            case "L" -> localType(format, state);
            case "L8" -> format.isEmpty() ? localType("8", state) : say(Reply.TYPE_SYNTAX, state);
            default -> say(Reply.TYPE_SYNTAX, state);
        };
    }

    private static Outcome localType(String byteSize, Member state) {
        if (!BYTE_SIZE.matcher(byteSize).matches()) {
            return say(Reply.BYTE_SIZE_SYNTAX, state);
        }
        return byteSize.equals("8")
                ? type(Representation.IMAGE, state)
                : say(Reply.BYTE_SIZE_UNSUPPORTED, state);
    }

    private static Outcome type(Representation type, Member state) {
        return say(
                Reply.parameterSet("Type is " + type.code() + "."),
                state.with(state.settings().withRepresentation(type)));
    }

    /// STRU. RFC 1123 section 4.1.2.4 wants R for systems that have record files: here are none.
    Outcome stru(CommandLine command, Member state) {
        return switch (code(command)) {
            case "F" -> say(Reply.parameterSet("Structure is F."), state);
            case "R", "P" -> say(Reply.STRUCTURE_UNSUPPORTED, state);
            default -> say(Reply.STRUCTURE_SYNTAX, state);
        };
    }

    Outcome mode(CommandLine command, Member state) {
        return switch (code(command)) {
            case "S" -> mode(Mode.STREAM, state);
            case "Z" ->
                    switch (compression()
                            .decide(tls.policy(state).enforced(), state.link().protection())) {
                        case Verdict.Allowed() -> mode(Mode.DEFLATE, state);
                        case Verdict.Refused(Reply reply) -> say(reply, state);
                    };
            case "B", "C" -> say(Reply.MODE_UNSUPPORTED, state);
            default -> say(Reply.MODE_UNKNOWN, state);
        };
    }

    private static Outcome mode(Mode mode, Member state) {
        Settings settings = state.settings();
        return say(
                Reply.parameterSet("Mode is " + mode.code() + "."),
                state.with(settings.withTransmission(settings.transmission().with(mode))));
    }

    /// ALLO (RFC 959 section 4.1.3). No room is set aside, but an upload that ends by a FIN alone
    /// may be held against it. Interop: Dahua's cameras give up at 202, and some clients say no
    /// size.
    Outcome allo(CommandLine command, Member state) {
        String argument = Blanks.between(command.argument());
        Matcher allocation = ALLOCATION.matcher(argument);
        if (argument.isEmpty()) {
            return say(Reply.ALLO_NOT_NEEDED, state.with(state.settings().withAnnounced(0)));
        }
        if (!allocation.matches()) {
            return say(Reply.ALLO_SYNTAX, state.with(state.settings().withAnnounced(0)));
        }
        boolean isOfRecords = allocation.group(2) != null;
        long octets = isOfRecords ? 0 : OctetRange.offset(allocation.group(1)).orElse(0L);
        return say(Reply.ALLO_NOT_NEEDED, state.with(state.settings().withAnnounced(octets)));
    }

    /// REST. One that is refused leaves no offset behind, not even that of the one before.
    Outcome rest(CommandLine command, Member state) {
        return OctetRange.offset(Blanks.between(command.argument()))
                .map(offset ->
                        say(Reply.restartAt(offset), selecting(OctetRange.from(offset), state)))
                .orElseGet(() -> say(Reply.OFFSET_SYNTAX, selecting(OctetRange.WHOLE, state)));
    }

    /// RANG (expired draft-bryan-ftp-range). A range that is none takes back the one before, as the
    /// draft wants.
    Outcome rang(CommandLine command, Member state) {
        return switch (state.settings().representation()) {
            case ASCII -> say(Reply.RANGE_NEEDS_IMAGE, state);
            case IMAGE -> {
                if (state.settings().transmission().mode() != Mode.STREAM) {
                    yield say(Reply.RANGE_NEEDS_STREAM, state);
                }
                Optional<OctetRange> range = OctetRange.parseInclusive(command.argument());
                Reply reply =
                        range.map(selected ->
                                        selected.isBounded()
                                                ? Reply.rangeSelected(selected)
                                                : Reply.RANGE_RESET)
                                .orElse(Reply.RANGE_SYNTAX);
                yield say(reply, selecting(range.orElse(OctetRange.WHOLE), state));
            }
        };
    }

    private static Member selecting(OctetRange range, Member state) {
        return state.with(state.settings().withRange(range));
    }

    Outcome opts(CommandLine command, SessionState state) {
        String[] words = Blanks.between(command.argument()).split(" +", 2);
        String value = words.length > 1 ? Blanks.between(words[1]) : "";
        return switch (words[0].toUpperCase(Locale.ROOT)) {
            case "UTF8", "UTF-8" -> optsUtf8(value, state);
            case "MLST" -> optsMlst(value, state);
            case "HASH" -> optsHash(value, state);
            case "MODE" -> optsMode(value, state);
            default -> say(Reply.optionRefused("No options for that."), state);
        };
    }

    /// OPTS UTF8 (expired draft-ietf-ftpext-utf-8-option).
    private static Outcome optsUtf8(String value, SessionState state) {
        Link link = state.link();
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "", "ON" ->
                    say(Reply.UTF8_ON, state.withLink(link.withNames(link.names().utf8())));
            case "OFF" ->
                    link.names()
                            .off()
                            .map(names ->
                                    say(
                                            Reply.namesAreIn(names.current()),
                                            state.withLink(link.withNames(names))))
                            .orElseGet(() -> say(Reply.UTF8_STAYS_ON, state));
            default -> say(Reply.UTF8_SYNTAX, state);
        };
    }

    private static Outcome optsMlst(String value, SessionState state) {
        return switch (state) {
            case Visitor visitor -> say(Reply.NOT_LOGGED_IN, visitor);
            case Member member -> {
                Set<Fact> facts = Fact.parse(value);
                yield say(
                        Reply.parameterSet(("MLST OPTS " + Fact.optsList(facts)).strip()),
                        member.with(member.settings().withFacts(facts)));
            }
        };
    }

    /// OPTS HASH (draft-bryan-ftpext-hash-02 section 3.2) shows the algorithm or selects one.
    private static Outcome optsHash(String value, SessionState state) {
        return switch (state) {
            case Visitor visitor -> say(Reply.NOT_LOGGED_IN, visitor);
            case Member member -> {
                Optional<HashAlgorithm> selected =
                        value.isEmpty()
                                ? Optional.of(member.settings().hashAlgorithm())
                                : HashAlgorithm.named(value);
                yield selected.map(algorithm ->
                                say(
                                        Reply.parameterSet(algorithm.label()),
                                        member.with(
                                                member.settings().withHashAlgorithm(algorithm))))
                        .orElseGet(() -> say(Reply.HASH_UNKNOWN, member));
            }
        };
    }

    /// `OPTS MODE Z`: names and values in turn, which hold until the next OPTS; without any the
    /// server's own are back.
    private Outcome optsMode(String value, SessionState state) {
        return switch (state) {
            case Visitor visitor -> say(Reply.NOT_LOGGED_IN, visitor);
            case Member member -> {
                List<String> words = words(value);
                if (!words.getFirst().equals("Z") || compression().modeZ() == Availability.OFF) {
                    yield say(Reply.optionRefused("No options for that."), member);
                }
                yield deflateOptions(words.subList(1, words.size()))
                        .map(level -> level(level, member))
                        .orElseGet(() -> say(Reply.MODE_Z_OPTION, member));
            }
        };
    }

    private Outcome level(OptionalInt level, Member state) {
        Settings settings = state.settings();
        int used = level.orElse(compression().level());
        return say(
                Reply.parameterSet("MODE Z LEVEL set to " + used + "."),
                state.with(settings.withTransmission(settings.transmission().with(level))));
    }

    /// What level the options say, if any; empty if one of them is none that is served.
    private static Optional<OptionalInt> deflateOptions(List<String> words) {
        OptionalInt level = OptionalInt.empty();
        for (int i = 0; i < words.size(); i += 2) {
            String option = String.join(" ", words.subList(i, Math.min(i + 2, words.size())));
            if (DEFLATE_LEVEL.matcher(option).matches()) {
                level = OptionalInt.of(option.charAt(option.length() - 1) - '0');
            } else if (!option.equals("ENGINE ZLIB") && !option.equals("METHOD 8")) {
                return Optional.empty();
            }
        }
        return Optional.of(level);
    }

    /// LANG (RFC 2640 section 4.1): there is one language.
    Outcome lang(CommandLine command, SessionState state) {
        String tag = Blanks.between(command.argument()).toUpperCase(Locale.ROOT);
        boolean english = tag.isEmpty() || tag.equals("EN") || tag.startsWith("EN-");
        return say(english ? Reply.LANGUAGE_ENGLISH : Reply.LANGUAGE_UNKNOWN, state);
    }

    /// CSID (expired draft-peterson-streamlined-ftp-command-extensions): both sides say what they
    /// are. Ours leaves out the version, which helps attackers more than clients.
    Outcome csid(CommandLine command, SessionState state) {
        return say(Reply.SERVER_FACTS, named(command.argument(), state));
    }

    Outcome clnt(CommandLine command, SessionState state) {
        return say(Reply.CLIENT_NOTED, named(command.argument(), state));
    }

    private Compression compression() {
        return services.transfers().compression();
    }

    private static String code(CommandLine command) {
        return Blanks.between(command.argument()).toUpperCase(Locale.ROOT);
    }

    /// The words of an argument in capitals; at least one, which may be empty.
    private static List<String> words(String argument) {
        return List.of(Blanks.between(argument).toUpperCase(Locale.ROOT).split(" +"));
    }

    private SessionState named(String software, SessionState state) {
        String name = Printable.escape(Blanks.between(software));
        String kept = name.substring(0, Math.min(name.length(), CLIENT_NAME_LENGTH_MAX));
        services.setup().events().accept(new Event.ClientNamed(services.client().session(), kept));
        return state.withLink(state.link().withClientSoftware(kept));
    }
}
