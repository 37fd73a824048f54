package io.sealane.core.tls;

import io.sealane.core.limit.BufferPool;
import io.sealane.core.wire.ServerFlight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/// TLS over a socket. The channel is blocking; on a virtual thread a call that waits parks without
/// holding its carrier. One reading and one writing thread at most, [#close] from any.
///
/// Holds next to nothing while idle: a control transport that waits has one buffer of 2 KiB, a data
/// transport none before its first read. Buffers come from the pool when bytes move.
///
/// Locks, in this order: `inputLock` (one reader, and what it has read), `outputLock` (records
/// leave in the order they were made, so it is held while the socket takes them), and the one in
/// [GuardedEngine], which is never held during I/O. [#close] waits for that last one alone.
public final class TlsTransport implements Transport {
    /// An engine is given direct buffers only, even to say that there is nothing: netty's takes
    /// their address, and allocates a copy of any other.
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    /// More plaintext than this goes out through a bulk buffer, many records by one write.
    private static final int RECORD_PLAINTEXT_BYTES = 16 * 1024;

    /// An alert takes one call of an engine that is well, and two of one that has yet to throw.
    private static final int ALERT_ATTEMPTS_MAX = 4;

    /// How long a peer may take to speak first when TLS is left: long enough for it to have read
    /// what was said before, whatever the way.
    private static final int LEAVING_GRACE_MILLIS = 200;

    /// Plaintext that is sent before the peer's KeyUpdates are looked for. At JSSE's limit (2^37
    /// octets by default) one comes with every record until it is answered.
    private static final int HEARING_INTERVAL_BYTES = 1 << 20;

    /// Most of them taken at a time; the others wait until as much was sent again. JSSE sends one
    /// for each record that is on its way, of which there are some hundred.
    private static final int KEY_UPDATES_HEARD_MAX = 4096;

    /// How long a peer that has sent KeyUpdates may be silent before it is told the end, and how
    /// long it may go on with them.
    private static final Duration HEARING_SILENCE = Duration.ofMillis(50);

    private static final Duration HEARING_MAX = Duration.ofSeconds(1);
    private static final Duration HEARING_POLL = Duration.ofMillis(5);

    private static final byte APPLICATION_DATA = 23;

    /// Longest content of a record (RFC 5246 section 6.2.3).
    private static final int RECORD_CONTENT_BYTES_MAX = (1 << 14) + 2048;

    private final SocketChannel channel;
    private final GuardedEngine engine;
    private final BufferPool buffers;
    private final Hearing hearing;

    private final ReentrantLock inputLock = new ReentrantLock();
    private final CiphertextInput input;
    // Decrypted and not yet delivered, from position to limit.
    private ByteBuffer plaintext = NOTHING;
    // Read when TLS was left, and the first of what is behind it.
    private Optional<Byte> firstOfEnd = Optional.empty();

    private final ReentrantLock outputLock = new ReentrantLock();
    // Of the handshake: an alert that the peer sent in the clear.
    private Optional<String> clearAlert = Optional.empty();

    private boolean outputClosed;
    private boolean ticketOwed;
    private int sentUnheard;
    private volatile boolean hasHeard;

    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean answerOwed;
    private volatile Optional<StreamEnd> inboundEnd = Optional.empty();
    private volatile Optional<Handshake> negotiated = Optional.empty();
    private volatile OptionalInt group = OptionalInt.empty();

    /// Whether the peer's KeyUpdates are looked for where nobody reads.
    enum Hearing {
        /// Somebody reads, or will: what comes is wanted.
        BY_READING,
        WHILE_SENDING
    }

    TlsTransport(
            SocketChannel channel,
            GuardedEngine engine,
            CiphertextInput input,
            BufferPool buffers,
            Hearing hearing) {
        this.channel = channel;
        this.engine = engine;
        this.input = input;
        this.buffers = buffers;
        this.hearing = hearing;
        TcpOptions.prepare(channel);
    }

