package io.sealane.core.wire;

import io.sealane.vfs.Access;
import io.sealane.vfs.Entry;
import io.sealane.vfs.StorageAbilities;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a line takes: a command read, a reply written, an entry of a directory as LIST and as MLSD
/// show it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LineBenchmark {
    private static final byte[] COMMAND =
            "RETR invoices/2026/november-0042.pdf\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.parse("2026-11-28T07:15:00Z");
    private static final Entry ENTRY =
            new Entry(
                    "november-0042.pdf",
                    Entry.Kind.FILE,
                    1_234_567,
                    Instant.parse("2026-11-27T16:20:00Z"),
                    OptionalInt.of(0640),
                    "alice",
                    "staff",
                    1,
                    "1.(dev=1 ino=27)",
                    Access.ALL,
                    Optional.empty());

    private final LineDecoder decoder = new LineDecoder();
    private final ListLine listLine = new ListLine(ZoneOffset.UTC, NOW);
    private final FactLine factLine = new FactLine(EnumSet.allOf(Fact.class), StorageAbilities.ALL);
    private final StringBuilder line = new StringBuilder();

    @Benchmark
    public Optional<ControlLine> command() {
        Optional<OctetLine> read = Optional.empty();
        for (byte octet : COMMAND) {
            read = decoder.accept(octet);
        }
        return read.map(line -> line.read(StandardCharsets.UTF_8));
    }

    @Benchmark
    public byte[] reply() {
        return Reply.COMMAND_OKAY.encode(StandardCharsets.UTF_8);
    }

    @Benchmark
    public StringBuilder listEntry() {
        line.setLength(0);
        listLine.append(line, ENTRY, ENTRY.name());
        return line;
    }

    @Benchmark
    public StringBuilder mlsdEntry() {
        line.setLength(0);
        factLine.append(line, ENTRY, ENTRY.name());
        return line;
    }
}
