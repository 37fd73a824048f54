package io.sealane.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// A TLS client stream over [SSLEngine], which unlike `SSLSocket` tells close_notify, a bare FIN
/// and RST apart. A fatal alert of the server is thrown by the call that reads it, as an
/// [SSLException] with the alert's name in its message.
public final class ProbeTls implements ProbeStream {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TcpWire wire;
    private final SSLEngine engine;
    // Between calls both buffers are ready for reading.
    private ByteBuffer sealed;
    private ByteBuffer open;
    private @Nullable PeerEnd end;
    private Optional<TlsFacts> facts = Optional.empty();

    private ProbeTls(TcpWire wire, SSLEngine engine) {
        this.wire = wire;
        this.engine = engine;
        this.sealed = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).flip();
        this.open = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).flip();
    }

    /// Takes over a connected socket and shakes hands on it. `host` and `port` are the key under
    /// which `sessions` looks for a session to resume.
    public static ProbeTls over(
            Socket socket, TlsSessions sessions, String host, int port, Duration timeout)
            throws IOException {
        SSLEngine engine = sessions.engine(host, port, sessions.choice());
        return handshake(TcpWire.adopt(socket), engine, sessions, Deadline.in(timeout));
    }

    static ProbeTls handshake(
            TcpWire wire, SSLEngine engine, TlsSessions sessions, Deadline deadline)
            throws IOException {
        ProbeTls stream = new ProbeTls(wire, engine);
        stream.handshake(deadline);
        stream.facts =
                Optional.of(
                        new TlsFacts(
                                engine.getSession().getProtocol(),
                                engine.getSession().getCipherSuite(),
                                sessions.resumptionOf(engine),
                                engine.getApplicationProtocol()));
        return stream;
    }

    @Override
    public Optional<TlsFacts> tls() {
        return facts;
    }

    /// Returns the server's chain, leaf first. A resumed session has that of its first handshake.
    public List<Certificate> peerCertificates() throws SSLPeerUnverifiedException {
        return List.of(engine.getSession().getPeerCertificates());
    }

    @Override
    public int read(byte[] target, Duration timeout) throws IOException {
        Deadline deadline = Deadline.in(timeout);
        while (!open.hasRemaining()) {
            if (end != null) {
                return -1;
            }
            step(deadline);
        }
        int count = Math.min(target.length, open.remaining());
        open.get(target, 0, count);
        return count;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(source, offset, length);
        while (rest.hasRemaining()) {
            wrap(rest);
        }
    }

    @Override
    public void finish(Ending ending) throws IOException {
        switch (ending) {
            case ORDERLY -> {
                sendCloseNotify();
                wire.sendFin();
            }
            case CLOSE_NOTIFY_ONLY -> sendCloseNotify();
            case FIN -> wire.sendFin();
            case RESET -> wire.sendReset();
            case NONE -> {}
        }
    }

    @Override
    public Optional<PeerEnd> peerEnd() {
        return Optional.ofNullable(end);
    }

    /// Sends what is no record of this TLS stream.
    public void writeBelow(byte[] octets) throws IOException {
        wire.write(octets, 0, octets.length);
    }

    /// Reads on below TLS, once the TLS stream has ended, to see how the TCP stream ends. Anything
    /// but FIN or RST behind close_notify is a violation.
    public PeerEnd tcpEnd(Duration timeout) throws IOException {
        byte[] buffer = new byte[1024];
        int count = wire.read(buffer, 0, buffer.length, Deadline.in(timeout));
        if (count >= 0 || sealed.hasRemaining()) {
            throw new ProtocolViolation("bytes behind the end of TLS", buffer);
        }
        return wire.end().orElseThrow();
    }

    /// Ends TLS and keeps the connection, as CCC asks (RFC 4217 section 12.3): sends close_notify,
    /// awaits the server's, and returns the stream in the clear.
    ProbePlain clear(Duration timeout) throws IOException {
        sendCloseNotify();
        return clearInSilence(timeout);
    }

    /// As [#clear], without a close_notify of its own, as curl does.
    ProbePlain clearInSilence(Duration timeout) throws IOException {
        byte[] more = new byte[1];
        if (read(more, timeout) >= 0 || end != PeerEnd.CLOSE_NOTIFY) {
            throw new ProtocolViolation("no close_notify after CCC", more);
        }
        if (sealed.hasRemaining()) {
            byte[] early = new byte[sealed.remaining()];
            sealed.get(early);
            throw new ProtocolViolation("clear text in the same segment as close_notify", early);
        }
        return new ProbePlain(wire);
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    private void handshake(Deadline deadline) throws IOException {
        try {
            engine.beginHandshake();
            while (isHandshaking()) {
                step(deadline);
                if (end != null) {
                    throw new EOFException(end + " in the middle of the TLS handshake");
                }
            }
        } catch (SSLException failure) {
            sendAlert(failure);
            throw failure;
        }
    }

    private boolean isHandshaking() {
        return switch (engine.getHandshakeStatus()) {
            case NEED_WRAP, NEED_TASK, NEED_UNWRAP, NEED_UNWRAP_AGAIN -> true;
            case FINISHED, NOT_HANDSHAKING -> false;
        };
    }

    /// Does the one thing the engine asks for next; without a wish of its own it reads.
    private void step(Deadline deadline) throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> runTasks();
            case NEED_WRAP -> {
                if (engine.isOutboundDone()) {
                    unwrap(deadline);
                } else {
                    wrap(NOTHING.duplicate());
                }
            }
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> unwrap(deadline);
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void unwrap(Deadline deadline) throws IOException {
        open.compact();
        SSLEngineResult result;
        try {
            result = engine.unwrap(sealed, open);
        } finally {
            open.flip();
        }
        switch (result.getStatus()) {
            case OK -> {}
            case CLOSED -> end = PeerEnd.CLOSE_NOTIFY;
            case BUFFER_UNDERFLOW -> fill(deadline);
            case BUFFER_OVERFLOW -> open = larger(open);
        }
    }

    private void fill(Deadline deadline) throws IOException {
        if (sealed.remaining() == sealed.capacity()) {
            sealed = larger(sealed);
        }
        sealed.compact();
        try {
            int start = sealed.position();
            int count = wire.read(sealed.array(), start, sealed.remaining(), deadline); // blocks
            if (count < 0) {
                end = wire.end().orElseThrow();
            } else {
                sealed.position(start + count);
            }
        } finally {
            sealed.flip();
        }
    }

    private static ByteBuffer larger(ByteBuffer buffer) {
        return ByteBuffer.allocate(buffer.capacity() * 2).put(buffer).flip();
    }

    private void wrap(ByteBuffer source) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(source, record);
        wire.write(record.array(), 0, record.position()); // blocks
        switch (result.getStatus()) {
            case OK -> {}
            case CLOSED -> {
                if (source.hasRemaining()) {
                    throw new SSLException("cannot write behind the probe's own close_notify");
                }
            }
            case BUFFER_UNDERFLOW, BUFFER_OVERFLOW ->
                    throw new IllegalStateException("a record is larger than JSSE said");
        }
    }

    private void sendCloseNotify() throws IOException {
        engine.closeOutbound();
        while (!engine.isOutboundDone()) {
            wrap(NOTHING.duplicate());
        }
    }

    /// The engine that fails a handshake has an alert to say; a peer that is gone misses it.
    private void sendAlert(SSLException cause) {
        try {
            for (int i = 0; i < 2 && !engine.isOutboundDone(); i++) {
                wrap(NOTHING.duplicate());
            }
        } catch (IOException gone) {
            if (!gone.equals(cause)) {
                cause.addSuppressed(gone);
            }
        }
    }
}
