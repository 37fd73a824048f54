package io.sealane.core.transfer;

import io.sealane.core.data.DataConnection;
import io.sealane.core.limit.BufferPool;
import io.sealane.core.limit.LentBuffer;
import io.sealane.core.tls.PlainTransport;
import io.sealane.core.tls.StreamEnd;
import io.sealane.core.tls.TlsTransport;
import io.sealane.core.tls.Transport;
import io.sealane.vfs.FileReader;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Moves the bytes of one transfer. The data plane: no allocation, no logging and no decision per
/// chunk beyond what moving needs.
final class Pump {
    /// Most bytes asked of the system in one `transferTo`. Bounds how long a fast peer can hold a
    /// carrier thread before others get their turn.
    private static final long TRANSFER_TO_BYTES = 1024 * 1024;

    /// After so many bytes without having had to wait, others get their turn: virtual threads are
    /// not preempted.
    private static final long TURN_BYTES = 4 * 1024 * 1024;

    /// After so many bytes of a listing it rests: to look at an entry takes more than to move its
    /// line. Some 1,600 entries, four or five milliseconds.
    private static final long LISTING_TURN_BYTES = 128 * 1024;

    private final DataConnection data;
    private final BufferPool buffers;
    private final Progress progress;
    private long sinceTurn;

    Pump(DataConnection data, BufferPool buffers, Progress progress) {
        this.data = data;
        this.buffers = buffers;
        this.progress = progress;
    }

    void send(TransferPlan.Send plan) throws IOException {
        switch (plan.coding()) {
            case Coding.Stream() -> plan.requireAll(sendStream(plan));
            case Coding.Deflate deflate -> deflating().send(plan, deflate);
        }
    }

    /// Receives until the peer ends.
    ///
    /// @return how it ended
    StreamEnd receive(TransferPlan.Receive plan) throws IOException {
        return switch (plan.coding()) {
            case Coding.Stream() ->
                    switch (plan.representation()) {
                        case ASCII -> receiveAscii(plan.upload());
                        case IMAGE -> receiveImage(plan.upload());
                    };
            case Coding.Deflate deflate -> deflating().receive(plan, deflate);
        };
    }

    /// Sends a listing.
    ///
    /// @return [LineSource.Step#END] or [LineSource.Step#CUT]
    LineSource.Step sendLines(TransferPlan.SendLines plan) throws IOException {
        return switch (plan.coding()) {
            case Coding.Stream() -> sendListing(new ListingOctets(plan.lines(), plan.names()));
            case Coding.Deflate deflate -> deflating().sendLines(plan, deflate);
        };
    }

    private LineSource.Step sendListing(ListingOctets listing) throws IOException {
        long sinceRest = 0;
        try (LentBuffer wire = LentBuffer.take(buffers, BufferPool.Size.RECORD)) {
            while (true) {
                LineSource.Step step = listing.next(wire.octets().clear());
                if (wire.octets().position() > 0) {
                    sinceRest += wire.octets().position();
                    flush(wire.octets());
                }
                switch (step) {
                    case LINE -> {
                        if (sinceRest >= LISTING_TURN_BYTES) {
                            sinceRest = 0;
                            progress.rest();
                        }
                    }
                    case PAUSE -> progress.pause();
                    case END, CUT -> {
                        return step;
                    }
                }
            }
        }
    }

    private DeflatePump deflating() {
        return DeflatePump.on(data.transport(), buffers, progress);
    }

    /// @return where the file ended
    private long sendStream(TransferPlan.Send plan) throws IOException {
        return switch (plan.representation()) {
            case ASCII -> sendAscii(plan.file(), plan.offset());
            case IMAGE ->
                    switch (data.transport()) {
                        case PlainTransport plain -> sendBySystem(plan.file(), plan.offset());
                        case TlsTransport tls -> sendByBuffer(plan.file(), plan.offset(), tls);
                    };
        };
    }

    private long sendBySystem(FileReader file, long offset) throws IOException {
        SocketChannel channel = data.forTransferTo();
        long at = offset;
        while (true) {
            long moved = file.transferTo(at, TRANSFER_TO_BYTES, channel);
            if (moved < 0) {
                return at;
            }
            if (moved == 0) {
                data.awaitWritable(); // blocks
            }
            at += moved;
            moved(moved);
        }
    }

