package io.sealane.core.transfer;

import io.sealane.core.limit.BufferPool;
import io.sealane.core.limit.LentBuffer;
import io.sealane.core.tls.Transport;
import io.sealane.core.transfer.CompressedDataException.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// One zlib stream as it comes from a peer. Owns its decompressor, which has memory that the
/// collector does not see. Belongs to one thread.
final class Inflation implements AutoCloseable {
    private final Inflater inflater; // owned
    private final LentBuffer wire; // owned
    private final Transport transport;
    private final int expansionMax;
    private final Progress progress;
    private long received;
    private long expanded;

    private Inflation(
            Inflater inflater,
            LentBuffer wire,
            Transport transport,
            int expansionMax,
            Progress progress) {
        this.inflater = inflater;
        this.wire = wire;
        this.transport = transport;
        this.expansionMax = expansionMax;
        this.progress = progress;
    }

    /// Adopts `inflater`, whatever happens.
    static Inflation of(
            Transport transport,
            Inflater inflater,
            int expansionMax,
            BufferPool buffers,
            Progress progress)
            throws IOException {
        try {
            LentBuffer wire = LentBuffer.take(buffers, BufferPool.Size.RECORD);
            wire.octets().limit(0);
            return new Inflation(inflater, wire, transport, expansionMax, progress);
        } catch (IOException noBuffer) {
            inflater.end();
            throw noBuffer;
        }
    }

    /// Reads what the peer compressed, waiting for at least one octet of it. Blocks.
    ///
    /// @return octets read, or -1 when both the stream and the connection ended, in this order
    /// @throws CompressedDataException if they did not, or the stream is not taken
    @SuppressWarnings("ThreadPriorityCheck") // Fairness between virtual threads, not correctness.
    int read(ByteBuffer target) throws IOException {
        while (true) {
            int count = inflate(target);
            if (count > 0) {
                expanded += count;
                requireModestExpansion();
                progress.moved(count);
                Thread.yield(); // Few octets can keep this thread busy for long.
                return count;
            }
            if (inflater.finished()) {
                requireEnd();
                return -1;
            }
            receive();
        }
    }

    @Override
    public void close() {
        inflater.end();
        wire.close();
    }

    private int inflate(ByteBuffer target) throws CompressedDataException {
        try {
            int count = inflater.inflate(target);
            if (inflater.needsDictionary()) {
                throw new CompressedDataException(Fault.DAMAGED); // There is none in MODE Z.
            }
            return count;
        } catch (DataFormatException damaged) {
            throw new CompressedDataException(Fault.DAMAGED);
        }
    }

    private void receive() throws IOException {
        int count = transport.read(wire.octets().clear()); // blocks
        wire.octets().flip();
        if (count < 0) {
            throw new CompressedDataException(Fault.CUT);
        }
        received += count;
        progress.moved(0); // The stream may need more of it before it yields anything.
        inflater.setInput(wire.octets());
    }

    private void requireEnd() throws IOException {
        boolean more =
                wire.octets().hasRemaining()
                        || transport.read(wire.octets().clear()) >= 0; // blocks
        if (more) {
            throw new CompressedDataException(Fault.TRAILING);
        }
    }

    /// Security: a bomb costs its sender a thousandth of what it costs the disk.
    private void requireModestExpansion() throws CompressedDataException {
        if (expanded > Compression.EXPANSION_FREE_OCTETS && expanded / expansionMax > received) {
            throw new CompressedDataException(Fault.EXPANDS);
        }
    }
}
