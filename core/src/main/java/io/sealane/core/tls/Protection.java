package io.sealane.core.tls;

import java.util.Optional;

/// How a session is protected at the moment.
///
/// @param control whether the control connection speaks TLS
/// @param data level set by PROT, or by the mode
/// @param version what the control connection's handshake negotiated; empty before one
/// @param certificate what the client proved by one of its own
public record Protection(
        ControlProtection control,
        ProtectionLevel data,
        Optional<TlsVersion> version,
        ClientCertificate certificate) {
    public enum ControlProtection {
        IN_THE_CLEAR,
        BY_TLS
    }

    /// Whether the client has a certificate that was verified.
    public enum ClientCertificate {
        NONE,
        VERIFIED
    }

    public static final Protection NONE =
            new Protection(ControlProtection.IN_THE_CLEAR, ProtectionLevel.CLEAR);

    /// After AUTH TLS: data stays in the clear until PROT P (RFC 4217 section 12.4).
    public static final Protection EXPLICIT_TLS =
            new Protection(ControlProtection.BY_TLS, ProtectionLevel.CLEAR);

    /// Implicit mode begins with protected data, PROT or not: many of its clients never send it.
    public static final Protection IMPLICIT_TLS =
            new Protection(ControlProtection.BY_TLS, ProtectionLevel.PRIVATE);

    private Protection(ControlProtection control, ProtectionLevel data) {
        this(control, data, Optional.empty(), ClientCertificate.NONE);
    }

    public boolean controlByTls() {
        return control == ControlProtection.BY_TLS;
    }

    /// After CCC: the data connections' level stays (RFC 4217 section 5). So does the version that
    /// the session came by: who leaves TLS is not to get at more.
    public Protection withControlInTheClear() {
        return new Protection(
                ControlProtection.IN_THE_CLEAR, data, version, ClientCertificate.NONE);
    }

    /// Whether the control connection has, or had before CCC, an older TLS.
    boolean isOlderThan(TlsVersion least) {
        Optional<Boolean> older = version.map(negotiated -> !least.isAtMost(negotiated));
        return older.orElse(controlByTls());
    }

    public Protection withData(ProtectionLevel level) {
        return new Protection(control, level, version, certificate);
    }

    /// After a handshake of the control connection.
    public Protection negotiated(Handshake done) {
        return new Protection(
                control,
                data,
                TlsVersion.ofProtocol(done.version()),
                done.client().isPresent() ? ClientCertificate.VERIFIED : ClientCertificate.NONE);
    }

    /// With what the handshake before has earned, when a session begins anew behind it.
    public Protection keeping(Protection earlier) {
        return new Protection(control, data, earlier.version, earlier.certificate);
    }
}
