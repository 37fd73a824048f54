package io.sealane.core.wire;

import io.sealane.core.wire.ControlLine.Fault;
import java.nio.charset.Charset;

/// A line of a control connection as it came. What it says depends on the character set of names at
/// the time when its turn comes: a line that was sent ahead of it may choose another. Its verb is
/// ASCII, and the same in each.
public sealed interface OctetLine {
    ControlLine read(Charset names);

    /// One that is short enough.
    final class Whole implements OctetLine {
        private final byte[] octets;

        /// @param octets without the line end; adopted
        Whole(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public ControlLine read(Charset names) {
            return ControlLine.parse(octets, octets.length, names);
        }
    }

    /// Was longer than a line may be, and is not kept.
    record TooLong() implements OctetLine {
        @Override
        public ControlLine read(Charset names) {
            return new ControlLine.Malformed(Fault.TOO_LONG);
        }
    }

    /// The first octet of a TLS ClientHello, which has no lines.
    record ClientHello() implements OctetLine {
        @Override
        public ControlLine read(Charset names) {
            return new ControlLine.ClientHello();
        }
    }
}
