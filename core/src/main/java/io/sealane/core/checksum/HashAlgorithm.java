package io.sealane.core.checksum;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/// The algorithms served, by their names in IANA's registry of hash functions where they have one.
/// SHA-1, MD5 and CRC32 show damage, not manipulation; clients ask for them all the same.
public enum HashAlgorithm {
    SHA_256("SHA-256"),
    SHA_512("SHA-512"),
    SHA_1("SHA-1"),
    MD5("MD5"),
    CRC32("CRC32");

    /// What a session uses until it selects another.
    public static final HashAlgorithm DEFAULT = SHA_256;

    private final String label;

    HashAlgorithm(String label) {
        this.label = label;
    }

    /// Name for the wire.
    public String label() {
        return label;
    }

    /// Looks one up by its name in any case.
    public static Optional<HashAlgorithm> named(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.label.equalsIgnoreCase(name))
                .findFirst();
    }

    /// All of them as FEAT shows them, a star at the one `selected`.
    public static String featList(HashAlgorithm selected) {
        return Arrays.stream(values())
                .map(algorithm -> algorithm.label + (algorithm == selected ? "*" : ""))
                .collect(Collectors.joining(";"));
    }

    Computation begin() {
        return switch (this) {
            case SHA_256, SHA_512, SHA_1, MD5 -> new MessageDigestComputation(label);
            case CRC32 -> new CyclicComputation();
        };
    }

    /// One checksum on its way. Belongs to one thread.
    sealed interface Computation {
        void update(ByteBuffer octets);

        /// In lower case, all digits.
        String hexadecimal();
    }

    private static final class MessageDigestComputation implements Computation {
        private final MessageDigest digest;

        MessageDigestComputation(String name) {
            try {
                digest = MessageDigest.getInstance(name);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every JDK has " + name, impossible);
            }
        }

        @Override
        public void update(ByteBuffer octets) {
            digest.update(octets);
        }

        @Override
        public String hexadecimal() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private static final class CyclicComputation implements Computation {
        private final CRC32 crc = new CRC32();

        @Override
        public void update(ByteBuffer octets) {
            crc.update(octets);
        }

        @Override
        public String hexadecimal() {
            return HexFormat.of().toHexDigits((int) crc.getValue());
        }
    }
}
