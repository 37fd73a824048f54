package io.sealane.core.transfer;

import io.sealane.core.limit.BufferPool;
import io.sealane.core.limit.LentBuffer;
import io.sealane.core.tls.StreamEnd;
import io.sealane.core.tls.Transport;
import io.sealane.vfs.FileReader;
import io.sealane.vfs.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Moves the bytes of one transfer in MODE Z (draft-preston-ftpext-deflate): representation first,
/// zlib second, TLS last. Beside [Pump], which knows nothing of it: compressing costs thirty times
/// what moving does, so here nothing is saved by going without a call or a copy.
final class DeflatePump {
    private final Transport transport;
    private final BufferPool buffers;
    private final Progress progress;
    private final IntFunction<Deflater> deflaters;
    private final Supplier<Inflater> inflaters;

    /// @param deflaters make a compressor of a level
    /// @param inflaters make a decompressor
    DeflatePump(
            Transport transport,
            BufferPool buffers,
            Progress progress,
            IntFunction<Deflater> deflaters,
            Supplier<Inflater> inflaters) {
        this.transport = transport;
        this.buffers = buffers;
        this.progress = progress;
        this.deflaters = deflaters;
        this.inflaters = inflaters;
    }

    static DeflatePump on(Transport transport, BufferPool buffers, Progress progress) {
        return new DeflatePump(transport, buffers, progress, Deflater::new, Inflater::new);
    }

    /// Ends the stream only behind all of the file.
    void send(TransferPlan.Send plan, Coding.Deflate coding) throws IOException {
        try (Deflation deflation = deflation(coding)) {
            long end =
                    switch (plan.representation()) {
                        case IMAGE -> sendImage(plan.file(), plan.offset(), deflation);
                        case ASCII -> sendAscii(plan.file(), plan.offset(), deflation);
                    };
            plan.requireAll(end);
            deflation.finish();
        }
    }

    /// Sends a listing.
    ///
    /// @return [LineSource.Step#END] or [LineSource.Step#CUT]
    LineSource.Step sendLines(TransferPlan.SendLines plan, Coding.Deflate coding)
            throws IOException {
        try (Deflation deflation = deflation(coding);
                LentBuffer piece = LentBuffer.take(buffers, BufferPool.Size.RECORD)) {
            ListingOctets listing = new ListingOctets(plan.lines(), plan.names());
            while (true) {
                LineSource.Step step = listing.next(piece.octets().clear());
                deflation.write(piece.octets().flip());
                switch (step) {
                    case LINE -> {}
                    case PAUSE -> progress.pause();
                    case END, CUT -> {
                        deflation.finish();
                        return step;
                    }
                }
            }
        }
    }

    /// Receives until the stream and then the peer have ended. Of a stream that is damaged or
    /// expands beyond the limit nothing is kept.
    StreamEnd receive(TransferPlan.Receive plan, Coding.Deflate coding) throws IOException {
        Upload upload = plan.upload();
        try (Inflation inflation =
                Inflation.of(
                        transport, inflaters.get(), coding.expansionMax(), buffers, progress)) {
            switch (plan.representation()) {
                case IMAGE -> receiveImage(upload, inflation);
                case ASCII -> receiveAscii(upload, inflation);
            }
            return transport.inboundEnd();
        } catch (CompressedDataException refused) {
            switch (refused.fault()) {
                case CUT, TRAILING -> {}
                case DAMAGED, EXPANDS -> upload.invalidate();
            }
            throw refused;
        }
    }

    private Deflation deflation(Coding.Deflate coding) throws IOException {
        return Deflation.to(transport, deflaters.apply(coding.level()), buffers, progress);
    }

    private long sendImage(FileReader file, long offset, Deflation deflation) throws IOException {
        try (LentBuffer stored = LentBuffer.take(buffers, BufferPool.Size.RECORD)) {
            ByteBuffer octets = stored.octets();
            long at = offset;
            while (file.read(octets.clear().limit(Deflation.SLICE_OCTETS), at) >= 0) {
                at += octets.position();
                deflation.write(octets.flip());
            }
            return at;
        }
    }

    private long sendAscii(FileReader file, long offset, Deflation deflation) throws IOException {
        try (LentBuffer stored = LentBuffer.take(buffers, BufferPool.Size.RECORD);
                LentBuffer lines = LentBuffer.take(buffers, BufferPool.Size.RECORD)) {
            AsciiConversion conversion = new AsciiConversion();
            ByteBuffer octets = stored.octets();
            long at = offset;
            // Half a slice fits one whatever becomes of it.
            while (file.read(octets.clear().limit(Deflation.SLICE_OCTETS / 2), at) >= 0) {
                at += octets.position();
                conversion.toWire(octets.flip(), lines.octets().clear());
                deflation.write(lines.octets().flip());
            }
            return at;
        }
    }

    private void receiveImage(Upload upload, Inflation inflation) throws IOException {
        try (LentBuffer plain = LentBuffer.take(buffers, BufferPool.Size.BULK)) {
            while (inflation.read(plain.octets().clear()) >= 0) { // blocks
                upload.write(plain.octets().flip());
            }
        }
    }

    private void receiveAscii(Upload upload, Inflation inflation) throws IOException {
        try (LentBuffer plain = LentBuffer.take(buffers, BufferPool.Size.BULK);
                LentBuffer stored = LentBuffer.take(buffers, BufferPool.Size.BULK)) {
            AsciiConversion conversion = new AsciiConversion();
            ByteBuffer octets = plain.octets();
            while (inflation.read(octets.clear().limit(BufferPool.BULK_PLAINTEXT_BYTES)) >= 0) {
                conversion.toStore(octets.flip(), stored.octets());
                upload.write(stored.octets().flip());
                stored.octets().clear();
            }
            conversion.finishStore(stored.octets());
            upload.write(stored.octets().flip());
        }
    }
}
