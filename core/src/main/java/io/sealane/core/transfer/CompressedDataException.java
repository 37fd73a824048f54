package io.sealane.core.transfer;

import java.io.IOException;

/// What a peer sent in MODE Z is not one whole zlib stream, or is not taken.
public final class CompressedDataException extends IOException {
    private static final long serialVersionUID = 1L;

    public enum Fault {
        /// The connection ended before the stream did.
        CUT,
        /// No zlib stream (RFC 1950), or one whose check value is wrong.
        DAMAGED,
        /// More octets behind the end of the stream.
        TRAILING,
        /// It expands beyond the limit.
        EXPANDS
    }

    private final Fault fault;

    CompressedDataException(Fault fault) {
        super("compressed data: " + fault);
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
