package io.sealane.tls.boringssl;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.sealane.core.tls.KeyUpdateRecord;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/// Netty's engine, with seven things put right that FTP needs:
///
/// - BoringSSL makes its TLS 1.3 tickets at the end of the handshake and keeps them back until
///   something is written. A control engine gives them at once.
/// - It gives another whenever one is asked for; see [TicketSource].
/// - A data engine makes none. Their count cannot be set (tcnative's `setNumTickets` does nothing
///   on BoringSSL), but the option "no tickets" is looked at twice: when a ticket is accepted, in
///   the first ClientHello, and when tickets are made, behind the client's Finished. It is set in
///   between.
/// - Netty's engine says CLOSED to each call once its own close_notify is out. Here CLOSED from
///   [#unwrap] means that the peer's close_notify came.
/// - What ends the connection after the handshake is thrown by the call that met it, and the alert
///   is had by [#wrap] afterwards, as with JSSE. Netty asks for a wrap first, and says nothing of
///   that in its handshake status.
/// - The answer to a KeyUpdate goes out when it is made, not with the next write.
/// - A client may change its keys as often as it wants while it is sent something; see
///   [ClientRecords].
///
/// Not safe for concurrent use; as a [io.sealane.core.tls.TlsTransport] uses it.
final class BoringSslEngine extends SSLEngine {
    /// What an engine is for.
    enum Role {
        CONTROL,
        DATA,
        /// Of a control connection that has left TLS: gives tickets, if it resumed.
        DATA_WITH_TICKET,
        /// The client of another server's data connection.
        CLIENT
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    /// Room for an encrypted alert and more.
    private static final int ALERT_BYTES_MAX = 1024;

    private static final int ALERT_WRAPS_MAX = 4;

    private final ReferenceCountedOpenSslEngine engine;
    private final Role role;
    private final TicketSource tickets;
    private final ClientSecrets clientSecrets;

    /// What [ClientSecrets] knows this engine by; netty forgets it when a handshake fails.
    private final long ssl;

    private Optional<ClientRecords> clientRecords = Optional.empty();
    private boolean keyUpdateAnswered;
    private boolean begun;
    private boolean finished;
    private boolean answered;
    private boolean flushOwed;
    private ByteBuffer alert = NOTHING;

    /// Adopts `engine`.
    ///
    /// @param clientSecrets where a data engine finds its own
    BoringSslEngine(
            ReferenceCountedOpenSslEngine engine,
            Role role,
            TicketSource tickets,
            ClientSecrets clientSecrets) {
        super(engine.getPeerHost(), engine.getPeerPort());
        this.engine = engine;
        this.role = role;
        this.tickets = tickets;
        this.clientSecrets = clientSecrets;
        this.ssl = engine.sslPointer();
    }

    /// Gives up what BoringSSL holds for it. To be called once.
    void release() {
        clientSecrets.forget(ssl);
        engine.release();
    }

    /// Has one more ticket go ahead of what is sent next; without effect in TLS 1.2.
    void offerTicket() {
        tickets.offer();
    }

    Role role() {
        return role;
    }

    ReferenceCountedOpenSslEngine netty() {
        return engine;
    }

