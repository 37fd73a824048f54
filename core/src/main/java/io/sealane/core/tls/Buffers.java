package io.sealane.core.tls;

import java.nio.ByteBuffer;

/// Steps on byte buffers.
final class Buffers {
    /// An engine is given direct buffers only, even to say that there is nothing: netty's takes
    /// their address, and allocates a copy of any other.
    static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private Buffers() {}

    /// Moves as many bytes as `source` has and `target` takes; says how many.
    static int move(ByteBuffer source, ByteBuffer target) {
        int count = Math.min(source.remaining(), target.remaining());
        target.put(target.position(), source, source.position(), count);
        source.position(source.position() + count);
        target.position(target.position() + count);
        return count;
    }
}