    /// Adopts `channel`, which is connected and blocking, as a control connection: few bytes, long
    /// waits.
    ///
    /// @param pendingCiphertext bytes already read off the socket, maybe none; the buffer belongs
    ///   to the transport from here on
    /// @throws TlsException if the control connection has ended; the channel is still the caller's
    public static TlsTransport control(
            SocketChannel channel,
            SessionTls session,
            ByteBuffer pendingCiphertext,
            BufferPool buffers)
            throws TlsException {
        return new TlsTransport(
                channel,
                new GuardedEngine(
                        session,
                        session.newControlEngine(),
                        session.applicationProtocols().control()),
                new CiphertextInput(channel, pendingCiphertext, buffers, BufferPool.Size.LINE),
                buffers,
                Hearing.BY_READING);
    }

    /// Adopts `channel`, which is connected and blocking, as a data connection: bytes in bulk. The
    /// handshake of the control connection that `session` belongs to is over.
    ///
    /// @param pendingCiphertext bytes already read off the socket, maybe none; the buffer belongs
    ///   to the transport from here on
    /// @throws TlsException if the control connection has ended; the channel is still the caller's
    public static TlsTransport data(
            SocketChannel channel,
            SessionTls session,
            ByteBuffer pendingCiphertext,
            BufferPool buffers)
            throws TlsException {
        return new TlsTransport(
                channel,
                new GuardedEngine(
                        session, session.newDataEngine(), session.applicationProtocols().data()),
                new CiphertextInput(channel, pendingCiphertext, buffers, BufferPool.Size.BULK),
                buffers,
                Hearing.WHILE_SENDING);
    }

    /// Adopts `channel`, which is connected and blocking, as a data connection to another server,
    /// which is the TLS server on it.
    ///
    /// @throws TlsException if the control connection has ended; the channel is still the caller's
    public static TlsTransport dataAsClient(
            SocketChannel channel, SessionTls session, BufferPool buffers) throws TlsException {
        return new TlsTransport(
                channel,
                new GuardedEngine(
                        session, session.newClientEngine(), session.applicationProtocols().data()),
                new CiphertextInput(channel, NOTHING.duplicate(), buffers, BufferPool.Size.BULK),
                buffers,
                Hearing.BY_READING);
    }

    /// Performs the handshake, once, before anything is read or written. Blocks. What the engine
    /// says behind its Finished (the control connection's tickets) has left when this returns.
    ///
    /// @throws TlsException if it failed; the peer was sent the engine's alert, if it had one
    /// @throws IOException if the connection broke
    public void handshake() throws IOException {
        inputLock.lock();
        try {
            outputLock.lock();
            try {
                shakeHands();
            } finally {
                leaveOutput();
            }
        } finally {
            leaveInput();
        }
    }

    /// What the handshake negotiated; only after [#handshake] returned.
    public Handshake negotiated() {
        return negotiated.orElseThrow(() -> new IllegalStateException("no handshake yet"));
    }

    /// The group of the key exchange by its name in the IANA registry, or `-` where there was none
    /// or it cannot be told; only after [#handshake] returned.
    public String group() {
        return group.isPresent() ? NamedGroup.shown(group.getAsInt()) : "-";
    }

    /// The application protocol that is spoken inside, where the client names some.
    public String applicationProtocol() {
        return engine.applicationProtocol();
    }

    TlsAcceptance accepts() {
        return engine.accepts();
    }

    /// As [Transport#read]. Into a large direct buffer it decrypts as many records as one read of
    /// the socket brought. The one state in which a reset is an end and no failure is behind a
    /// close_notify, because nothing is read behind it.
    ///
    /// @throws TlsException if the peer sent a fatal alert or what is no TLS
    @Override
    public int read(ByteBuffer target) throws IOException {
        inputLock.lock();
        try {
            while (target.hasRemaining()) {
                int read = decrypt(target);
                if (read > 0) {
                    return read;
                }
                if (inboundEnd.isPresent()) {
                    input.dispose();
                    return -1;
                }
                if (!input.fill()) { // blocks
                    inboundEnd =
                            Optional.of(input.isWithinRecord() ? StreamEnd.CUT : StreamEnd.FIN);
                }
            }
            return 0;
        } catch (SSLException cause) {
            throw failure("TLS failed while receiving", cause);
        } finally {
            leaveInput();
        }
    }