    @Override
    public void beginHandshake() throws SSLException {
        begun = true;
        engine.beginHandshake();
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (begun && !finished && status == HandshakeStatus.NOT_HANDSHAKING) {
            finished = true;
            giveTickets();
            knowClientRecords();
        }
        return flushOwed ? HandshakeStatus.NEED_WRAP : status;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target)
            throws SSLException {
        if (alert.hasRemaining()) {
            int given = alert.remaining();
            target.put(alert);
            return new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, 0, given);
        }
        flushOwed = false;
        int ticketBytes = tickets.give(target);
        if (ticketBytes != 0) {
            return new SSLEngineResult(
                    ticketBytes > 0 ? Status.OK : Status.BUFFER_OVERFLOW,
                    HandshakeStatus.NOT_HANDSHAKING,
                    0,
                    Math.max(0, ticketBytes));
        }
        int start = target.position();
        SSLEngineResult result = engine.wrap(sources, offset, length, target);
        tickets.pass(target, start);
        if (!answered && result.bytesProduced() > 0) {
            answered = true;
            makeNoTickets();
        }
        return result;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        if (role == Role.CONTROL || !answered || alert.hasRemaining()) {
            return wrap(new ByteBuffer[] {source}, 0, 1, target);
        }
        // The data plane: netty keeps an array for this call, ours would be garbage each time.
        flushOwed = false;
        keyUpdateAnswered &= !source.hasRemaining();
        return engine.wrap(source, target);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length)
            throws SSLException {
        return afterUnwrap(engine.unwrap(source, targets, offset, length));
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        return clientRecords.isPresent()
                ? unwrap(source, target, clientRecords.get())
                : afterUnwrap(engine.unwrap(source, target));
    }

