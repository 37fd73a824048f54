package io.sealane.core.tls;

import io.sealane.core.wire.Reply;

/// What a listener demands of TLS, and the one place that says so: every command that depends on
/// TLS asks [#decide].
///
/// @param mode how conversations begin; [ListenerMode#AUTO] behaves as explicit here, the session
///   knows how it really began
/// @param control whether a login may travel in the clear
/// @param data whether files and listings may travel in the clear
/// @param binding what a TLS data connection must prove
/// @param uploadEnd what an upload without close_notify is worth
public record TlsPolicy(
        ListenerMode mode,
        Requirement control,
        Requirement data,
        SessionBinding binding,
        UploadEnd uploadEnd) {

    /// The safest: TLS for everything.
    public static final TlsPolicy STRICT =
            new TlsPolicy(
                    ListenerMode.EXPLICIT,
                    Requirement.REQUIRED,
                    Requirement.REQUIRED,
                    SessionBinding.PREFER,
                    UploadEnd.STRICT);

    /// What somebody wants to do.
    public sealed interface Request {
        /// AUTH: begin TLS on the control connection.
        record Secure() implements Request {}

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
    }

    /// The answer.
    public sealed interface Verdict {
        record Allowed() implements Verdict {}

        record Refused(Reply reply) implements Verdict {}
    }

    public boolean offersTls() {
        return mode != ListenerMode.PLAIN;
    }

    /// Says what policy thinks of `request` from a session that is protected as `now`.
    public Verdict decide(Request request, Protection now) {
        return switch (request) {
            case Request.Secure() -> secure(now);
            case Request.Login() ->
                    control == Requirement.REQUIRED && !now.controlByTls()
                            ? refused(Reply.TLS_REQUIRED_FOR_LOGIN)
                            : allowed();
            case Request.BufferSize() -> now.controlByTls() ? allowed() : refused(Reply.TLS_FIRST);
            case Request.Level(ProtectionLevel level) -> level(level, now);
            case Request.ClearControl() -> refused(Reply.CCC_REFUSED);
            case Request.Transfer() ->
                    data == Requirement.REQUIRED && now.data() == ProtectionLevel.CLEAR
                            ? refused(Reply.PROT_REFUSED_FOR_DATA)
                            : allowed();
        };
    }

    private Verdict secure(Protection now) {
        if (!offersTls()) {
            return refused(Reply.AUTH_NOT_HERE);
        }
        return now.controlByTls() ? refused(Reply.AUTH_ALREADY) : allowed();
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
