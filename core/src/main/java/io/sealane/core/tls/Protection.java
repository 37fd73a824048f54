package io.sealane.core.tls;

/// How a session is protected at the moment.
///
/// @param control whether the control connection speaks TLS
/// @param data level set by PROT, or by the mode
public record Protection(ControlProtection control, ProtectionLevel data) {
    public enum ControlProtection {
        IN_THE_CLEAR,
        BY_TLS
    }

    public static final Protection NONE =
            new Protection(ControlProtection.IN_THE_CLEAR, ProtectionLevel.CLEAR);

    /// After AUTH TLS: data stays in the clear until PROT P (RFC 4217 section 12.4).
    public static final Protection EXPLICIT_TLS =
            new Protection(ControlProtection.BY_TLS, ProtectionLevel.CLEAR);

    /// Implicit mode begins with protected data, PROT or not: many of its clients never send it.
    public static final Protection IMPLICIT_TLS =
            new Protection(ControlProtection.BY_TLS, ProtectionLevel.PRIVATE);

    public boolean controlByTls() {
        return control == ControlProtection.BY_TLS;
    }

    public Protection withData(ProtectionLevel level) {
        return new Protection(control, level);
    }
}