    /// As long as nothing has come but KeyUpdates; then for good, if one was among them.
    private SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target, ClientRecords records)
            throws SSLException {
        if (source.remaining() < RecordCipher.HEADER_BYTES) {
            return nothingToUnwrap();
        }
        int start = source.position();
        int length =
                RecordCipher.HEADER_BYTES
                        + Short.toUnsignedInt(
                                source.getShort(start + RecordCipher.HEADER_BYTES - 2));
        boolean isExpected = records.changed() || KeyUpdateRecord.mayHave(length);
        if (!isExpected || length > RecordCipher.RECORD_BYTES_MAX) {
            clientRecords = Optional.empty();
            return afterUnwrap(engine.unwrap(source, target));
        }
        if (source.remaining() < length) {
            return nothingToUnwrap();
        }
        byte[] record = new byte[length];
        source.get(record);
        try {
            return switch (records.open(record)) {
                case KEY_UPDATE -> taken(length);
                case KEY_UPDATE_THAT_WANTS_AN_ANSWER -> {
                    if (!keyUpdateAnswered) {
                        keyUpdateAnswered = true;
                        tellOfKeyUpdate(records.sealedKeyUpdate());
                    }
                    yield taken(length);
                }
                case OTHER -> {
                    if (records.changed()) {
                        yield unwrapSealed(records.sealed(), target, length);
                    }
                    clientRecords = Optional.empty();
                    yield afterUnwrap(engine.unwrap(source.position(start), target));
                }
            };
        } catch (GeneralSecurityException forged) {
            // BoringSSL says so in its own words.
            clientRecords = Optional.empty();
            return afterUnwrap(engine.unwrap(source.position(start), target));
        }
    }

    private SSLEngineResult unwrapSealed(ByteBuffer record, ByteBuffer target, int length)
            throws SSLException {
        SSLEngineResult result = afterUnwrap(engine.unwrap(record, target));
        return new SSLEngineResult(
                result.getStatus(), result.getHandshakeStatus(), length, result.bytesProduced());
    }

    private void tellOfKeyUpdate(ByteBuffer records) throws SSLException {
        ByteBuffer dropped = ByteBuffer.allocateDirect(1);
        while (records.hasRemaining() || dropped.hasRemaining()) {
            SSLEngineResult result = engine.unwrap(records, dropped);
            if (result.getStatus() != Status.OK
                    || (result.bytesConsumed() == 0 && result.bytesProduced() == 0)) {
                throw new SSLException("BoringSSL took no KeyUpdate: " + result);
            }
        }
        flushOwed = BoringSslNative.flush(engine);
    }

    private SSLEngineResult taken(int consumed) {
        return new SSLEngineResult(
                Status.OK,
                flushOwed ? HandshakeStatus.NEED_WRAP : HandshakeStatus.NOT_HANDSHAKING,
                consumed,
                0);
    }

    private static SSLEngineResult nothingToUnwrap() {
        return new SSLEngineResult(Status.BUFFER_UNDERFLOW, HandshakeStatus.NOT_HANDSHAKING, 0, 0);
    }

    private void knowClientRecords() {
        switch (role) {
            case DATA, DATA_WITH_TICKET -> {
                String suite = engine.getSession().getCipherSuite();
                clientRecords =
                        clientSecrets.take(ssl).map(secret -> new ClientRecords(suite, secret));
            }
            case CONTROL, CLIENT -> {}
        }
    }

    private SSLEngineResult afterUnwrap(SSLEngineResult result) throws SSLException {
        if (!finished) {
            return result;
        }
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                && result.getStatus() != Status.CLOSED) {
            throw failure();
        }
        if (result.getStatus() == Status.CLOSED && !engine.isInboundDone()) {
            return stillOpen(result);
        }
        if (result.getStatus() == Status.OK
                && result.bytesProduced() == 0
                && result.bytesConsumed() > 0
                && !engine.isOutboundDone()) {
            // A message behind the handshake, or a part of a record.
            flushOwed = BoringSslNative.flush(engine);
        }
        return flushOwed
                ? new SSLEngineResult(
                        result.getStatus(),
                        HandshakeStatus.NEED_WRAP,
                        result.bytesConsumed(),
                        result.bytesProduced())
                : result;
    }

    private static SSLEngineResult stillOpen(SSLEngineResult result) {
        boolean moved = result.bytesConsumed() > 0 || result.bytesProduced() > 0;
        return new SSLEngineResult(
                moved ? Status.OK : Status.BUFFER_UNDERFLOW,
                HandshakeStatus.NOT_HANDSHAKING,
                result.bytesConsumed(),
                result.bytesProduced());
    }

    /// Takes the alert out of netty's engine, behind which it throws what happened.
    private SSLException failure() throws SSLException {
        ByteBuffer taken = ByteBuffer.allocateDirect(ALERT_BYTES_MAX);
        SSLException reason = wrapAlert(taken);
        tickets.pass(taken, 0);
        alert = taken.flip();
        return reason;
    }

    private SSLException wrapAlert(ByteBuffer target) {
        try {
            for (int i = 0; i < ALERT_WRAPS_MAX; i++) {
                engine.wrap(NOTHING, target);
            }
            return new SSLException("the engine gave up");
        } catch (SSLException reason) {
            return reason.getCause() instanceof SSLException cause ? cause : reason;
        }
    }

    private void giveTickets() {
        switch (role) {
            case CONTROL -> {
                tickets.begin(engine.getSession().getCipherSuite());
                flushOwed = BoringSslNative.flush(engine);
            }
            case DATA_WITH_TICKET -> flushOwed = BoringSslNative.flush(engine);
            case DATA, CLIENT -> {}
        }
    }

    private void makeNoTickets() {
        switch (role) {
            case DATA -> BoringSslNative.makeNoTickets(engine);
            case DATA_WITH_TICKET -> {
                if (!BoringSslNative.resumed(engine)) {
                    BoringSslNative.makeNoTickets(engine);
                }
            }
            case CONTROL, CLIENT -> {}
        }
    }

    // ---- as netty has it

    @Override
    public Runnable getDelegatedTask() {
        return engine.getDelegatedTask();
    }

    @Override
    public void closeInbound() throws SSLException {
        engine.closeInbound();
    }

    @Override
    public boolean isInboundDone() {
        return engine.isInboundDone();
    }

    @Override
    public void closeOutbound() {
        engine.closeOutbound();
    }

    @Override
    public boolean isOutboundDone() {
        return engine.isOutboundDone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return engine.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return engine.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        engine.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return engine.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return engine.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        engine.setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
        return engine.getSession();
    }

    @Override
    public SSLSession getHandshakeSession() {
        return engine.getHandshakeSession();
    }

    @Override
    public void setUseClientMode(boolean mode) {
        engine.setUseClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return engine.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        engine.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return engine.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        engine.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return engine.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean enable) {
        engine.setEnableSessionCreation(enable);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return engine.getEnableSessionCreation();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return engine.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        engine.setSSLParameters(parameters);
    }

    @Override
    public String getApplicationProtocol() {
        return engine.getApplicationProtocol();
    }
}
