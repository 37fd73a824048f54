package io.sealane.core.transfer;

import io.sealane.core.wire.NameCharsets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/// The lines of a listing as octets, with their CRLF, a bufferful at a time.
final class ListingOctets {
    /// A listing goes out in pieces of this size, the first line included: soon enough to be seen,
    /// large enough for full TLS records.
    private static final int PIECE_OCTETS = 16 * 1024;

    private static final byte[] NOTHING = {};

    private final LineSource lines;
    private final Charset charset;
    private final StringBuilder line = new StringBuilder();
    private byte[] begun = NOTHING;
    private int written;

    /// @param charset of names
    ListingOctets(LineSource lines, Charset charset) {
        this.charset = charset;
        this.lines = lines;
    }

    /// Puts the next lines into `wire`, which is empty and holds a piece.
    ///
    /// @return [LineSource.Step#LINE] if there may be more; else why there are none now
    LineSource.Step next(ByteBuffer wire) throws IOException {
        while (true) {
            int length = Math.min(begun.length - written, PIECE_OCTETS - wire.position());
            wire.put(begun, written, length);
            written += length;
            if (written < begun.length) {
                return LineSource.Step.LINE;
            }
            LineSource.Step step = lines.next(line);
            if (step != LineSource.Step.LINE) {
                return step;
            }
            begun = NameCharsets.encode(line.append("\r\n").toString(), charset);
            written = 0;
            line.setLength(0);
        }
    }
}
