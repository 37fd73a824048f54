package io.sealane.core.session;

import io.sealane.core.data.DataSecurity;
import io.sealane.core.event.Event;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.tls.Handshake;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The TLS of one control connection, from which its data connections take theirs. Owned by the
/// session; all is called on its thread, but [#sessionTls] also on those of its transfers.
final class ControlSecurity implements DataSecurity {
    /// The handshake came to nothing, and the control connection with it.
    static final class HandshakeException extends IOException {
        private static final long serialVersionUID = 1L;

        private final String code;

        private HandshakeException(String code, IOException cause) {
            super(cause.getMessage(), cause);
            this.code = code;
        }

        /// Reason code for the log.
        String code() {
            return code;
        }
    }

    private final ControlSession.Setup setup;
    private final ControlChannel channel;
    private volatile @Nullable SessionTls sessionTls;

    ControlSecurity(ControlSession.Setup setup, ControlChannel channel) {
        this.setup = setup;
        this.channel = channel;
    }

    @Override
    public Optional<SessionTls> sessionTls() {
        return Optional.ofNullable(sessionTls);
    }

    /// Shakes hands, and has the channel go on over TLS. Blocks.
    ///
    /// @param sniffed octets of the handshake that were read already
    void begin(ByteBuffer sniffed) throws HandshakeException, IOException {
        SessionTls tls = setup.tls().newSession();
        sessionTls = tls;
        TlsTransport transport =
                TlsTransport.control(setup.channel(), tls, sniffed, setup.buffers());
        channel.switchTo(transport);
        try (Watchdog.Watch watch =
                setup.watchdog().watch(setup.limits().handshake(), transport::close)) {
            try {
                transport.handshake(); // blocks
            } catch (IOException failed) {
                String code = watch.expired() ? "handshake-timeout" : "handshake-failed";
                String cause = watch.expired() ? code : String.valueOf(failed.getMessage());
                setup.events().accept(new Event.HandshakeFailed(setup.id(), "control", cause));
                throw new HandshakeException(code, failed);
            }
        }
        Handshake done = transport.negotiated();
        setup.events()
                .accept(
                        new Event.ControlSecured(
                                setup.id(),
                                done.version(),
                                done.cipher(),
                                done.resumed() ? "yes" : "no"));
    }

    /// Gives up what the TLS session holds, when the control connection is closed. Idempotent.
    void close() {
        SessionTls tls = sessionTls;
        if (tls != null) {
            tls.close();
        }
    }
}
