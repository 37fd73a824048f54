package io.sealane.core.tls;

import io.sealane.core.wire.ClientHello;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// A handshake came to nothing: why, and what the client had offered.
public final class HandshakeFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final HandshakeReason reason;
    private final String code;
    private final transient Optional<ClientHello> hello;

    private HandshakeFailure(
            HandshakeReason reason,
            String code,
            Optional<ClientHello> hello,
            String detail,
            Throwable cause) {
        super(detail, cause);
        this.reason = reason;
        this.code = code;
        this.hello = hello;
    }

    /// What a handshake failed with, in the words of a reason.
    ///
    /// @param byAlert the reason where the peer sent a fatal alert
    /// @param ofTls the reason where TLS failed, and neither by an alert of the peer nor by the
    ///   client's certificate
    static HandshakeFailure of(
            IOException failed,
            HandshakeReason byAlert,
            Optional<ClientHello> hello,
            Function<TlsException, HandshakeReason> ofTls) {
        Optional<ClientCertificateException.Refusal> refusal =
                ClientCertificateException.behind(failed);
        if (refusal.isPresent()) {
            return new HandshakeFailure(
                    refusal.get().reason().handshakeReason(),
                    refusal.get().reason().code(),
                    hello,
                    refusal.get().detail(),
                    failed);
        }
        return switch (failed) {
            case TlsException tls when tls.peerAlert().isPresent() ->
                    alerted(byAlert, tls.peerAlert().get(), hello, tls);
            case TlsException tls -> because(ofTls.apply(tls), hello, tls);
            case ClosedChannelException here -> because(HandshakeReason.ABANDONED, hello, failed);
            default -> because(HandshakeReason.CONNECTION_RESET, hello, failed);
        };
    }

    static HandshakeFailure because(
            HandshakeReason reason, Optional<ClientHello> hello, Throwable cause) {
        return new HandshakeFailure(reason, reason.code(), hello, wordsOf(cause), cause);
    }

    /// @param alert its name, as `unknown_ca`
    private static HandshakeFailure alerted(
            HandshakeReason reason, String alert, Optional<ClientHello> hello, Throwable cause) {
        return new HandshakeFailure(
                reason,
                reason.code() + "-" + alert.replace('_', '-'),
                hello,
                wordsOf(cause),
                cause);
    }

    private static String wordsOf(Throwable cause) {
        return Objects.requireNonNullElse(cause.getMessage(), "-");
    }

    /// The same, where the time for it ran out and what it failed with is only the consequence.
    public HandshakeFailure afterTimeout() {
        return new HandshakeFailure(
                HandshakeReason.HANDSHAKE_TIMEOUT,
                HandshakeReason.HANDSHAKE_TIMEOUT.code(),
                hello,
                HandshakeReason.HANDSHAKE_TIMEOUT.code(),
                this);
    }

    public HandshakeReason reason() {
        return reason;
    }

    /// The word for logs and replies: that of the reason, and for an alert of the client its name.
    public String code() {
        return code;
    }

    /// What the library or the system said.
    public String detail() {
        return String.valueOf(getMessage());
    }

    /// What the client offered, if it was read whole.
    public Optional<ClientHello> hello() {
        return hello;
    }
}
