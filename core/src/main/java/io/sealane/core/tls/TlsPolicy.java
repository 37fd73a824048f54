package io.sealane.core.tls;

import io.sealane.core.wire.Reply;
import java.util.Optional;

/// What is demanded of TLS, and the one place that says so: every command that depends on TLS asks
/// [#decide]. A listener has one; [PolicyResolution] makes those of users and mounts of it.
///
/// @param mode how conversations begin; [ListenerMode#AUTO] behaves as explicit here, the session
///   knows how it really began
/// @param control whether a login may travel in the clear
/// @param data whether files and listings may travel in the clear
/// @param leastVersion the oldest version of TLS that will do, on both connections
/// @param binding what a TLS data connection must prove
/// @param clientCertificate whether the client must have shown a certificate of its own
/// @param uploadEnd what an upload without close_notify is worth
/// @param rules what clients may do with the control connection's TLS
public record TlsPolicy(
        ListenerMode mode,
        Requirement control,
        Requirement data,
        TlsVersion leastVersion,
        SessionBinding binding,
        Requirement clientCertificate,
        UploadEnd uploadEnd,
        ControlRules rules) {

    /// The safest: TLS for everything.
    public static final TlsPolicy STRICT =
            new TlsPolicy(
                    ListenerMode.EXPLICIT,
                    Requirement.REQUIRED,
                    Requirement.REQUIRED,
                    TlsVersion.TLS_1_2,
                    SessionBinding.PREFER,
                    Requirement.OPTIONAL,
                    UploadEnd.STRICT,
                    ControlRules.STRICT);

    /// What somebody wants to do.
    public sealed interface Request {
        /// AUTH: begin TLS on the control connection.
        record Secure() implements Request {}

        /// AUTH of somebody who is logged in.
        record SecureMember() implements Request {}

        /// USER or PASS.
        record Login() implements Request {}

        /// PBSZ.
        record BufferSize() implements Request {}

        /// PROT with a level that exists.
        record Level(ProtectionLevel level) implements Request {}

        /// CCC: leave TLS on the control connection.
        record ClearControl() implements Request {}

        /// A transfer or listing on a data connection.
        record Transfer() implements Request {}

        /// What names a file, once somebody is logged in.
        record Touch() implements Request {}
    }

    /// The answer.
    public sealed interface Verdict {
        record Allowed() implements Verdict {}

        record Refused(Reply reply) implements Verdict {}
    }

    public boolean offersTls() {
        return mode != ListenerMode.PLAIN;
    }

    /// Whether CCC is served.
    public boolean letsControlLeaveTls() {
        return offersTls() && rules.clear() == ControlRules.Permission.ALLOWED;
    }

    /// Says what policy thinks of `request` from a session that is protected as `now`.
    public Verdict decide(Request request, Protection now) {
        return switch (request) {
            case Request.Secure() -> secure(now);
            case Request.SecureMember() -> secureMember(now);
            case Request.Login() ->
                    verdict(
                            now,
                            offersTls()
                                    ? Reply.TLS_REQUIRED_FOR_LOGIN
                                    : Reply.TLS_REQUIRED_ON_ANOTHER_PORT,
                            Reply.tlsVersionForLogin(leastVersion.number()),
                            Reply.CLIENT_CERTIFICATE_FOR_LOGIN);
            case Request.BufferSize() -> now.controlByTls() ? allowed() : refused(Reply.TLS_FIRST);
            case Request.Level(ProtectionLevel level) -> level(level, now);
            case Request.ClearControl() -> clear(now);
            case Request.Transfer() ->
                    data == Requirement.REQUIRED && now.data() == ProtectionLevel.CLEAR
                            ? refused(
                                    offersTls()
                                            ? Reply.PROT_REFUSED_FOR_DATA
                                            : Reply.PROTECTED_DATA_ON_ANOTHER_PORT)
                            : allowed();
            case Request.Touch() ->
                    verdict(
                            now,
                            Reply.TLS_REQUIRED_HERE,
                            Reply.tlsVersionHere(leastVersion.number()),
                            Reply.CLIENT_CERTIFICATE_HERE);
        };
    }

    /// Says which rule an answer comes from.
    ///
    /// @return empty for what depends on no rule that can be set, the order of commands for one
    public Optional<PolicyRule> ruleBehind(Request request, Protection now) {
        return switch (request) {
            case Request.Login(), Request.Touch() -> controlRule(now);
            case Request.Transfer(), Request.Level(ProtectionLevel _) ->
                    Optional.of(PolicyRule.DATA);
            case Request.Secure(),
                    Request.SecureMember(),
                    Request.BufferSize(),
                    Request.ClearControl() ->
                    Optional.empty();
        };
    }

    /// What the control connection does not fulfil.
    private Optional<PolicyRule> controlRule(Protection now) {
        if (control == Requirement.REQUIRED && !now.controlByTls()) {
            return Optional.of(PolicyRule.CONTROL);
        }
        if (now.controlByTls() && now.version().filter(leastVersion::isAtMost).isEmpty()) {
            return Optional.of(PolicyRule.LEAST_VERSION);
        }
        return clientCertificate == Requirement.REQUIRED
                        && now.certificate() == Protection.ClientCertificate.NONE
                ? Optional.of(PolicyRule.CLIENT_CERTIFICATE)
                : Optional.empty();
    }

    private Verdict verdict(Protection now, Reply inTheClear, Reply tooOld, Reply noCertificate) {
        return controlRule(now)
                .<Verdict>map(rule ->
                        switch (rule) {
                            case CONTROL -> new Verdict.Refused(inTheClear);
                            case LEAST_VERSION -> new Verdict.Refused(tooOld);
                            case CLIENT_CERTIFICATE -> new Verdict.Refused(noCertificate);
                            case DATA, SESSION_BINDING, UPLOAD_END ->
                                    throw new IllegalStateException("of data connections: " + rule);
                        })
                .orElseGet(TlsPolicy::allowed);
    }

    private Verdict secure(Protection now) {
        if (!offersTls()) {
            return refused(Reply.AUTH_NOT_HERE);
        }
        return now.controlByTls() ? refused(Reply.AUTH_ALREADY) : allowed();
    }

    private Verdict secureMember(Protection now) {
        return switch (secure(now)) {
            case Verdict.Refused refused -> refused;
            case Verdict.Allowed allowed ->
                    switch (rules.authAfterLogin()) {
                        case ALLOWED -> allowed;
                        case REFUSED -> refused(Reply.AUTH_AFTER_LOGIN);
                    };
        };
    }

    private Verdict clear(Protection now) {
        if (!now.controlByTls()) {
            return refused(Reply.CCC_IN_THE_CLEAR);
        }
        return switch (rules.clear()) {
            case ALLOWED -> allowed();
            case REFUSED -> refused(Reply.CCC_REFUSED);
        };
    }

    private Verdict level(ProtectionLevel level, Protection now) {
        if (!now.controlByTls()) {
            return refused(Reply.TLS_FIRST);
        }
        return switch (level) {
            case PRIVATE -> allowed();
            case CLEAR ->
                    data == Requirement.REQUIRED ? refused(Reply.PROT_MUST_BE_PRIVATE) : allowed();
        };
    }

    private static Verdict allowed() {
        return new Verdict.Allowed();
    }

    private static Verdict refused(Reply reply) {
        return new Verdict.Refused(reply);
    }
}