    /// As [Transport#write]. From a large direct buffer sixteen full records leave by one write to
    /// the socket.
    @Override
    public void write(ByteBuffer source) throws IOException {
        boolean isTimeToHear;
        outputLock.lock();
        try {
            sentUnheard += source.remaining();
            isTimeToHear = sentUnheard >= HEARING_INTERVAL_BYTES;
            sentUnheard = isTimeToHear ? 0 : sentUnheard;
            if (source.isDirect()) {
                encrypt(source);
            } else {
                encryptCopyOf(source);
            }
        } catch (SSLException cause) {
            throw new TlsException("TLS failed while sending: " + cause.getMessage(), cause);
        } finally {
            leaveOutput();
        }
        if (isTimeToHear && hearing == Hearing.WHILE_SENDING) {
            hear();
        }
    }

    /// Has a session ticket leave with what is written next, if the client needs one; see
    /// [SessionTls#offerTicket].
    ///
    /// @throws IOException if this transport is closed
    public void offerTicket() throws IOException {
        outputLock.lock();
        try {
            engine.offerTicket();
            ticketOwed = true;
        } finally {
            leaveOutput();
        }
    }

    @Override
    public StreamEnd inboundEnd() {
        return inboundEnd.orElseThrow(
                () -> new IllegalStateException("the peer has not ended its half"));
    }

    /// As [Transport#closeOutput]. Before the handshake is over there is no close_notify to send,
    /// and the FIN stands alone: JSSE would send `user_canceled` first, which wget, rclone and
    /// FileZilla take for a broken transfer.
    @Override
    public void closeOutput() throws IOException {
        if (hasHeard) {
            hearOut();
        }
        outputLock.lock();
        try {
            if (outputClosed) {
                return;
            }
            outputClosed = true;
            if (negotiated.isPresent()) {
                sayCloseNotify();
            }
            channel.shutdownOutput();
        } catch (SSLException cause) {
            throw new TlsException("TLS could not be closed: " + cause.getMessage(), cause);
        } finally {
            leaveOutput();
        }
    }

    /// Whether the peer has sent more than [#read] has delivered, as far as is known without
    /// reading the socket. Only while nobody reads.
    public boolean hasUnread() {
        inputLock.lock();
        try {
            return plaintext.hasRemaining() || input.hasUnread() || inboundEnd.isPresent();
        } finally {
            leaveInput();
        }
    }

    /// Leaves TLS and keeps the connection: says close_notify and nothing behind it. Blocks. Only
    /// while nobody reads, and when nothing is unread.
    ///
    /// Interop: lftp takes a close_notify that comes in one piece with the reply before it for the
    /// end of the connection. So the peer has a moment to speak first, which lftp and curl do at
    /// once; in its passive mode curl waits for this side.
    ///
    /// @return what the connection goes on over; it takes the peer's close_notify
    public PlainTransport leave() throws IOException {
        giveLastTicket();
        awaitFirstOctet();
        outputLock.lock();
        try {
            outputClosed = true;
            sayCloseNotify();
            return new PlainTransport(channel, this);
        } catch (SSLException cause) {
            throw new TlsException("TLS could not be left: " + cause.getMessage(), cause);
        } finally {
            leaveOutput();
        }
    }

    /// No other can come on this connection.
    ///
    /// Interop: in its passive CCC mode curl has OpenSSL forget each that came before the reply.
    private void giveLastTicket() throws IOException {
        outputLock.lock();
        try {
            ByteBuffer records = buffers.take(BufferPool.Size.RECORD);
            try {
                engine.offerTicket();
                engine.wrap(NOTHING, records);
                wrapOwn(records);
                send(records);
            } finally {
                buffers.give(records);
            }
        } finally {
            leaveOutput();
        }
    }

