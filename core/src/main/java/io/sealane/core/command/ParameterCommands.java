package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.checksum.HashAlgorithm;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.session.SessionState.Visitor;
import io.sealane.core.transfer.Representation;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.Fact;
import io.sealane.core.wire.OctetRange;
import io.sealane.core.wire.Printable;
import io.sealane.core.wire.Reply;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// TYPE, STRU, MODE, REST, RANG, OPTS, CLNT, CSID, LANG (RFC 959 section 4.1.2, RFC 3659 section 5,
/// RFC 2389 section 4).
final class ParameterCommands {
    private static final int CLIENT_NAME_LENGTH_MAX = 100;

    Outcome type(CommandLine command, Member state) {
        return switch (command.argument().strip().toUpperCase(Locale.ROOT)) {
            case "A", "A N" -> type(Representation.ASCII, state);
            case "I", "L 8", "L8" -> type(Representation.IMAGE, state);
            default -> say(Reply.parameterUnsupported("Only TYPE A, I and L 8 exist."), state);
        };
    }

    private static Outcome type(Representation type, Member state) {
        return say(
                Reply.parameterSet("Type is " + type.code() + "."),
                state.with(state.settings().withRepresentation(type)));
    }

    Outcome stru(CommandLine command, Member state) {
        return command.argument().strip().equalsIgnoreCase("F")
                ? say(Reply.parameterSet("Structure is F."), state)
                : say(Reply.parameterUnsupported("Only STRU F exists."), state);
    }

    Outcome mode(CommandLine command, Member state) {
        return command.argument().strip().equalsIgnoreCase("S")
                ? say(Reply.parameterSet("Mode is S."), state)
                : say(Reply.parameterUnsupported("Only MODE S exists."), state);
    }

    Outcome rest(CommandLine command, Member state) {
        return OctetRange.offset(command.argument().strip())
                .map(offset ->
                        say(Reply.restartAt(offset), selecting(OctetRange.from(offset), state)))
                .orElseGet(() -> say(Reply.OFFSET_SYNTAX, state));
    }

    /// RANG (expired draft-bryan-ftp-range). A range that is none takes back the one before, as the
    /// draft wants.
    Outcome rang(CommandLine command, Member state) {
        return switch (state.settings().representation()) {
            case ASCII -> say(Reply.RANGE_NEEDS_IMAGE, state);
            case IMAGE -> {
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
        String[] words = command.argument().strip().split(" +", 2);
        String value = words.length > 1 ? words[1].strip() : "";
        return switch (words[0].toUpperCase(Locale.ROOT)) {
            case "UTF8", "UTF-8" ->
                    value.isEmpty() || value.equalsIgnoreCase("ON")
                            ? say(Reply.UTF8_ALWAYS_ON, state)
                            : say(Reply.optionRefused("UTF-8 cannot be turned off."), state);
            case "MLST" -> optsMlst(value, state);
            case "HASH" -> optsHash(value, state);
            default -> say(Reply.optionRefused("No options for that."), state);
        };
    }

    private static Outcome optsMlst(String value, SessionState state) {
        return switch (state) {
            case Visitor visitor -> say(Reply.NOT_LOGGED_IN, visitor);
            case Member member -> {
                Set<Fact> facts = Fact.parse(value);
                yield say(
                        Reply.parameterSet("MLST OPTS " + Fact.optsList(facts)),
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

    /// LANG (RFC 2640 section 4.1): there is one language.
    Outcome lang(CommandLine command, SessionState state) {
        String tag = command.argument().strip().toUpperCase(Locale.ROOT);
        boolean english = tag.isEmpty() || tag.equals("EN") || tag.startsWith("EN-");
        return say(english ? Reply.LANGUAGE_ENGLISH : Reply.LANGUAGE_UNKNOWN, state);
    }

    /// CSID (expired draft-peterson-streamlined-ftp-command-extensions): both sides say what they
    /// are. Ours leaves out the version, which helps attackers more than clients.
    Outcome csid(CommandLine command, SessionState state) {
        return say(Reply.SERVER_FACTS, noted(command.argument(), state));
    }

    Outcome clnt(CommandLine command, SessionState state) {
        return say(Reply.CLIENT_NOTED, noted(command.argument(), state));
    }

    private static SessionState noted(String software, SessionState state) {
        String name = Printable.escape(software.strip());
        String kept = name.substring(0, Math.min(name.length(), CLIENT_NAME_LENGTH_MAX));
        return state.withLink(state.link().withClientSoftware(kept));
    }
}
