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

    /// Longest line of a listing in octets: a path that was sent in a command, and the names of
    /// sixteen levels below it.
    private static final int LINE_OCTETS_MAX = 12 * 1024;

    private static final byte[] NOTHING = {};

    private final LineSource lines;
    private final Charset charset;
    private final StringBuilder line = new StringBuilder();
    private byte[] leftOver = NOTHING;

    /// @param charset of names
    ListingOctets(LineSource lines, Charset charset) {
        this.charset = charset;
        this.lines = lines;
    }

    /// Puts the next lines into `wire`, which is empty and holds a piece.
    ///
    /// @return [LineSource.Step#LINE] if there may be more; else why there are none now
    LineSource.Step next(ByteBuffer wire) throws IOException {
        wire.put(leftOver);
        leftOver = NOTHING;
        while (true) {
            LineSource.Step step = lines.next(line);
            if (step != LineSource.Step.LINE) {
                return step;
            }
            byte[] octets = NameCharsets.encode(line.append("\r\n").toString(), charset);
            line.setLength(0);
            if (octets.length > LINE_OCTETS_MAX) {
                throw new IllegalStateException("a listing line of " + octets.length);
            }
            if (wire.position() + octets.length > PIECE_OCTETS) {
                leftOver = octets;
                return step;
            }
            wire.put(octets);
        }
    }
}
