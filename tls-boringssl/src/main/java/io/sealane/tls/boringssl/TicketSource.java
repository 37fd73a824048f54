package io.sealane.tls.boringssl;

import io.netty.internal.tcnative.KeyLogCallback;
import io.sealane.tls.boringssl.RecordCipher.Suite;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Gives a control connection's client TLS 1.3 tickets, as often as wanted. Many clients use a
/// ticket once and keep the newest only (curl with OpenSSL): without a fresh one before each
/// transfer the second would not resume. BoringSSL gives tickets at the end of the handshake and
/// has no call for another, so [FreshTickets] are made here of the one that it gave.
///
/// A record more in a protected stream moves every later record's sequence number, so all that
/// BoringSSL sends from the handshake on is opened and sealed anew. Control connections say little:
/// a reply costs two passes over some dozen octets.
///
/// Security: the one secret of a control connection that leaves BoringSSL protects what this server
/// says on it. It stays in memory.
///
/// Not safe for concurrent use.
final class TicketSource implements KeyLogCallback {
    private static final String SECRET_LABEL = "SERVER_TRAFFIC_SECRET_0";

    private static final byte HANDSHAKE = 22;
    private static final byte KEY_UPDATE = 24;
    private static final int MESSAGE_HEADER_BYTES = 4;

    /// Where BoringSSL's records are, and where ours are.
    private record Ciphers(RecordCipher opener, RecordCipher sealer) {
        static Ciphers of(Suite suite, byte[] secret) throws GeneralSecurityException {
            return new Ciphers(new RecordCipher(suite, secret), new RecordCipher(suite, secret));
        }
    }

    private final TicketKey key;
    private final InstantSource clock;
    private Optional<byte[]> secret = Optional.empty();
    private Optional<Ciphers> ciphers = Optional.empty();
    // The last NewSessionTicket that BoringSSL gave, until the first is made of it.
    private Optional<byte[]> given = Optional.empty();
    private Optional<FreshTickets> tickets = Optional.empty();
    private boolean isDue;
    private Optional<byte[]> owed = Optional.empty();

    /// @param key by which BoringSSL seals the connection's tickets
    TicketSource(TicketKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /// Takes a line of the key log: label, client random, secret (SSLKEYLOGFILE format). Called
    /// from within the handshake.
    @Override
    public void handle(long ssl, byte[] line) {
        String[] fields = new String(line, StandardCharsets.US_ASCII).split(" ", -1);
        if (fields.length == 3 && fields[0].equals(SECRET_LABEL)) {
            secret = Optional.of(HexFormat.of().parseHex(fields[2]));
        }
    }

    /// Begins when the handshake is over. Without effect in TLS 1.2, which has no such secret.
    void begin(String suite) {
        if (secret.isEmpty()) {
            return;
        }
        try {
            ciphers = Optional.of(Ciphers.of(Suite.valueOf(suite), secret.get()));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("the JDK lacks what TLS 1.3 needs", absent);
        }
        secret = Optional.empty();
    }

    /// Has a ticket go ahead of what is sent next.
    void offer() {
        isDue = given.isPresent() || tickets.isPresent();
    }

    /// Writes the ticket that is owed.
    ///
    /// @return how many octets; 0 if none is owed, -1 if `target` has too little room
    int give(ByteBuffer target) throws SSLException {
        if (!isDue || ciphers.isEmpty()) {
            return 0;
        }
        try {
            byte[] message = owed.isPresent() ? owed.get() : fresh();
            if (target.remaining() < message.length + RecordCipher.OVERHEAD_BYTES) {
                owed = Optional.of(message);
                return -1;
            }
            byte[] record = ciphers.get().sealer().seal(plaintext(message));
            target.put(record);
            owed = Optional.empty();
            isDue = false;
            return record.length;
        } catch (GeneralSecurityException defect) {
            throw new SSLException("a ticket could not be made", defect);
        }
    }

    private byte[] fresh() throws GeneralSecurityException {
        if (given.isPresent()) {
            tickets = Optional.of(new FreshTickets(given.get(), key));
            given = Optional.empty();
        }
        return tickets.orElseThrow().next(clock.instant());
    }

    /// Seals anew the records that BoringSSL wrote into `target` from `start` on, in place.
    void pass(ByteBuffer target, int start) throws SSLException {
        if (ciphers.isEmpty()) {
            return;
        }
        try {
            int at = start;
            while (at < target.position()) {
                byte[] record = new byte[recordBytes(target, at)];
                target.get(at, record);
                byte[] plaintext = ciphers.get().opener().open(record);
                target.put(at, ciphers.get().sealer().seal(plaintext));
                look(plaintext, ciphers.get());
                at += record.length;
            }
        } catch (GeneralSecurityException | IndexOutOfBoundsException defect) {
            throw new SSLException("what BoringSSL sent could not be opened", defect);
        }
    }

    private static int recordBytes(ByteBuffer target, int at) {
        return RecordCipher.HEADER_BYTES + Short.toUnsignedInt(target.getShort(at + 3));
    }

    /// Looks for what matters here: a ticket to keep, or the end of this secret's time.
    private void look(byte[] plaintext, Ciphers current) throws GeneralSecurityException {
        int end = plaintext.length - 1;
        while (end > 0 && plaintext[end] == 0) {
            end--;
        }
        if (plaintext[end] != HANDSHAKE || end < MESSAGE_HEADER_BYTES) {
            return;
        }
        if (plaintext[0] == KEY_UPDATE) {
            current.opener().update();
            current.sealer().update();
            return;
        }
        int length = MESSAGE_HEADER_BYTES + (ByteBuffer.wrap(plaintext).getInt(0) & 0xFFFFFF);
        if (plaintext[0] == FreshTickets.NEW_SESSION_TICKET && length <= end) {
            given = Optional.of(Arrays.copyOf(plaintext, length));
        }
    }

    private static byte[] plaintext(byte[] message) {
        byte[] plaintext = Arrays.copyOf(message, message.length + 1);
        plaintext[message.length] = HANDSHAKE;
        return plaintext;
    }
}
