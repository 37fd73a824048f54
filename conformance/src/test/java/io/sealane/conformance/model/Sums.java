package io.sealane.conformance.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32;

/// The checksums that servers tell by commands of their own.
final class Sums {
    private Sums() {}

    /// The digits, as the reply to this verb has them.
    static String of(String verb, byte[] bytes) {
        return switch (verb) {
            case "XCRC" -> crc32(bytes);
            case "XMD5" -> digest("MD5", bytes);
            case "XSHA", "XSHA1" -> digest("SHA-1", bytes);
            case "XSHA256" -> digest("SHA-256", bytes);
            case "XSHA512" -> digest("SHA-512", bytes);
            default -> throw new IllegalArgumentException(verb);
        };
    }

    private static String crc32(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return String.format(Locale.ROOT, "%08X", sum.getValue());
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(bytes);
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException defect) {
            throw new IllegalStateException("every JDK has it", defect);
        }
    }
}
