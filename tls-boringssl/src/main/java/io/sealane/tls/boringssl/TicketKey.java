package io.sealane.tls.boringssl;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What the tickets of one control connection are sealed by, here and in BoringSSL: the key's name,
/// an IV, the session's state by AES-128-CBC, and an HMAC-SHA256 over all of that (RFC 5077 section
/// 4). Safe from any thread.
final class TicketKey {
    private static final int IV_BYTES = 16;
    private static final int MAC_BYTES = 32;
    private static final int STATE_START = OpenSslSessionTicketKey.NAME_SIZE + IV_BYTES;

    /// What rests between two tickets, since new ones cost more than a ticket does.
    private static final Queue<Cipher> CIPHERS = new ConcurrentLinkedQueue<>();

    private static final Queue<Mac> MACS = new ConcurrentLinkedQueue<>();

    private final SecureRandom random;
    private final byte[] name;
    private final byte[] macKey;
    private final byte[] aesKey;

    /// A key that nobody else has.
    TicketKey(SecureRandom random) {
        this.random = random;
        name = randomBytes(OpenSslSessionTicketKey.NAME_SIZE);
        macKey = randomBytes(OpenSslSessionTicketKey.HMAC_KEY_SIZE);
        aesKey = randomBytes(OpenSslSessionTicketKey.AES_KEY_SIZE);
    }

    OpenSslSessionTicketKey forNetty() {
        return new OpenSslSessionTicketKey(name, macKey, aesKey);
    }

    /// What each ticket begins with, in hexadecimal.
    String name() {
        return HexFormat.of().formatHex(name);
    }

    byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /// The state in a ticket that this key has sealed.
    byte[] open(byte[] ticket) throws GeneralSecurityException {
        int stateEnd = ticket.length - MAC_BYTES;
        if (stateEnd <= STATE_START
                || !MessageDigest.isEqual(
                        mac(ticket, stateEnd),
                        Arrays.copyOfRange(ticket, stateEnd, ticket.length))) {
            throw new GeneralSecurityException("a ticket of another key");
        }
        byte[] iv = Arrays.copyOfRange(ticket, OpenSslSessionTicketKey.NAME_SIZE, STATE_START);
        return crypt(Cipher.DECRYPT_MODE, iv, ticket, STATE_START, stateEnd - STATE_START);
    }

    byte[] seal(byte[] state) throws GeneralSecurityException {
        byte[] iv = randomBytes(IV_BYTES);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, iv, state, 0, state.length);
        ByteBuffer ticket = ByteBuffer.allocate(STATE_START + sealed.length + MAC_BYTES);
        ticket.put(name).put(iv).put(sealed);
        ticket.put(mac(ticket.array(), ticket.position()));
        return ticket.array();
    }

    private byte[] crypt(int mode, byte[] iv, byte[] octets, int start, int length)
            throws GeneralSecurityException {
        Cipher rested = CIPHERS.poll();
        Cipher cipher = rested == null ? Cipher.getInstance("AES/CBC/PKCS5Padding") : rested;
        cipher.init(mode, new SecretKeySpec(aesKey, "AES"), new IvParameterSpec(iv));
        byte[] result = cipher.doFinal(octets, start, length);
        CIPHERS.offer(cipher);
        return result;
    }

    private byte[] mac(byte[] octets, int length) throws GeneralSecurityException {
        Mac rested = MACS.poll();
        Mac mac = rested == null ? Mac.getInstance("HmacSHA256") : rested;
        mac.init(new SecretKeySpec(macKey, "HmacSHA256"));
        mac.update(octets, 0, length);
        byte[] result = mac.doFinal();
        MACS.offer(mac);
        return result;
    }
}
