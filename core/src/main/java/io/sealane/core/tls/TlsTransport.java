package io.sealane.core.tls;

import io.sealane.core.limit.BufferPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;

/// TLS over a socket. The channel is blocking; on a virtual thread a call that waits parks without
/// holding its carrier. One reading and one writing thread at most, [#close] from any.
///
/// Holds next to nothing while idle: a control transport that waits has one of 512 octets, a data
/// transport none before its first read. Buffers come from the pool when bytes move.
///
/// Locks, in this order: `inputLock` (one reader, and what it has read), `outputLock` (records
/// leave in the order they were made, so it is held while the socket takes them), and the one in
/// [GuardedEngine], which is never held during I/O. [#close] waits for that last one alone.
public final class TlsTransport implements Transport {
    /// Plaintext that is sent before the peer's KeyUpdates are looked for. At JSSE's limit (2^37
    /// octets by default) one comes with every record until it is answered.
    private static final int HEARING_INTERVAL_BYTES = 1 << 20;

    /// How long a peer that has sent KeyUpdates may be silent before it is told the end, and how
    /// long it may go on with them.
    private static final Duration HEARING_SILENCE = Duration.ofMillis(50);

    private static final Duration HEARING_MAX = Duration.ofSeconds(1);
    private static final Duration HEARING_POLL = Duration.ofMillis(5);

    private final SocketChannel channel;
    private final GuardedEngine engine;
    private final BufferPool buffers;
    private final Hearing hearing;

    private final ReentrantLock inputLock = new ReentrantLock();
    private final CiphertextInput ciphertext;
    private final TlsInput input;
    private Optional<PeersEnd> peersEnd = Optional.empty();

    private final ReentrantLock outputLock = new ReentrantLock();
    private final TlsOutput output;
    private boolean outputClosed;
    private int sentUnheard;

    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean answerOwed;
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
            CiphertextInput ciphertext,
            BufferPool buffers,
            Hearing hearing) {
        this.channel = channel;
        this.engine = engine;
        this.ciphertext = ciphertext;
        this.input = new TlsInput(channel, engine, ciphertext, buffers, this::oweAnswer);
        this.output = new TlsOutput(channel, engine, buffers);
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
                new CiphertextInput(
                        channel, Buffers.NOTHING.duplicate(), buffers, BufferPool.Size.BULK),
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
                FlightExchange flights = new FlightExchange(engine, ciphertext, output, buffers);
                negotiated = Optional.of(flights.shake());
                group = flights.group();
                ciphertext.rest();
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
            return input.read(target);
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
            output.write(source);
        } catch (SSLException cause) {
            throw new TlsException("TLS failed while sending: " + cause.getMessage(), cause);
        } finally {
            leaveOutput();
        }
        if (isTimeToHear && hearing == Hearing.WHILE_SENDING && hasKeyUpdates()) {
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
            output.offerTicket();
        } finally {
            leaveOutput();
        }
    }

    @Override
    public StreamEnd inboundEnd() {
        return input.end()
                .orElseThrow(() -> new IllegalStateException("the peer has not ended its half"));
    }

    /// As [Transport#closeOutput]. Before the handshake is over there is no close_notify to send,
    /// and the FIN stands alone: JSSE would send `user_canceled` first, which wget, rclone and
    /// FileZilla take for a broken transfer.
    @Override
    public void closeOutput() throws IOException {
        if (input.hasHeard()) {
            hearOut();
        }
        outputLock.lock();
        try {
            if (outputClosed) {
                return;
            }
            outputClosed = true;
            if (negotiated.isPresent()) {
                output.sayCloseNotify();
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
            return input.hasUnread();
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
        awaitPeersEnd();
        outputLock.lock();
        try {
            outputClosed = true;
            output.sayCloseNotify();
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
            output.giveTicket();
        } finally {
            leaveOutput();
        }
    }

    private void awaitPeersEnd() throws IOException {
        inputLock.lock();
        try {
            PeersEnd end = new PeersEnd(channel, engine, buffers, input.end().isPresent());
            peersEnd = Optional.of(end);
            end.await(); // blocks
        } finally {
            leaveInput();
        }
    }

    /// Reads to the end of the peer's half of TLS, behind [#leave], and gives the engine back.
    /// Blocks.
    ///
    /// @return octets in the clear that were read with it
    /// @throws TlsException if the peer goes on under TLS, or sends what is no TLS
    ByteBuffer readPeersEnd() throws IOException {
        inputLock.lock();
        try {
            return peersEnd.orElseThrow().read(); // blocks
        } catch (SSLException cause) {
            throw new TlsException("TLS failed at its end: " + cause.getMessage(), cause);
        } finally {
            input.dispose();
            engine.release();
            leaveInput();
        }
    }

    @Override
    public void doneReading() {
        disposeInputIfIdle();
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

    private TlsException failure(String what, SSLException cause) throws IOException {
        if (outputLock.tryLock()) {
            try {
                output.sayAlert();
            } finally {
                outputLock.unlock();
            }
        }
        return new TlsException(what + ": " + cause.getMessage(), cause);
    }

    // ---- KeyUpdates of a peer that is being sent something, and whom nobody reads from

    /// Takes the KeyUpdates that have come, and answers them. Does not block for input.
    ///
    /// Interop: unanswered, JSSE's client sends one with every record that it receives. They fill
    /// the buffers of both sides until nothing moves any more.
    private void hear() throws IOException {
        if (!inputLock.tryLock()) {
            return; // Whoever reads hears them.
        }
        try {
            input.hearKeyUpdates();
        } catch (SSLException cause) {
            throw failure("TLS failed while sending", cause);
        } finally {
            leaveInput();
        }
    }

    private boolean hasKeyUpdates() {
        return negotiated().version().equals(TlsVersion.TLS_1_3.protocol());
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
            if (input.isArriving()) {
                silentSince = now;
                hear();
            }
            LockSupport.parkNanos(this, HEARING_POLL.toNanos());
            now = System.nanoTime();
        }
    }

    // ---- answers to the peer's KeyUpdate, which the reader meets and the writer may have to give

    private void oweAnswer() {
        answerOwed = true;
        answerIfIdle();
    }

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
            output.answer();
        } catch (IOException peerIsGone) {
            // Reading goes on: what the peer sent before it left is still to be had.
            return;
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
            } finally {
                inputLock.unlock();
            }
        }
    }
}
