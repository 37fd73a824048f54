package io.sealane.tls.boringssl;

import io.sealane.tls.boringssl.RecordCipher.Suite;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Supplier;

/// What a client says on a data connection on which it is sent something: KeyUpdates (RFC 8446
/// section 4.6.3), of which BoringSSL takes 32 in a row and no more, unless application data comes
/// between them. On a download none does.
///
/// So they are opened here, and BoringSSL is told of those alone that want an answer, each with one
/// octet of application data behind it, which is dropped. What else comes then is opened and sealed
/// anew for BoringSSL, whose keys are others by now.
///
/// Not safe for concurrent use.
final class ClientRecords {
    private static final int KEY_UPDATE_BYTES = 5;

    private static final byte HANDSHAKE = 22;
    private static final byte APPLICATION_DATA = 23;
    private static final byte KEY_UPDATE = 24;
    private static final byte UPDATE_REQUESTED = 1;

    /// What a record turned out to be.
    enum Content {
        KEY_UPDATE_THAT_WANTS_AN_ANSWER,
        KEY_UPDATE,
        OTHER
    }

    /// Where the client's records are, and where BoringSSL expects them. Made when the first one
    /// comes, which for nearly all connections is never.
    private record Ciphers(RecordCipher opener, RecordCipher sealer) {}

    private final Suite suite;
    private final Supplier<byte[]> secret;
    private Optional<Ciphers> ciphers = Optional.empty();
    private byte[] plaintext = new byte[0];
    private boolean changed;

    /// @param secret by which the client protects what it says first
    ClientRecords(String suite, Supplier<byte[]> secret) {
        this.suite = Suite.valueOf(suite);
        this.secret = secret;
    }

    private Ciphers ciphers() throws GeneralSecurityException {
        if (ciphers.isEmpty()) {
            ciphers =
                    Optional.of(
                            new Ciphers(
                                    new RecordCipher(suite, secret.get()),
                                    new RecordCipher(suite, secret.get())));
        }
        return ciphers.get();
    }

    /// Whether BoringSSL's keys are others than the client's by now.
    boolean changed() {
        return changed;
    }

    /// Opens the next record.
    ///
    /// @throws GeneralSecurityException if it is not the client's next one
    Content open(byte[] record) throws GeneralSecurityException {
        plaintext = ciphers().opener.open(record);
        int type = plaintext.length - 1;
        while (type > 0 && plaintext[type] == 0) {
            type--; // Padding.
        }
        if (type != KEY_UPDATE_BYTES
                || plaintext[type] != HANDSHAKE
                || plaintext[0] != KEY_UPDATE) {
            return Content.OTHER;
        }
        changed = true;
        ciphers().opener.update();
        return plaintext[KEY_UPDATE_BYTES - 1] == UPDATE_REQUESTED
                ? Content.KEY_UPDATE_THAT_WANTS_AN_ANSWER
                : Content.KEY_UPDATE;
    }

    /// What was opened last, as BoringSSL expects it.
    ByteBuffer sealed() throws GeneralSecurityException {
        byte[] record = ciphers().sealer.seal(plaintext);
        return ByteBuffer.allocateDirect(record.length).put(record).flip();
    }

    /// The KeyUpdate that was opened last, as BoringSSL expects it, and the octet behind it.
    ByteBuffer sealedKeyUpdate() throws GeneralSecurityException {
        RecordCipher sealer = ciphers().sealer;
        byte[] update = sealer.seal(plaintext);
        sealer.update();
        byte[] octet = sealer.seal(new byte[] {0, APPLICATION_DATA});
        return ByteBuffer.allocateDirect(update.length + octet.length)
                .put(update)
                .put(octet)
                .flip();
    }
}
