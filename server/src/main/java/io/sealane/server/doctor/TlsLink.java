package io.sealane.server.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/// TLS over a connection. Unlike the JDK's sockets it tells a close_notify from a bare FIN. Belongs
/// to one thread.
final class TlsLink implements Link {
    private final Wire wire;
    private final SSLEngine engine;

    /// What came and was not decrypted yet, to be read from.
    private ByteBuffer coming;

    /// What was decrypted and not taken yet, to be read from.
    private ByteBuffer plain;

    private End end = End.NONE;

    private TlsLink(Wire wire, SSLEngine engine) {
        this.wire = wire;
        this.engine = engine;
        this.coming = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).flip();
        this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).flip();
    }

    /// Shakes hands as a client.
    static TlsLink shakeHands(Wire wire, SSLEngine engine, Deadline deadline) throws IOException {
        TlsLink link = new TlsLink(wire, engine);
        try {
            engine.beginHandshake();
            link.handshake(deadline);
            return link;
        } catch (SSLException refused) {
            link.sendAlert(deadline);
            throw refused;
        }
    }

    /// `TLSv1.3` or `TLSv1.2`.
    String version() {
        return engine.getSession().getProtocol();
    }

    /// What ALPN chose; empty if nothing.
    String applicationProtocol() {
        String chosen = engine.getApplicationProtocol();
        return chosen == null ? "" : chosen;
    }

    private void handshake(Deadline deadline) throws IOException {
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
            status =
                    switch (status) {
                        case NEED_TASK -> runTasks();
                        case NEED_WRAP -> wrap(deadline);
                        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap(deadline);
                        case FINISHED, NOT_HANDSHAKING -> status;
                    };
            if (end != End.NONE) {
                throw new ConnectionEnded(end);
            }
        }
    }

    private HandshakeStatus runTasks() {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
        return engine.getHandshakeStatus();
    }

    private HandshakeStatus wrap(Deadline deadline) throws IOException {
        return wrap(ByteBuffer.allocate(0), deadline).getHandshakeStatus();
    }

    private SSLEngineResult wrap(ByteBuffer source, Deadline deadline) throws IOException {
        ByteBuffer sealed = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(source, sealed);
        byte[] octets = new byte[sealed.flip().remaining()];
        sealed.get(octets);
        wire.write(octets, deadline);
        return result;
    }

    /// Decrypts one record, after it has come, into `plain`.
    private HandshakeStatus unwrap(Deadline deadline) throws IOException {
        while (true) {
            ByteBuffer target = plain.compact();
            SSLEngineResult result;
            try {
                result = engine.unwrap(coming, target);
            } catch (RuntimeException defect) {
                // What a hostile server sends may lead to one of JSSE's.
                throw new SSLException("JSSE failed: " + defect.getMessage(), defect);
            } finally {
                plain = target.flip();
            }
            switch (result.getStatus()) {
                case OK -> {
                    return result.getHandshakeStatus();
                }
                case CLOSED -> {
                    end = End.CLOSE_NOTIFY;
                    return result.getHandshakeStatus();
                }
                case BUFFER_OVERFLOW -> growPlain();
                case BUFFER_UNDERFLOW -> {
                    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
                        return HandshakeStatus.FINISHED;
                    }
                    if (!fill(deadline)) {
                        end = wire.end();
                        return result.getHandshakeStatus();
                    }
                }
            }
        }
    }

    private void growPlain() {
        ByteBuffer larger =
                ByteBuffer.allocate(
                        plain.remaining() + engine.getSession().getApplicationBufferSize());
        plain = larger.put(plain).flip();
    }

    private boolean fill(Deadline deadline) throws IOException {
        int packet = engine.getSession().getPacketBufferSize();
        byte[] more = new byte[packet];
        int count = wire.read(more, deadline);
        if (count > 0) {
            ByteBuffer all = ByteBuffer.allocate(coming.remaining() + count);
            coming = all.put(coming).put(more, 0, count).flip();
        }
        return count >= 0;
    }

    @Override
    public int read(byte[] target, Deadline deadline) throws IOException {
        while (!plain.hasRemaining()) {
            if (end != End.NONE) {
                return -1;
            }
            HandshakeStatus status = unwrap(deadline);
            if (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP) {
                answer(status, deadline);
            }
        }
        int count = Math.min(target.length, plain.remaining());
        plain.get(target, 0, count);
        return count;
    }

    /// What follows a handshake: tickets, new keys, the peer's close_notify.
    private void answer(HandshakeStatus first, Deadline deadline) throws IOException {
        HandshakeStatus status = first;
        while (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP) {
            status = status == HandshakeStatus.NEED_TASK ? runTasks() : wrap(deadline);
        }
    }

    @Override
    public void write(byte[] octets, Deadline deadline) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(octets);
        while (source.hasRemaining()) {
            if (wrap(source, deadline).bytesConsumed() == 0) {
                throw new ConnectionEnded(end);
            }
        }
    }

    /// Ends this side with a close_notify and a FIN, and goes on reading.
    void finish(Deadline deadline) throws IOException {
        sendAlert(deadline);
        wire.sendFin();
    }

    /// Ends this side with a FIN alone, as somebody does who cuts the connection.
    void cut() throws IOException {
        wire.sendFin();
    }

    @Override
    public End end() {
        return end;
    }

    private void sendAlert(Deadline deadline) {
        engine.closeOutbound();
        try {
            int sealed = 1;
            while (!engine.isOutboundDone() && sealed > 0) {
                sealed = wrap(ByteBuffer.allocate(0), deadline).bytesProduced();
            }
        } catch (IOException _) {
            // The peer is gone, or the engine has nothing more to say to it.
        }
    }

    @Override
    public void close() {
        sendAlert(new Deadline(System.nanoTime()));
        wire.close();
    }
}
