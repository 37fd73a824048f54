package io.sealane.accounts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/// Stands for one claim with one password without holding either: an HMAC-SHA-256 in four words.
///
/// Security: the key is random and lives in this process alone, so a fingerprint means nothing
/// outside of it. Whoever reads this process's memory finds the key too, and can then try guesses
/// at the speed of SHA-256; but such a reader sees the passwords themselves as they arrive.
record Fingerprint(long first, long second, long third, long fourth) {
    private static final String ALGORITHM = "HmacSHA256";

    static Fingerprint of(Claim claim, Secret secret, SecretKey key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            updateFramed(mac, claim.name());
            updateFramed(mac, claim.encoded());
            mac.update(secret.exposeReadOnly());
            ByteBuffer words = ByteBuffer.wrap(mac.doFinal());
            return new Fingerprint(
                    words.getLong(), words.getLong(), words.getLong(), words.getLong());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /// The length before the bytes keeps `ab`+`c` apart from `a`+`bc`.
    private static void updateFramed(Mac mac, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        mac.update(bytes);
    }
}
