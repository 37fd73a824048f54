package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.data.DataOffer;
import io.sealane.core.session.Link;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.session.SessionState.Visitor;
import io.sealane.core.tls.Protection;
import io.sealane.core.tls.ProtectionLevel;
import io.sealane.core.tls.TlsPolicy.Request;
import io.sealane.core.tls.TlsPolicy.Verdict;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.NameCharsets;
import io.sealane.core.wire.Reply;
import java.util.Locale;
import java.util.Optional;

/// AUTH, PBSZ, PROT, CCC (RFC 2228 section 3, RFC 4217).
final class SecurityCommands {
    /// What a mechanism of AUTH means.
    private enum Mechanism {
        /// `TLS`, `TLS-C`: data is in the clear until PROT.
        TLS,
        /// `SSL`, `TLS-P` of the drafts before RFC 4217: data is protected at once.
        TLS_AND_DATA
    }

    private final TlsGate tls;

    SecurityCommands(Services services) {
        this.tls = new TlsGate(services);
    }

    Outcome auth(CommandLine command, SessionState state) {
        Optional<Mechanism> mechanism = mechanism(command.argument());
        if (mechanism.isEmpty()) {
            return say(Reply.AUTH_MECHANISM, state);
        }
        return switch (tls.decide(new Request.Secure(), state)) {
            case Verdict.Refused(Reply reply) -> say(reply, state);
            case Verdict.Allowed() ->
                    switch (state) {
                        case Member member -> say(Reply.AUTH_AFTER_LOGIN, member);
                        case Visitor visitor ->
                                new Outcome.Secured(
                                        Reply.AUTH_GO_AHEAD,
                                        Visitor.arriving(
                                                link(mechanism.get(), visitor.link().names())));
                    };
        };
    }

    Outcome pbsz(CommandLine command, SessionState state) {
        if (!command.argument().strip().chars().allMatch(c -> c >= '0' && c <= '9')) {
            return say(Reply.BUFFER_SIZE_SYNTAX, state);
        }
        return switch (tls.decide(new Request.BufferSize(), state)) {
            case Verdict.Refused(Reply reply) -> say(reply, state);
            case Verdict.Allowed() ->
                    say(Reply.PBSZ_ZERO, state.withLink(state.link().withBufferSizeZero()));
        };
    }

    Outcome prot(CommandLine command, SessionState state) {
        return switch (command.argument().strip().toUpperCase(Locale.ROOT)) {
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
        Protection protection = state.link().protection();
        if (!protection.controlByTls()) {
            return say(Reply.TLS_FIRST, state);
        }
        return switch (tls.decide(new Request.ClearControl(), state)) {
            case Verdict.Refused(Reply reply) -> say(reply, state);
            case Verdict.Allowed() -> throw new IllegalStateException("no policy allows CCC");
        };
    }

    private Outcome level(ProtectionLevel level, Reply done, SessionState state) {
        Link link = state.link();
        return switch (tls.decide(new Request.Level(level), state)) {
            case Verdict.Refused(Reply reply) -> say(reply, state);
            case Verdict.Allowed() -> {
                if (link.bufferSize() == Link.BufferSize.UNSET) {
                    yield say(Reply.PBSZ_FIRST, state);
                }
                state.offer().ifPresent((DataOffer offer) -> offer.protect(level));
                yield say(
                        done,
                        state.withLink(link.withProtection(link.protection().withData(level))));
            }
        };
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
        return switch (argument.strip().toUpperCase(Locale.ROOT)) {
            case "TLS", "TLS-C" -> Optional.of(Mechanism.TLS);
            case "SSL", "TLS-P" -> Optional.of(Mechanism.TLS_AND_DATA);
            default -> Optional.empty();
        };
    }
}
