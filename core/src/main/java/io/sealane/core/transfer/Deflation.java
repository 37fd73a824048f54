package io.sealane.core.transfer;

import io.sealane.core.limit.BufferPool;
import io.sealane.core.limit.LentBuffer;
import io.sealane.core.tls.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/// One zlib stream on its way to a peer. Owns its compressor, which has memory that the collector
/// does not see. Belongs to one thread.
final class Deflation implements AutoCloseable {
    /// What one call of [#write] takes at most. Compressing holds the carrier thread, here for a
    /// millisecond or two, and then others get their turn.
    static final int SLICE_OCTETS = 32 * 1024;

    private static final byte[] NOTHING = {};

    private final Deflater deflater; // owned
    private final LentBuffer wire; // owned
    private final Transport transport;
    private final Progress progress;

    private Deflation(Deflater deflater, LentBuffer wire, Transport transport, Progress progress) {
        this.deflater = deflater;
        this.wire = wire;
        this.transport = transport;
        this.progress = progress;
    }

    /// Adopts `deflater`, whatever happens.
    static Deflation to(
            Transport transport, Deflater deflater, BufferPool buffers, Progress progress)
            throws IOException {
        try {
            LentBuffer wire = LentBuffer.take(buffers, BufferPool.Size.RECORD);
            return new Deflation(deflater, wire, transport, progress);
        } catch (IOException noBuffer) {
            deflater.end();
            throw noBuffer;
        }
    }

    /// Compresses all of `octets`, which are direct, and sends what is full. Blocks.
    @SuppressWarnings("ThreadPriorityCheck") // Fairness between virtual threads, not correctness.
    void write(ByteBuffer octets) throws IOException {
        int count = octets.remaining();
        deflater.setInput(octets);
        while (!deflater.needsInput()) {
            deflate();
        }
        deflater.setInput(NOTHING); // It would see what is put into this buffer next.
        progress.moved(count);
        Thread.yield();
    }

    /// Ends the stream and sends the rest of it. Blocks.
    void finish() throws IOException {
        deflater.finish();
        while (!deflater.finished()) {
            deflate();
        }
        flush();
    }

    @Override
    public void close() {
        deflater.end();
        wire.close();
    }

    private void deflate() throws IOException {
        deflater.deflate(wire.octets());
        if (!wire.octets().hasRemaining()) {
            flush();
        }
    }

    private void flush() throws IOException {
        transport.write(wire.octets().flip()); // blocks
        wire.octets().clear();
    }
}
