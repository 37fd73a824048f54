package io.sealane.core.transfer;

import io.sealane.core.data.DataConnection;
import io.sealane.core.limit.BufferPool;
import io.sealane.core.tls.PlainTransport;
import io.sealane.core.tls.StreamEnd;
import io.sealane.core.tls.TlsTransport;
import io.sealane.core.tls.Transport;
import io.sealane.vfs.FileReader;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// Moves the bytes of one transfer. The data plane: no allocation, no logging and no decision per
/// chunk beyond what moving needs.
final class Pump {
    /// Most bytes asked of the system in one `transferTo`. Bounds how long a fast peer can hold a
    /// carrier thread before others get their turn.
    private static final long TRANSFER_TO_BYTES = 1024 * 1024;

    /// After so many bytes without having had to wait, others get their turn: virtual threads are
    /// not preempted.
    private static final long TURN_BYTES = 4 * 1024 * 1024;

    /// As [#TURN_BYTES], for a listing: to look at an entry takes more than to move its line. Some
    /// 3,000 entries, ten milliseconds.
    private static final long LISTING_TURN_BYTES = 256 * 1024;

    /// A listing goes out in pieces of this size, the first line included: soon enough to be seen,
    /// large enough for full TLS records.
    private static final int LISTING_FLUSH_OCTETS = 16 * 1024;

    /// Longest line of a listing in octets: a path that was sent in a command, and the names of
    /// sixteen levels below it.
    private static final int LISTING_LINE_OCTETS_MAX = 12 * 1024;

    private final DataConnection data;
    private final BufferPool buffers;
    private final Progress progress;
    private long turnBytes = TURN_BYTES;
    private long sinceTurn;

    Pump(DataConnection data, BufferPool buffers, Progress progress) {
        this.data = data;
        this.buffers = buffers;
        this.progress = progress;
    }

    void send(TransferPlan.Send plan) throws IOException {
        switch (plan.representation()) {
            case ASCII -> sendAscii(plan.file(), plan.offset());
            case IMAGE -> {
                switch (data.transport()) {
                    case PlainTransport plain -> sendBySystem(plan.file(), plan.offset());
                    case TlsTransport tls -> sendByBuffer(plan.file(), plan.offset(), tls);
                }
            }
        }
    }

    /// Receives until the peer ends.
    ///
    /// @return how it ended
    StreamEnd receive(TransferPlan.Receive plan) throws IOException {
        return switch (plan.representation()) {
            case ASCII -> receiveAscii(plan.upload());
            case IMAGE -> receiveImage(plan.upload());
        };
    }

    /// Sends a listing.
    ///
    /// @return [LineSource.Step#END] or [LineSource.Step#CUT]
    LineSource.Step sendLines(LineSource lines) throws IOException {
        turnBytes = LISTING_TURN_BYTES;
        ByteBuffer wire = buffers.take(BufferPool.Size.RECORD);
        try {
            StringBuilder line = new StringBuilder();
            LineSource.Step step = lines.next(line);
            while (step == LineSource.Step.LINE || step == LineSource.Step.PAUSE) {
                if (step == LineSource.Step.PAUSE) {
                    flush(wire);
                    pause();
                } else {
                    put(line, wire);
                }
                step = lines.next(line);
            }
            flush(wire);
            return step;
        } finally {
            buffers.give(wire);
        }
    }

    private void put(StringBuilder line, ByteBuffer wire) throws IOException {
        byte[] octets = line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        line.setLength(0);
        if (octets.length > LISTING_LINE_OCTETS_MAX) {
            throw new IllegalStateException("a listing line of " + octets.length);
        }
        if (wire.position() + octets.length > LISTING_FLUSH_OCTETS) {
            flush(wire);
        }
        wire.put(octets);
    }

    private void sendBySystem(FileReader file, long offset) throws IOException {
        SocketChannel channel = data.forTransferTo();
        long at = offset;
        while (true) {
            long moved = file.transferTo(at, TRANSFER_TO_BYTES, channel);
            if (moved < 0) {
                return;
            }
            if (moved == 0) {
                data.awaitWritable(); // blocks
            }
            at += moved;
            moved(moved);
        }
    }

    private void sendByBuffer(FileReader file, long offset, Transport transport)
            throws IOException {
        ByteBuffer buffer = buffers.take(BufferPool.Size.BULK);
        try {
            long at = offset;
            while (true) {
                buffer.clear().limit(BufferPool.BULK_PLAINTEXT_BYTES);
                int read = file.read(buffer, at);
                if (read < 0) {
                    return;
                }
                transport.write(buffer.flip()); // blocks
                at += read;
                moved(read);
            }
        } finally {
            buffers.give(buffer);
        }
    }

    private void sendAscii(FileReader file, long offset) throws IOException {
        ByteBuffer stored = buffers.take(BufferPool.Size.RECORD);
        ByteBuffer wire = buffers.take(BufferPool.Size.RECORD);
        try {
            AsciiConversion conversion = new AsciiConversion();
            long at = offset;
            while (file.read(stored.clear(), at) >= 0) {
                at += stored.position();
                stored.flip();
                while (stored.hasRemaining()) {
                    conversion.toWire(stored, wire);
                    flush(wire);
                }
            }
        } finally {
            buffers.give(wire);
            buffers.give(stored);
        }
    }

    private StreamEnd receiveImage(Upload upload) throws IOException {
        Transport transport = data.transport();
        ByteBuffer buffer = buffers.take(BufferPool.Size.BULK);
        try {
            int read;
            while ((read = transport.read(buffer.clear())) >= 0) { // blocks
                upload.write(buffer.flip());
                moved(read);
            }
            return transport.inboundEnd();
        } finally {
            buffers.give(buffer);
        }
    }

    private StreamEnd receiveAscii(Upload upload) throws IOException {
        Transport transport = data.transport();
        ByteBuffer wire = buffers.take(BufferPool.Size.RECORD);
        ByteBuffer stored = buffers.take(BufferPool.Size.RECORD);
        try {
            AsciiConversion conversion = new AsciiConversion();
            int read;
            while ((read = transport.read(wire.clear())) >= 0) { // blocks
                wire.flip();
                while (wire.hasRemaining()) {
                    conversion.toStore(wire, stored);
                    store(upload, stored);
                }
                moved(read);
            }
            conversion.finishStore(stored);
            store(upload, stored);
            return transport.inboundEnd();
        } finally {
            buffers.give(stored);
            buffers.give(wire);
        }
    }

    private void flush(ByteBuffer wire) throws IOException {
        int octets = wire.flip().remaining();
        if (octets == 0) {
            wire.clear();
            return;
        }
        data.transport().write(wire); // blocks
        wire.clear();
        moved(octets);
    }

    private static void store(Upload upload, ByteBuffer stored) throws StorageException {
        upload.write(stored.flip());
        stored.clear();
    }

    private void moved(long bytes) {
        progress.moved(bytes);
        sinceTurn += bytes;
        if (sinceTurn >= turnBytes) {
            sinceTurn = 0;
            giveWay();
        }
    }

    /// A listing that looks at much and shows little is no stalled one, and writes nothing by which
    /// it would notice its end.
    private void pause() throws IOException {
        progress.moved(0);
        giveWay();
        if (progress.isStopped()) {
            throw new AsynchronousCloseException();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // Fairness between virtual threads, not correctness.
    private static void giveWay() {
        Thread.yield();
    }
}
