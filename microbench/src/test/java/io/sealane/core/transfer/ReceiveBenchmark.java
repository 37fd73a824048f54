package io.sealane.core.transfer;

import io.sealane.core.data.MeasuredConnection;
import io.sealane.core.data.MeasuredConnection.Link;
import io.sealane.core.limit.BufferPool;
import io.sealane.core.tls.StreamEnd;
import io.sealane.core.tls.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What it takes the pumps to receive 64 MiB of text and to store it nowhere, connection and
/// handshake included.
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
@Fork(1)
public class ReceiveBenchmark {
    @Param Link link = Link.CLEAR;

    private final BufferPool buffers = new BufferPool(16L * BufferPool.Size.BULK.bytes());
    private final ByteBuffer text = MeasuredText.wire();
    private final ByteBuffer deflatedText = MeasuredText.deflated();

    @Benchmark
    public StreamEnd image() throws IOException {
        return receive(Representation.IMAGE, MeasuredText.STREAM);
    }

    @Benchmark
    public StreamEnd ascii() throws IOException {
        return receive(Representation.ASCII, MeasuredText.STREAM);
    }

    @Benchmark
    public StreamEnd deflated() throws IOException {
        return receive(Representation.IMAGE, MeasuredText.DEFLATE);
    }

    private StreamEnd receive(Representation representation, Coding coding) throws IOException {
        ByteBuffer wire =
                switch (coding) {
                    case Coding.Stream() -> text.duplicate();
                    case Coding.Deflate deflate -> deflatedText.duplicate();
                };
        try (MeasuredConnection connection =
                MeasuredConnection.open(link, buffers, client -> feed(client, wire))) {
            Pump pump = new Pump(connection.server(), buffers, new Progress());
            return pump.receive(
                    new TransferPlan.Receive(new DiscardingUpload(), representation, coding, 0));
        }
    }

    private static void feed(Transport transport, ByteBuffer wire) throws IOException {
        transport.write(wire);
        transport.closeOutput();
    }
}