    private void awaitFirstOctet() throws IOException {
        inputLock.lock();
        try {
            channel.socket().setSoTimeout(LEAVING_GRACE_MILLIS);
            int octet = channel.socket().getInputStream().read(); // blocks
            if (octet < 0) {
                inboundEnd = Optional.of(StreamEnd.FIN);
            } else {
                firstOfEnd = Optional.of((byte) octet);
            }
        } catch (SocketTimeoutException silent) {
            firstOfEnd = Optional.empty();
        } finally {
            channel.socket().setSoTimeout(0);
            leaveInput();
        }
    }

    /// Reads to the end of the peer's half of TLS, behind [#leave], and gives the engine back. Not
    /// an octet behind the close_notify is read, as it is in the clear.
    ///
    /// Interop: curl says none in its passive CCC mode, and goes on in the clear at once.
    ///
    /// @return the octets in the clear that told so; none otherwise
    /// @throws TlsException if the peer goes on under TLS, or sends what is no TLS
    ByteBuffer readPeersEnd() throws IOException {
        inputLock.lock();
        try {
            ByteBuffer header = ByteBuffer.allocate(RecordBounds.HEADER_OCTETS);
            while (inboundEnd.isEmpty()) {
                if (!readExactly(header.clear().limit(1))) {
                    inboundEnd = Optional.of(StreamEnd.FIN);
                } else if (!RecordBounds.isType(header.get(0))) {
                    return header.flip();
                } else {
                    readRecordBehind(header);
                }
            }
            return header.clear().limit(0);
        } catch (SSLException cause) {
            throw new TlsException("TLS failed at its end: " + cause.getMessage(), cause);
        } finally {
            input.dispose();
            engine.release();
            leaveInput();
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            channel.close();
        } catch (IOException unlikely) {
            throw new UncheckedIOException("a socket could not be closed", unlikely);
        } finally {
            engine.release();
            disposeInputIfIdle();
        }
    }

    // ---- the handshake

    private void shakeHands() throws IOException {
        ByteBuffer flight = buffers.take(BufferPool.Size.RECORD);
        ByteBuffer content = buffers.take(BufferPool.Size.RECORD);
        try {
            exchangeFlights(flight, content);
            negotiated = Optional.of(engine.describe());
        } finally {
            buffers.give(flight);
            buffers.give(content);
        }
        input.rest();
    }