    private long sendByBuffer(FileReader file, long offset, Transport transport)
            throws IOException {
        try (LentBuffer lent = LentBuffer.take(buffers, BufferPool.Size.BULK)) {
            ByteBuffer buffer = lent.octets();
            long at = offset;
            while (true) {
                buffer.clear().limit(BufferPool.BULK_PLAINTEXT_BYTES);
                int read = file.read(buffer, at);
                if (read < 0) {
                    return at;
                }
                transport.write(buffer.flip()); // blocks
                at += read;
                moved(read);
            }
        }
    }

    private long sendAscii(FileReader file, long offset) throws IOException {
        try (LentBuffer lentStored = LentBuffer.take(buffers, BufferPool.Size.BULK);
                LentBuffer lentWire = forLines(file.size() - offset)) {
            ByteBuffer stored = lentStored.octets();
            ByteBuffer wire = lentWire.octets();
            AsciiConversion conversion = new AsciiConversion();
            long at = offset;
            while (file.read(stored.clear().limit(BufferPool.BULK_PLAINTEXT_BYTES), at) >= 0) {
                at += stored.position();
                conversion.toWire(stored.flip(), wire);
                while (stored.hasRemaining()) { // There was no room for all of it.
                    flush(wire);
                    conversion.toWire(stored, wire.clear());
                }
            }
            flush(wire);
            return at;
        }
    }

    /// For what becomes of so many octets of text.
    ///
    /// Measured: a reader that is fast sleeps while the next lines are converted, and to wake it
    /// costs this end; 1 GB by writes of 768 KiB took a sixth less processor time than by 256 KiB.
    private LentBuffer forLines(long stored) throws IOException {
        return switch (data.transport()) {
            case PlainTransport _ when stored > BufferPool.BULK_PLAINTEXT_BYTES ->
                    LentBuffer.takeWide(buffers);
            default -> LentBuffer.take(buffers, BufferPool.Size.BULK);
        };
    }

    private StreamEnd receiveImage(Upload upload) throws IOException {
        try (LentBuffer lent = LentBuffer.take(buffers, BufferPool.Size.BULK)) {
            ByteBuffer buffer = lent.octets();
            while (receiveMore(buffer, upload)) {
                if (buffer.position() >= BufferPool.BULK_PLAINTEXT_BYTES) {
                    store(upload, buffer);
                }
            }
            store(upload, buffer);
            return data.transport().inboundEnd();
        }
    }

    /// Reads into `buffer`. What is in there when the connection breaks is stored: the client goes
    /// on behind it.
    ///
    /// @return false when the peer has ended
    private boolean receiveMore(ByteBuffer buffer, Upload upload) throws IOException {
        int read;
        try {
            read = data.transport().read(buffer); // blocks
        } catch (IOException broken) {
            store(upload, buffer);
            throw broken;
        }
        if (read < 0) {
            return false;
        }
        moved(read);
        return true;
    }

    private StreamEnd receiveAscii(Upload upload) throws IOException {
        Transport transport = data.transport();
        try (LentBuffer lentWire = LentBuffer.take(buffers, BufferPool.Size.BULK);
                LentBuffer lentStored = LentBuffer.take(buffers, BufferPool.Size.BULK)) {
            ByteBuffer wire = lentWire.octets();
            ByteBuffer stored = lentStored.octets();
            AsciiConversion conversion = new AsciiConversion();
            wire.limit(BufferPool.BULK_PLAINTEXT_BYTES); // What becomes of it fits the other.
            int read;
            while ((read = transport.read(wire)) >= 0) { // blocks
                conversion.toStore(wire.flip(), stored);
                store(upload, stored);
                moved(read);
                wire.clear().limit(BufferPool.BULK_PLAINTEXT_BYTES);
            }
            conversion.finishStore(stored);
            store(upload, stored);
            return transport.inboundEnd();
        }
    }

    private void flush(ByteBuffer wire) throws IOException {
        wire.flip();
        switch (data.transport()) {
            case PlainTransport plain -> {
                while (wire.hasRemaining()) { // A slow peer takes a little at a time.
                    moved(plain.writeSome(wire)); // blocks
                }
            }
            case TlsTransport tls -> {
                int octets = wire.remaining();
                tls.write(wire); // blocks
                moved(octets);
            }
        }
    }

    private static void store(Upload upload, ByteBuffer stored) throws StorageException {
        upload.write(stored.flip());
        stored.clear();
    }

    @SuppressWarnings("ThreadPriorityCheck") // Fairness between virtual threads, not correctness.
    private void moved(long bytes) {
        progress.moved(bytes);
        sinceTurn += bytes;
        if (sinceTurn >= TURN_BYTES) {
            sinceTurn = 0;
            Thread.yield();
        }
    }
}
