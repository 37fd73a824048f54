package io.sealane.core.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// A client's certificate is not taken. The message is the reason's code and the certificate's
/// subject, for the log.
public final class ClientCertificateException extends CertificateException {
    private static final long serialVersionUID = 1L;

    /// Why not.
    public enum Reason {
        /// It was required, and there is none.
        MISSING(HandshakeReason.CLIENT_CERTIFICATE_MISSING),
        /// No path leads from it to a trusted authority.
        UNTRUSTED(HandshakeReason.CLIENT_CERTIFICATE_UNTRUSTED),
        EXPIRED(HandshakeReason.CLIENT_CERTIFICATE_EXPIRED),
        NOT_YET_VALID(HandshakeReason.CLIENT_CERTIFICATE_NOT_YET_VALID),
        /// Its issuer made it for something else than TLS clients.
        WRONG_USE(HandshakeReason.CLIENT_CERTIFICATE_WRONG_USE),
        /// It, or an authority between it and the trusted one, is on a revocation list.
        REVOKED(HandshakeReason.CLIENT_CERTIFICATE_REVOKED),
        /// Lists are configured, and there is none of one of the authorities on its path.
        CRL_MISSING(HandshakeReason.CLIENT_CRL_MISSING),
        /// The list of one of the authorities on its path should have been renewed.
        CRL_EXPIRED(HandshakeReason.CLIENT_CRL_EXPIRED),
        /// It came with more than [ClientTrust#ISSUERS_MAX] others.
        CHAIN_TOO_LONG(HandshakeReason.CLIENT_CHAIN_TOO_LONG),
        /// It cannot be understood.
        BROKEN(HandshakeReason.CLIENT_CERTIFICATE_BROKEN);

        private final HandshakeReason handshakeReason;

        Reason(HandshakeReason handshakeReason) {
            this.handshakeReason = handshakeReason;
        }

        HandshakeReason handshakeReason() {
            return handshakeReason;
        }

        /// Reason code for the log.
        public String code() {
            return handshakeReason.code();
        }
    }

    /// What is behind a failed handshake.
    ///
    /// @param detail the reason's code, and the subject or what the engine said
    record Refusal(Reason reason, String detail) {}

    /// How engines say that a required certificate was not shown: JSSE, and BoringSSL. A test holds
    /// them to it.
    private static final String NONE_SHOWN_JSSE = "Empty client certificate chain";

    private static final String NONE_SHOWN_BORINGSSL = "PEER_DID_NOT_RETURN_A_CERTIFICATE";

    private final Reason reason;

    ClientCertificateException(Reason reason, X509Certificate leaf, Throwable cause) {
        super(messageOf(reason, leaf), cause);
        this.reason = reason;
    }

    ClientCertificateException(Reason reason, X509Certificate leaf) {
        super(messageOf(reason, leaf));
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /// Looks for a client's certificate, or the lack of it, behind a failed handshake.
    static Optional<Refusal> behind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClientCertificateException refused) {
                return Optional.of(
                        new Refusal(refused.reason, String.valueOf(refused.getMessage())));
            }
            String text = String.valueOf(cause.getMessage());
            if (text.contains(NONE_SHOWN_JSSE) || text.contains(NONE_SHOWN_BORINGSSL)) {
                return Optional.of(
                        new Refusal(Reason.MISSING, Reason.MISSING.code() + ": " + text));
            }
        }
        return Optional.empty();
    }

    private static String messageOf(Reason reason, X509Certificate leaf) {
        return reason.code() + ": " + ClientIdentity.subjectOf(leaf);
    }
}
