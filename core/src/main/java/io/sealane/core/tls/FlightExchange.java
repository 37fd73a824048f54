package io.sealane.core.tls;

import io.sealane.core.limit.BufferPool;
import io.sealane.core.limit.LentBuffer;
import io.sealane.core.wire.CertificateVerify;
import io.sealane.core.wire.ServerFlight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/// The flights of one handshake, to and fro between engine and socket. Belongs to whoever holds
/// both of the transport's locks.
final class FlightExchange {
    private final GuardedEngine engine;
    private final CiphertextInput ciphertext;
    private final TlsOutput output;
    private final BufferPool buffers;
    private final CertificateVerify proof = new CertificateVerify();

    // An alert that the peer sent in the clear.
    private Optional<String> clearAlert = Optional.empty();
    private OptionalInt group = OptionalInt.empty();

    FlightExchange(
            GuardedEngine engine,
            CiphertextInput ciphertext,
            TlsOutput output,
            BufferPool buffers) {
        this.engine = engine;
        this.ciphertext = ciphertext;
        this.output = output;
        this.buffers = buffers;
    }

    /// Shakes hands. Blocks.
    ///
    /// @throws TlsException if it failed; the peer was sent the engine's alert, if it had one
    Handshake shake() throws IOException {
        try (LentBuffer flight = LentBuffer.take(buffers, BufferPool.Size.RECORD);
                LentBuffer content = LentBuffer.take(buffers, BufferPool.Size.RECORD)) {
            exchange(flight.octets(), content.octets());
            return engine.describe();
        }
    }

    /// The group of the key exchange by its number in the IANA registry, behind [#shake]; empty
    /// where there was none or it cannot be told.
    OptionalInt group() {
        return group;
    }

    /// @param flight for what leaves
    /// @param content what an engine wants to have for content, though there is none yet
    private void exchange(ByteBuffer flight, ByteBuffer content) throws IOException {
        try {
            engine.beginHandshake();
            HandshakeStatus status = engine.status();
            while (true) {
                if (status != HandshakeStatus.NEED_WRAP) {
                    lookAt(flight);
                    output.send(flight);
                }
                switch (status) {
                    case NEED_TASK -> engine.runTasks();
                    case NEED_WRAP -> output.wrapHandshake(flight);
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrapHandshake(content);
                    case NOT_HANDSHAKING, FINISHED -> {
                        return;
                    }
                }
                // Not the result's status: the last result may say BUFFER_UNDERFLOW and FINISHED
                // at once, and tickets may wait behind a FINISHED.
                status = engine.status();
            }
        } catch (SSLException cause) {
            output.sayAlert(flight);
            Optional<String> alert = engine.peerAlert(cause);
            String detail =
                    alert.isEmpty() && clearAlert.isPresent()
                            ? "the peer sent " + clearAlert.get() + " in the clear"
                            : cause.getMessage();
            throw new TlsException(
                    "TLS handshake failed: " + detail, cause, alert.or(() -> clearAlert));
        }
    }

    /// The last group counts: behind a HelloRetryRequest comes the ServerHello.
    private void lookAt(ByteBuffer flight) {
        OptionalInt found = ServerFlight.group(flight.duplicate().flip());
        if (found.isPresent()) {
            group = found;
        }
    }

    private void unwrapHandshake(ByteBuffer content) throws IOException {
        clearAlert = clearAlert.or(() -> ClearAlert.in(ciphertext.unread()));
        SSLEngineResult result = unwrapOne(ciphertext.unread(), content);
        switch (result.getStatus()) {
            case OK -> {}
            case BUFFER_UNDERFLOW -> {
                if (wantsMore() && !ciphertext.fill(BufferPool.Size.RECORD)) { // blocks
                    throw TlsException.peerEnded(
                            "the peer ended the connection within the handshake");
                }
            }
            case BUFFER_OVERFLOW -> throw new SSLException("a record is too long");
            case CLOSED -> throw new SSLException("the peer closed TLS within the handshake");
        }
    }

    /// Has the engine take one record and leave those behind it.
    ///
    /// Interop: a client with nothing to upload, or that only reads, ends its half in one flight
    /// with its Finished (Node's, OpenSSL's). Netty's engine takes all it is given, and having seen
    /// that end it would send nothing any more. That it is done with the record before it notices
    /// in the next call.
    private SSLEngineResult unwrapOne(ByteBuffer unread, ByteBuffer content) throws IOException {
        SSLEngineResult before = engine.unwrap(Buffers.NOTHING, content);
        if (!wantsMore()) {
            return before;
        }
        int end = unread.limit();
        unread.limit(RecordBounds.endOfFirst(unread));
        try {
            refuseWeakProof(unread);
            return engine.unwrap(unread, content);
        } finally {
            unread.limit(end);
        }
    }

    /// Security: MD5 and SHA-1 prove nothing any more (RFC 9155 section 5), and BoringSSL takes the
    /// latter. What the engine is given of a record, it takes or fails at, so none comes twice.
    private void refuseWeakProof(ByteBuffer record) throws TlsException {
        proof.pass(record);
        if (proof.scheme().isPresent()
                && !engine.accepts().takesFromClient(proof.scheme().getAsInt())) {
            throw TlsException.refusal(
                    TlsException.ILLEGAL_PARAMETER,
                    "the client proves its certificate by a signature with MD5 or SHA-1");
        }
    }

    private boolean wantsMore() throws IOException {
        HandshakeStatus status = engine.status();
        return status == HandshakeStatus.NEED_UNWRAP || status == HandshakeStatus.NEED_UNWRAP_AGAIN;
    }
}
