package io.sealane.core.tls;

import io.sealane.core.wire.Reply;
import java.util.ArrayList;
import java.util.List;

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
/// @param concessions what clients may do besides
public record TlsPolicy(
        ListenerMode mode,
        Requirement control,
        Requirement data,
        TlsVersion leastVersion,
        SessionBinding binding,
        Requirement clientCertificate,
        UploadEnd uploadEnd,
        Concessions concessions) {

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
                    Concessions.STRICT);

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

    /// Whether a TLS data connection that `other` takes is always one that this takes.
    public boolean isMetByDataOf(TlsPolicy other) {
        return leastVersion.isAtMost(other.leastVersion) && binding.isImpliedBy(other.binding);
    }

    /// Whether CCC is served.
    public boolean letsControlLeaveTls() {
        return offersTls() && concessions.clear() == Concessions.Permission.ALLOWED;
    }

    /// Whether an upload whose data connection ended before its TLS handshake was over is one of
    /// nothing. Where data connections have to prove something, none is.
    public boolean takesEmptyUploadWithoutHandshake() {
        return concessions.emptyUpload() == Concessions.Permission.ALLOWED
                && binding.isMetBy(SessionProof.NOTHING)
                && clientCertificate == Requirement.OPTIONAL;
    }

    /// Something that a rule refuses.
    public record Refusal(PolicyRule rule, Reply reply) {}

    /// Says what policy thinks of `request` from a session that is protected as `now`.
    public Verdict decide(Request request, Protection now) {
        return switch (request) {
            case Request.Secure() -> secure(now);
            case Request.SecureMember() -> secureMember(now);
            case Request.BufferSize() -> now.controlByTls() ? allowed() : refused(tlsFirst());
            case Request.Level level when !now.controlByTls() -> refused(tlsFirst());
            case Request.ClearControl() -> clear(now);
            case Request.Login login -> first(refusals(login, now));
            case Request.Level level -> first(refusals(level, now));
            case Request.Transfer transfer -> first(refusals(transfer, now));
            case Request.Touch touch -> first(refusals(touch, now));
        };
    }

    /// Says which rules refuse `request`, each for itself; the first is the one that is answered.
    /// What depends on no rule that can be set is not among them, the order of commands for one.
    public List<Refusal> refusals(Request request, Protection now) {
        return switch (request) {
            case Request.Login() ->
                    controlRefusals(
                            now,
                            offersTls()
                                    ? Reply.TLS_REQUIRED_FOR_LOGIN
                                    : Reply.TLS_REQUIRED_ON_ANOTHER_PORT,
                            Reply.tlsVersionForLogin(leastVersion.number()),
                            Reply.CLIENT_CERTIFICATE_FOR_LOGIN);
            case Request.Touch() ->
                    controlRefusals(
                            now,
                            Reply.TLS_REQUIRED_HERE,
                            Reply.tlsVersionHere(leastVersion.number()),
                            Reply.CLIENT_CERTIFICATE_HERE);
            case Request.Level(ProtectionLevel level) ->
                    dataRefusals(level, Reply.PROT_MUST_BE_PRIVATE);
            case Request.Transfer() ->
                    dataRefusals(
                            now.data(),
                            offersTls()
                                    ? Reply.PROT_REFUSED_FOR_DATA
                                    : Reply.PROTECTED_DATA_ON_ANOTHER_PORT);
            case Request.Secure(),
                    Request.SecureMember(),
                    Request.BufferSize(),
                    Request.ClearControl() ->
                    List.of();
        };
    }

    /// What the control connection does not fulfil.
    private List<Refusal> controlRefusals(
            Protection now, Reply inTheClear, Reply tooOld, Reply noCertificate) {
        List<Refusal> refusals = new ArrayList<>();
        if (control == Requirement.REQUIRED && !now.controlByTls()) {
            refusals.add(new Refusal(PolicyRule.CONTROL, inTheClear));
        }
        if (now.isOlderThan(leastVersion)) {
            refusals.add(new Refusal(PolicyRule.LEAST_VERSION, tooOld));
        }
        if (clientCertificate == Requirement.REQUIRED
                && now.certificate() == Protection.ClientCertificate.NONE) {
            refusals.add(new Refusal(PolicyRule.CLIENT_CERTIFICATE, noCertificate));
        }
        return refusals;
    }

    private List<Refusal> dataRefusals(ProtectionLevel level, Reply reply) {
        return data == Requirement.REQUIRED && level == ProtectionLevel.CLEAR
                ? List.of(new Refusal(PolicyRule.DATA, reply))
                : List.of();
    }

    private static Verdict first(List<Refusal> refusals) {
        return refusals.isEmpty() ? allowed() : refused(refusals.getFirst().reply());
    }

    private Reply tlsFirst() {
        return offersTls() ? Reply.TLS_FIRST : Reply.NO_TLS_HERE;
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
                    switch (concessions.authAfterLogin()) {
                        case ALLOWED -> allowed;
                        case REFUSED -> refused(Reply.AUTH_AFTER_LOGIN);
                    };
        };
    }

    private Verdict clear(Protection now) {
        if (!now.controlByTls()) {
            return refused(Reply.CCC_IN_THE_CLEAR);
        }
        return switch (concessions.clear()) {
            case ALLOWED -> allowed();
            case REFUSED -> refused(Reply.CCC_REFUSED);
        };
    }

    private static Verdict allowed() {
        return new Verdict.Allowed();
    }

    private static Verdict refused(Reply reply) {
        return new Verdict.Refused(reply);
    }
}
