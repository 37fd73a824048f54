package io.sealane.conformance.model;

import java.nio.charset.StandardCharsets;

/// TYPE A: LF in the store, CRLF on the wire (RFC 959 section 3.1.1.1).
final class Ascii {
    private Ascii() {}

    static byte[] toWire(byte[] stored, Cargo.Type type) {
        return switch (type) {
            case IMAGE -> stored;
            case ASCII -> bytes(text(stored).replace("\r\n", "\n").replace("\n", "\r\n"));
        };
    }

    static byte[] toStore(byte[] wire, Cargo.Type type) {
        return switch (type) {
            case IMAGE -> wire;
            case ASCII -> bytes(text(wire).replace("\r\n", "\n"));
        };
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
