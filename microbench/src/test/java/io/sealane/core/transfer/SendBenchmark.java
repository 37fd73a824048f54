package io.sealane.core.transfer;

import io.sealane.core.data.MeasuredConnection;
import io.sealane.core.data.MeasuredConnection.Link;
import io.sealane.core.limit.BufferPool;
import io.sealane.core.tls.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

/// What it takes the pumps to send 64 MiB of text, connection and handshake included. The client
/// takes a processor of its own; where it is the slower end, it is what is measured.
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
@Fork(1)
public class SendBenchmark {
    @Param Link link = Link.CLEAR;

    private final BufferPool buffers = new BufferPool(16L * BufferPool.Size.BULK.bytes());

    @Benchmark
    public void image() throws IOException {
        send(Representation.IMAGE, MeasuredText.STREAM);
    }

    @Benchmark
    public void ascii() throws IOException {
        send(Representation.ASCII, MeasuredText.STREAM);
    }

    @Benchmark
    public void deflated() throws IOException {
        send(Representation.IMAGE, MeasuredText.DEFLATE);
    }

    @Benchmark
    public void listing() throws IOException {
        try (MeasuredConnection connection = open()) {
            pump(connection)
                    .sendLines(
                            new TransferPlan.SendLines(
                                    MeasuredText.lines(),
                                    MeasuredText.STREAM,
                                    StandardCharsets.UTF_8));
        }
    }

    private void send(Representation representation, Coding coding) throws IOException {
        try (MeasuredConnection connection = open()) {
            pump(connection)
                    .send(TransferPlan.Send.of(MeasuredText.FILE, 0, representation, coding));
        }
    }

    private MeasuredConnection open() throws IOException {
        return MeasuredConnection.open(link, buffers, SendBenchmark::drain);
    }

    private Pump pump(MeasuredConnection connection) {
        return new Pump(connection.server(), buffers, new Progress());
    }

    private static void drain(Transport transport) throws IOException {
        ByteBuffer waste = ByteBuffer.allocateDirect(BufferPool.Size.BULK.bytes());
        while (transport.read(waste) >= 0) {
            waste.clear();
        }
    }
}