    /// @param flight for what leaves
    /// @param content what an engine wants to have for content, though there is none yet
    private void exchangeFlights(ByteBuffer flight, ByteBuffer content) throws IOException {
        try {
            engine.beginHandshake();
            HandshakeStatus status = engine.status();
            while (true) {
                if (status != HandshakeStatus.NEED_WRAP) {
                    lookAt(flight);
                    send(flight);
                }
                switch (status) {
                    case NEED_TASK -> engine.runTasks();
                    case NEED_WRAP -> wrapHandshake(flight);
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
            sayAlert(flight);
            throw new TlsException(
                    "TLS handshake failed: " + cause.getMessage(),
                    cause,
                    engine.peerAlert(cause).or(() -> clearAlert));
        }
    }

    /// The last group counts: behind a HelloRetryRequest comes the ServerHello.
    private void lookAt(ByteBuffer flight) {
        OptionalInt found = ServerFlight.group(flight.duplicate().flip());
        if (found.isPresent()) {
            group = found;
        }
    }

    private void wrapHandshake(ByteBuffer flight) throws IOException {
        SSLEngineResult result = engine.wrap(NOTHING, flight);
        switch (result.getStatus()) {
            case OK -> {}
            case BUFFER_OVERFLOW -> sendToMakeRoom(flight);
            case BUFFER_UNDERFLOW -> throw new SSLException("the engine wants bytes to wrap");
            case CLOSED -> throw new SSLException("the engine closed");
        }
    }

    private void unwrapHandshake(ByteBuffer content) throws IOException {
        clearAlert = clearAlert.or(() -> ClearAlert.in(input.unread()));
        SSLEngineResult result = unwrapOne(input.unread(), content);
        switch (result.getStatus()) {
            case OK -> {}
            case BUFFER_UNDERFLOW -> {
                if (wantsMore() && !input.fill(BufferPool.Size.RECORD)) { // blocks
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
        SSLEngineResult before = engine.unwrap(NOTHING, content);
        if (!wantsMore()) {
            return before;
        }
        int end = unread.limit();
        unread.limit(RecordBounds.endOfFirst(unread));
        try {
            return engine.unwrap(unread, content);
        } finally {
            unread.limit(end);
        }
    }

    private boolean wantsMore() throws IOException {
        HandshakeStatus status = engine.status();
        return status == HandshakeStatus.NEED_UNWRAP || status == HandshakeStatus.NEED_UNWRAP_AGAIN;
    }

    // ---- receiving

    /// Decrypts what there is without reading the socket.
    private int decrypt(ByteBuffer target) throws IOException {
        if (plaintext.hasRemaining()) {
            return deliver(target);
        }
        if (inboundEnd.isPresent()) {
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
            SSLEngineResult result = engine.unwrap(input.unread(), target);
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
                    inboundEnd = Optional.of(StreamEnd.CLOSE_NOTIFY);
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
            plaintext = NOTHING;
        }
    }

    /// Does what a received record asks of this side.
    private void react(SSLEngineResult result) throws IOException {
        switch (result.getHandshakeStatus()) {
            case NEED_WRAP -> {
                if (result.getStatus() != SSLEngineResult.Status.CLOSED) {
                    answerOwed = true;
                    answerIfIdle();
                }
            }
            // TLS 1.2 renegotiation. No FTP client needs it; it was a hole once (CVE-2009-3555).
            case NEED_TASK -> throw new SSLException("the peer asked for a new handshake");
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> {}
        }
    }

    /// Reads the record that `header` has the first octet of, and has the engine take it.
    private void readRecordBehind(ByteBuffer header) throws IOException {
        if (!readExactly(header.limit(RecordBounds.HEADER_OCTETS))) {
            inboundEnd = Optional.of(StreamEnd.FIN);
            return;
        }
        int length = Short.toUnsignedInt(header.getShort(RecordBounds.HEADER_OCTETS - 2));
        if (length > RECORD_CONTENT_BYTES_MAX) {
            throw new SSLException("a record is too long");
        }
        ByteBuffer record = buffers.take(BufferPool.Size.RECORD);
        ByteBuffer content = buffers.take(BufferPool.Size.RECORD);
        try {
            record.put(header.flip()).limit(RecordBounds.HEADER_OCTETS + length);
            if (!readExactly(record)) {
                inboundEnd = Optional.of(StreamEnd.FIN);
                return;
            }
            take(record.flip(), content);
        } finally {
            buffers.give(record);
            buffers.give(content);
        }
    }

    /// Reads until `target` is full, and not an octet more.
    private boolean readExactly(ByteBuffer target) throws IOException {
        firstOfEnd.ifPresent(target::put);
        firstOfEnd = Optional.empty();
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) { // blocks
                return false;
            }
        }
        return true;
    }

    private void take(ByteBuffer record, ByteBuffer content) throws IOException {
        while (inboundEnd.isEmpty()) {
            SSLEngineResult result = engine.unwrap(record, content);
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                inboundEnd = Optional.of(StreamEnd.CLOSE_NOTIFY);
            } else if (content.position() > 0) {
                throw new SSLException("the peer goes on under TLS");
            } else if (result.bytesConsumed() == 0 || !record.hasRemaining()) {
                return; // Something of TLS's own.
            }
        }
    }

    // ---- sending

    private void encrypt(ByteBuffer source) throws IOException {
        ByteBuffer records =
                buffers.take(
                        source.remaining() > RECORD_PLAINTEXT_BYTES
                                ? BufferPool.Size.BULK
                                : BufferPool.Size.RECORD);
        try {
            while (source.hasRemaining()) {
                SSLEngineResult result = engine.wrap(source, records);
                switch (result.getStatus()) {
                    case OK -> {
                        if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
                            throw new SSLException("the engine takes no bytes");
                        }
                    }
                    case BUFFER_OVERFLOW -> sendToMakeRoom(records);
                    case BUFFER_UNDERFLOW -> throw new SSLException("the engine wants more bytes");
                    case CLOSED -> {
                        send(records);
                        throw new SSLException("the output is closed");
                    }
                }
            }
            if (ticketOwed) {
                ticketOwed = false;
                wrapOwn(records);
            }
            send(records);
        } finally {
            buffers.give(records);
        }
    }

    private void encryptCopyOf(ByteBuffer source) throws IOException {
        ByteBuffer copy = buffers.take(BufferPool.Size.RECORD);
        try {
            while (source.hasRemaining()) {
                copy.clear();
                Buffers.move(source, copy);
                encrypt(copy.flip());
            }
        } finally {
            buffers.give(copy);
        }
    }

    private void sendToMakeRoom(ByteBuffer records) throws IOException {
        if (records.position() == 0) {
            throw new SSLException("a record does not fit its buffer");
        }
        send(records);
    }

    private void send(ByteBuffer records) throws IOException {
        records.flip();
        while (records.hasRemaining()) {
            channel.write(records); // blocks
        }
        records.clear();
    }

    private void sayCloseNotify() throws IOException {
        ByteBuffer alert = buffers.take(BufferPool.Size.RECORD);
        try {
            engine.closeOutbound();
            for (int i = 0; i < ALERT_ATTEMPTS_MAX && !engine.outboundDone(); i++) {
                engine.wrap(NOTHING, alert);
            }
            send(alert);
        } finally {
            buffers.give(alert);
        }
    }

    /// Tells the peer why, as far as it still listens.
    private void sayAlert(ByteBuffer alert) {
        try {
            for (int i = 0; i < ALERT_ATTEMPTS_MAX; i++) {
                if (wrapAlert(alert) == 0) {
                    break;
                }
            }
            send(alert);
        } catch (IOException peerIsGone) {
            // The failure itself is what the caller is told.
            return;
        }
    }

    /// An engine may have to throw what it has thrown already before it gives the alert, or behind
    /// it: that counts as progress.
    private int wrapAlert(ByteBuffer alert) throws IOException {
        try {
            return engine.wrap(NOTHING, alert).bytesProduced();
        } catch (SSLException thrownAlready) {
            return 1;
        }
    }

    private TlsException failure(String what, SSLException cause) throws IOException {
        if (outputLock.tryLock()) {
            try {
                ByteBuffer alert = buffers.take(BufferPool.Size.RECORD);
                try {
                    sayAlert(alert);
                } finally {
                    buffers.give(alert);
                }
            } finally {
                outputLock.unlock();
            }
        }
        return new TlsException(what + ": " + cause.getMessage(), cause);
    }

    // ---- KeyUpdates of a peer that is being sent something, and whom nobody reads from

    /// Takes the KeyUpdates that have come, and answers them. Does not block for input.
    ///
    /// Nothing else is taken: what stands behind the first record that is none stays unread. A
    /// close_notify does, since netty's engine sends nothing any more when it has seen one, and a
    /// client may end its half first.
    ///
    /// Interop: unanswered, JSSE's client sends one with every record that it receives. They fill
    /// the buffers of both sides until nothing moves any more.
    private void hear() throws IOException {
        if (!inputLock.tryLock()) {
            return; // Whoever reads hears them.
        }
        ByteBuffer aside = buffers.take(BufferPool.Size.RECORD);
        try {
            int heard = 0;
            while (heard < KEY_UPDATES_HEARD_MAX
                    && isKeyUpdateNext()
                    && takeKeyUpdate(aside.clear())) {
                heard++;
            }
        } catch (SSLException cause) {
            throw failure("TLS failed while sending", cause);
        } finally {
            buffers.give(aside);
            input.rest();
            leaveInput();
        }
    }

    /// Hears on until the peer is silent.
    ///
    /// Interop: JSSE's client fails at the end of what it was sent, though it has all of it, if one
    /// of its KeyUpdates has no answer then; and behind our close_notify none can come.
    private void hearOut() throws IOException {
        long begun = System.nanoTime();
        long silentSince = begun;
        long now = begun;
        while (now - silentSince < HEARING_SILENCE.toNanos()
                && now - begun < HEARING_MAX.toNanos()) {
            if (channel.socket().getInputStream().available() > 0) {
                silentSince = now;
                hear();
            }
            LockSupport.parkNanos(this, HEARING_POLL.toNanos());
            now = System.nanoTime();
        }
    }

    private boolean isKeyUpdateNext() throws IOException {
        if (plaintext.hasRemaining()
                || inboundEnd.isPresent()
                || !negotiated().version().equals(TlsVersion.TLS_1_3.protocol())) {
            return false;
        }
        ByteBuffer unread = input.unread();
        if (RecordBounds.endOfFirst(unread) == unread.position()
                && channel.socket().getInputStream().available() > 0) {
            input.fill(BufferPool.Size.RECORD);
            unread = input.unread();
        }
        return unread.hasRemaining()
                && unread.get(unread.position()) == APPLICATION_DATA
                && KeyUpdateRecord.mayHave(RecordBounds.endOfFirst(unread) - unread.position());
    }

    /// @return whether the engine took the record
    private boolean takeKeyUpdate(ByteBuffer aside) throws IOException {
        ByteBuffer unread = input.unread();
        int end = unread.limit();
        unread.limit(RecordBounds.endOfFirst(unread));
        try {
            SSLEngineResult result = engine.unwrap(unread, aside);
            hasHeard = true;
            react(result);
            return result.getStatus() == SSLEngineResult.Status.OK && result.bytesConsumed() > 0;
        } finally {
            unread.limit(end);
        }
    }

    // ---- answers to the peer's KeyUpdate, which the reader meets and the writer may have to give

    /// Gives the answer owed unless somebody is writing, who then gives it when done: a reader does
    /// not wait for a peer that reads only after it was read.
    private void answerIfIdle() {
        while (answerOwed && outputLock.tryLock()) {
            try {
                answer();
            } finally {
                outputLock.unlock();
            }
        }
    }

    private void answer() {
        answerOwed = false;
        try {
            ByteBuffer records = buffers.take(BufferPool.Size.RECORD);
            try {
                wrapOwn(records);
                send(records);
            } finally {
                buffers.give(records);
            }
        } catch (IOException peerIsGone) {
            // Reading goes on: what the peer sent before it left is still to be had.
            return;
        }
    }

    /// Wraps what the engine itself has to say.
    private void wrapOwn(ByteBuffer records) throws IOException {
        while (engine.status() == HandshakeStatus.NEED_WRAP) {
            SSLEngineResult result = engine.wrap(NOTHING, records);
            if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
                sendToMakeRoom(records);
            } else if (result.bytesProduced() == 0) {
                return;
            }
        }
    }

    // ---- leaving

    private void leaveOutput() {
        outputLock.unlock();
        answerIfIdle();
    }

    private void leaveInput() {
        inputLock.unlock();
        if (closed.get()) {
            disposeInputIfIdle();
        }
    }

    /// Gives the reader's buffers back. If somebody is reading they are in use; the reader gives
    /// them back as it leaves.
    private void disposeInputIfIdle() {
        if (inputLock.tryLock()) {
            try {
                input.dispose();
                plaintext.position(plaintext.limit());
                restPlaintext();
            } finally {
                inputLock.unlock();
            }
        }
    }
}
