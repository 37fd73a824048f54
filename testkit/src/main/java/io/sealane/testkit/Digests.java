package io.sealane.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 in hexadecimal, of content that need not be in memory.
public final class Digests {
    private Digests() {}

    public static String sha256(byte[] content) {
        return HexFormat.of().formatHex(newSha256().digest(content));
    }

    /// Reads to the end; the stream stays open.
    public static String sha256(InputStream content) throws IOException {
        Sink sink = sink();
        content.transferTo(sink);
        return sink.sha256();
    }

    /// Returns a place to write to that keeps nothing but the digest and the count.
    public static Sink sink() {
        return new Sink();
    }

    /// Digests and drops what is written. Belongs to one thread.
    public static final class Sink extends OutputStream {
        private final MessageDigest digest = newSha256();
        private long count;

        private Sink() {}

        @Override
        public void write(int octet) {
            digest.update((byte) octet);
            count++;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            digest.update(source, offset, length);
            count += length;
        }

        public long count() {
            return count;
        }

        /// Returns the digest of all so far, and starts anew.
        public String sha256() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException defect) {
            throw new IllegalStateException("every JDK has SHA-256", defect);
        }
    }
}
