package io.sealane.core.tls;

import io.sealane.core.limit.BufferPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/// What comes to a TLS transport: ciphertext on its way from the socket through the engine to who
/// reads. Belongs to whoever holds the transport's input lock, but for [#end] and [#hasHeard].
final class TlsInput {
    /// Most KeyUpdates taken at a time; the others wait until as much was sent again. JSSE sends
    /// one for each record that is on its way, of which there are some hundred.
    private static final int KEY_UPDATES_HEARD_MAX = 4096;

    private static final byte APPLICATION_DATA = 23;

    private final SocketChannel channel;
    private final GuardedEngine engine;
    private final CiphertextInput ciphertext;
    private final BufferPool buffers;
    private final Runnable answerDue;

    // Decrypted and not yet delivered, from position to limit.
    private ByteBuffer plaintext = Buffers.NOTHING;
    private volatile Optional<StreamEnd> end = Optional.empty();
    private volatile boolean hasHeard;

    /// @param answerDue run when the engine has something to say to what came
    TlsInput(
            SocketChannel channel,
            GuardedEngine engine,
            CiphertextInput ciphertext,
            BufferPool buffers,
            Runnable answerDue) {
        this.channel = channel;
        this.engine = engine;
        this.ciphertext = ciphertext;
        this.buffers = buffers;
        this.answerDue = answerDue;
    }

    /// As [Transport#read]: blocks.
    int read(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            int read = decrypt(target);
            if (read > 0) {
                return read;
            }
            if (end.isPresent()) {
                ciphertext.dispose();
                return -1;
            }
            if (!ciphertext.fill()) { // blocks
                end = Optional.of(ciphertext.isWithinRecord() ? StreamEnd.CUT : StreamEnd.FIN);
            }
        }
        return 0;
    }

    /// How the peer's half ended, if it has. From any thread.
    Optional<StreamEnd> end() {
        return end;
    }

    /// Whether the peer has sent more than was delivered, as far as is known without reading the
    /// socket.
    boolean hasUnread() {
        return plaintext.hasRemaining() || ciphertext.hasUnread() || end.isPresent();
    }

    /// Gives the buffers back with what is in them.
    void dispose() {
        ciphertext.dispose();
        plaintext.position(plaintext.limit());
        restPlaintext();
    }

    /// Decrypts what there is without reading the socket.
    private int decrypt(ByteBuffer target) throws IOException {
        if (plaintext.hasRemaining()) {
            return deliver(target);
        }
        if (end.isPresent()) {
            return 0;
        }
        if (!target.isDirect()) {
            decryptAside();
            return deliver(target);
        }
        int before = target.position();
        if (decryptInto(target) == SSLEngineResult.Status.BUFFER_OVERFLOW
                && target.position() == before) {
            decryptAside();
            return deliver(target);
        }
        return target.position() - before;
    }

    private SSLEngineResult.Status decryptInto(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            SSLEngineResult result = engine.unwrap(ciphertext.unread(), target);
            react(result);
            switch (result.getStatus()) {
                case OK -> {
                    if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
                        return SSLEngineResult.Status.BUFFER_UNDERFLOW;
                    }
                }
                case BUFFER_UNDERFLOW, BUFFER_OVERFLOW -> {
                    return result.getStatus();
                }
                case CLOSED -> {
                    end = Optional.of(StreamEnd.CLOSE_NOTIFY);
                    return SSLEngineResult.Status.CLOSED;
                }
            }
        }
        return SSLEngineResult.Status.OK;
    }

    /// Decrypts for a target that is not direct or has too little room for the next record.
    private void decryptAside() throws IOException {
        ByteBuffer aside = buffers.take(BufferPool.Size.RECORD);
        try {
            if (decryptInto(aside) == SSLEngineResult.Status.BUFFER_OVERFLOW
                    && aside.position() == 0) {
                throw new SSLException("a record is too long");
            }
        } finally {
            plaintext = aside.flip();
            restPlaintext();
        }
    }

    private int deliver(ByteBuffer target) {
        int delivered = Buffers.move(plaintext, target);
        restPlaintext();
        return delivered;
    }

    private void restPlaintext() {
        if (!plaintext.hasRemaining() && plaintext.capacity() > 0) {
            buffers.give(plaintext);
            plaintext = Buffers.NOTHING;
        }
    }

    /// Does what a received record asks of this side.
    private void react(SSLEngineResult result) throws IOException {
        switch (result.getHandshakeStatus()) {
            case NEED_WRAP -> {
                if (result.getStatus() != SSLEngineResult.Status.CLOSED) {
                    answerDue.run();
                }
            }
            // TLS 1.2 renegotiation. No FTP client needs it; it was a hole once (CVE-2009-3555).
            case NEED_TASK -> throw new SSLException("the peer asked for a new handshake");
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> {}
        }
    }

    /// Takes the KeyUpdates of TLS 1.3 that have come, of a peer that nobody reads from. Does not
    /// block for input.
    ///
    /// Nothing else is taken: what stands behind the first record that is none stays unread. A
    /// close_notify does, since netty's engine sends nothing any more when it has seen one, and a
    /// client may end its half first.
    void hearKeyUpdates() throws IOException {
        ByteBuffer aside = buffers.take(BufferPool.Size.RECORD);
        try {
            int heard = 0;
            while (heard < KEY_UPDATES_HEARD_MAX
                    && isKeyUpdateNext()
                    && takeKeyUpdate(aside.clear())) {
                heard++;
            }
        } finally {
            buffers.give(aside);
            ciphertext.rest();
        }
    }

    /// Whether it has met one. From any thread.
    boolean hasHeard() {
        return hasHeard;
    }

    /// Whether something has come that the system holds. Does not block.
    boolean isArriving() throws IOException {
        return channel.socket().getInputStream().available() > 0;
    }

    private boolean isKeyUpdateNext() throws IOException {
        if (plaintext.hasRemaining() || end.isPresent()) {
            return false;
        }
        ByteBuffer unread = ciphertext.unread();
        if (RecordBounds.endOfFirst(unread) == unread.position() && isArriving()) {
            ciphertext.fill(BufferPool.Size.RECORD);
            unread = ciphertext.unread();
        }
        return unread.hasRemaining()
                && unread.get(unread.position()) == APPLICATION_DATA
                && KeyUpdateRecord.mayHave(RecordBounds.endOfFirst(unread) - unread.position());
    }

    /// @return whether the engine took the record
    private boolean takeKeyUpdate(ByteBuffer aside) throws IOException {
        ByteBuffer unread = ciphertext.unread();
        int limit = unread.limit();
        unread.limit(RecordBounds.endOfFirst(unread));
        try {
            SSLEngineResult result = engine.unwrap(unread, aside);
            hasHeard = true;
            react(result);
            return result.getStatus() == SSLEngineResult.Status.OK && result.bytesConsumed() > 0;
        } finally {
            unread.limit(limit);
        }
    }
}
