package io.sealane.core.tls;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/// A fatal alert in the clear (RFC 8446 section 6), where an engine may expect a protected record.
///
/// Interop: OpenSSL's clients end a handshake of TLS 1.3 so where they do not trust the
/// certificate, since they have not begun to encrypt; BoringSSL then complains of a short record.
final class ClearAlert {
    private static final byte RECORD_ALERT = 21;
    private static final int HEADER_OCTETS = 5;
    private static final byte FATAL = 2;

    private static final Map<Integer, String> NAMES =
            Map.ofEntries(
                    Map.entry(10, "unexpected_message"),
                    Map.entry(20, "bad_record_mac"),
                    Map.entry(22, "record_overflow"),
                    Map.entry(40, "handshake_failure"),
                    Map.entry(42, "bad_certificate"),
                    Map.entry(43, "unsupported_certificate"),
                    Map.entry(44, "certificate_revoked"),
                    Map.entry(45, "certificate_expired"),
                    Map.entry(46, "certificate_unknown"),
                    Map.entry(47, "illegal_parameter"),
                    Map.entry(48, "unknown_ca"),
                    Map.entry(49, "access_denied"),
                    Map.entry(50, "decode_error"),
                    Map.entry(51, "decrypt_error"),
                    Map.entry(70, "protocol_version"),
                    Map.entry(71, "insufficient_security"),
                    Map.entry(80, "internal_error"),
                    Map.entry(86, "inappropriate_fallback"),
                    Map.entry(109, "missing_extension"),
                    Map.entry(110, "unsupported_extension"),
                    Map.entry(112, "unrecognized_name"),
                    Map.entry(113, "bad_certificate_status_response"),
                    Map.entry(116, "certificate_required"),
                    Map.entry(120, "no_application_protocol"));

    private ClearAlert() {}

    /// The name of the first such alert among the records in `received`, whose position stays: one
    /// call of an engine may take several records, and OpenSSL sends a ChangeCipherSpec in front.
    static Optional<String> in(ByteBuffer received) {
        int at = received.position();
        while (received.limit() - at >= HEADER_OCTETS) {
            int length = received.getShort(at + 3) & 0xFFFF;
            if (received.get(at) == RECORD_ALERT
                    && length == 2
                    && received.limit() - at >= HEADER_OCTETS + length
                    && received.get(at + HEADER_OCTETS) == FATAL) {
                return Optional.ofNullable(NAMES.get(received.get(at + HEADER_OCTETS + 1) & 0xFF));
            }
            at += HEADER_OCTETS + length;
        }
        return Optional.empty();
    }
}
