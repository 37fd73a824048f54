package io.sealane.core.transfer;

/// What an operator decided about the content of transfers.
public record TransferSettings(LineEnds lineEnds, Compression compression) {
    /// What TYPE A does to files. Lines of listings always end with CRLF.
    public enum LineEnds {
        /// LF in the store is CRLF on the wire.
        CONVERTED,
        /// Octets travel as they are, as in TYPE I.
        AS_STORED
    }

    public static final TransferSettings DEFAULTS =
            new TransferSettings(LineEnds.CONVERTED, Compression.DEFAULTS);

    /// What a file travels as in a session whose TYPE is `chosen`.
    public Representation representation(Representation chosen) {
        return switch (lineEnds) {
            case CONVERTED -> chosen;
            case AS_STORED -> Representation.IMAGE;
        };
    }
}
