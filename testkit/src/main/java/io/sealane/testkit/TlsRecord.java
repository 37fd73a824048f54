package io.sealane.testkit;

/// The head of one TLS record (RFC 8446 section 5.1): its type, its version as on the wire (0x0303
/// for TLS 1.2 and 1.3), its length, and how much of it was there: the last record of a cut stream
/// has `present < length`.
public record TlsRecord(Type type, int version, int length, int present) {
    /// The content types. In TLS 1.3 all that is encrypted looks like application data.
    public enum Type {
        CHANGE_CIPHER_SPEC(20),
        ALERT(21),
        HANDSHAKE(22),
        APPLICATION_DATA(23);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    public boolean isComplete() {
        return present == length;
    }
}
