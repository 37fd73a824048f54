package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.data.DataOffer;
import io.sealane.core.session.Link;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.session.SessionState.Visitor;
import io.sealane.core.tls.ProtectionLevel;
import io.sealane.core.tls.TlsPolicy.Request;
import io.sealane.core.tls.TlsPolicy.Verdict;
import io.sealane.core.wire.Blanks;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.NameCharsets;
import io.sealane.core.wire.OctetRange;
import io.sealane.core.wire.Reply;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// AUTH, PBSZ, PROT, CCC, and what RFC 2228 section 3 has for mechanisms that are unlike TLS.
final class SecurityCommands {
    /// What a mechanism of AUTH means.
    private enum Mechanism {
        /// `TLS`, `TLS-C`: data is in the clear until PROT.
        TLS,
        /// `SSL`, `TLS-P` of the drafts before RFC 4217: data is protected at once.
        TLS_AND_DATA
    }

    /// Largest size of PBSZ: 32 bits without a sign (RFC 2228 section 3).
    private static final long BUFFER_SIZE_MAX = (1L << 32) - 1;

    private final TlsGate tls;

    SecurityCommands(Services services) {
        this.tls = new TlsGate(services);
    }

    Outcome auth(CommandLine command, SessionState state) {
        Optional<Mechanism> mechanism = mechanism(command.argument());
        if (mechanism.isEmpty()) {
            return say(Reply.AUTH_MECHANISM, state);
        }
        Request request =
                switch (state) {
                    case Visitor visitor -> new Request.Secure();
                    case Member member -> new Request.SecureMember();
                };
        return switch (tls.decide(request, state)) {
            case Verdict.Refused(Reply reply) -> say(reply, state);
            case Verdict.Allowed() -> secured(mechanism.get(), state);
        };
    }

    /// As REIN, and then TLS: whoever was logged in is so no more (RFC 2228 section 3, RFC 4217
    /// section 4.2).
    private Outcome secured(Mechanism mechanism, SessionState state) {
        return new Outcome.Secured(
                Reply.AUTH_GO_AHEAD,
                new Visitor(
                        link(mechanism, state.link().names()), Optional.empty(), state.failures()));
    }

    Outcome pbsz(CommandLine command, SessionState state) {
        if (!isBufferSize(Blanks.between(command.argument()))) {
            return say(Reply.BUFFER_SIZE_SYNTAX, state);
        }
        return switch (tls.decide(new Request.BufferSize(), state)) {
            case Verdict.Refused(Reply reply) -> say(reply, state);
            case Verdict.Allowed() ->
                    say(Reply.PBSZ_ZERO, state.withLink(state.link().withBufferSizeZero()));
        };
    }

    Outcome prot(CommandLine command, SessionState state) {
        return switch (Blanks.between(command.argument()).toUpperCase(Locale.ROOT)) {
            case "C" -> level(ProtectionLevel.CLEAR, Reply.PROT_CLEAR, state);
            case "P" -> level(ProtectionLevel.PRIVATE, Reply.PROT_PRIVATE, state);
            case "S", "E" ->
                    say(
                            state.link().protection().controlByTls()
                                    ? Reply.PROT_LEVEL_UNSUPPORTED
                                    : Reply.TLS_FIRST,
                            state);
            default -> say(Reply.PROT_LEVEL_UNKNOWN, state);
        };
    }

    Outcome ccc(SessionState state) {
        Link link = state.link();
        return switch (tls.decide(new Request.ClearControl(), state)) {
            case Verdict.Refused(Reply reply) -> say(reply, state);
            case Verdict.Allowed() ->
                    new Outcome.Cleared(
                            Reply.CCC_DONE,
                            state.withLink(
                                    link.withProtection(
                                            link.protection().withControlInTheClear())));
        };
    }

    /// ADAT: TLS is agreed on by AUTH and its handshake, so no exchange is ever under way.
    Outcome adat(SessionState state) {
        return say(Reply.NO_SECURITY_EXCHANGE, state);
    }

    /// MIC, CONF and ENC: commands wrapped one by one, which TLS does not do.
    Outcome wrapped(CommandLine command, SessionState state) {
        if (!isBase64(Blanks.between(command.argument()))) {
            return say(Reply.SECURITY_DATA_SYNTAX, state);
        }
        return say(
                state.link().protection().controlByTls()
                        ? Reply.COMMANDS_BY_TLS_ALONE
                        : Reply.NO_SECURITY_EXCHANGE,
                state);
    }

    private Outcome level(ProtectionLevel level, Reply done, SessionState state) {
        Link link = state.link();
        if (link.protection().controlByTls() && link.bufferSize() == Link.BufferSize.UNSET) {
            return say(Reply.PBSZ_FIRST, state);
        }
        return switch (tls.decide(new Request.Level(level), state)) {
            case Verdict.Refused(Reply reply) -> say(reply, state);
            case Verdict.Allowed() -> {
                state.offer().ifPresent((DataOffer offer) -> offer.protect(level));
                yield say(
                        done,
                        state.withLink(link.withProtection(link.protection().withData(level))));
            }
        };
    }

    private static boolean isBufferSize(String text) {
        return OctetRange.offset(text).filter(size -> size <= BUFFER_SIZE_MAX).isPresent();
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static Link link(Mechanism mechanism, NameCharsets names) {
        return switch (mechanism) {
            case TLS -> Link.afterAuth(names);
            case TLS_AND_DATA -> {
                Link link = Link.afterAuth(names).withBufferSizeZero();
                yield link.withProtection(link.protection().withData(ProtectionLevel.PRIVATE));
            }
        };
    }

    private static Optional<Mechanism> mechanism(String argument) {
        return switch (Blanks.between(argument).toUpperCase(Locale.ROOT)) {
            case "TLS", "TLS-C" -> Optional.of(Mechanism.TLS);
            case "SSL", "TLS-P" -> Optional.of(Mechanism.TLS_AND_DATA);
            default -> Optional.empty();
        };
    }
}
