package io.sealane.bench.work;

import io.sealane.bench.server.Running;
import io.sealane.bench.server.Site;
import io.sealane.testkit.ProbeClient;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// Folders listed by TLS, all caches warm.
final class Listings implements Work {
    private static final double MILLIS = 1e3;
    private static final int SMALL = 20_000;
    private static final int LARGE = 1_000_000;
    private static final int LARGE_ROUNDS_MAX = 3;
    private static final double GOAL_MILLIS = 80;

    /// A JVM compiles for the first 30.
    private static final int WARM_UP_ROUNDS = 40;

    private final String verb;
    private final int entries;
    private final Row cpu;
    private final Row time;

    private Listings(String verb, int entries) {
        this.verb = verb;
        this.entries = entries;
        this.cpu = Row.less(name() + ", processor", "CPU ms");
        Row row = Row.less(name() + ", time", "ms");
        this.time = entries == SMALL ? row.goal(GOAL_MILLIS) : row;
    }

    static List<Work> all() {
        List<Work> all = new ArrayList<>();
        for (int entries : List.of(SMALL, LARGE)) {
            for (String verb : List.of("LIST", "MLSD")) {
                all.add(new Listings(verb, entries));
            }
        }
        return all;
    }

    @Override
    public String group() {
        return entries == SMALL ? "listings" : "large-listings";
    }

    @Override
    public String name() {
        return "%s of %,d entries".formatted(verb, entries);
    }

    @Override
    public int rounds(int asked) {
        return entries == SMALL ? asked : Math.min(asked, LARGE_ROUNDS_MAX);
    }

    @Override
    public int warmUpRounds() {
        return entries == SMALL ? WARM_UP_ROUNDS : 1;
    }

    @Override
    public void prepare(Site site) throws IOException {
        site.folder(folder(), entries);
    }

    private String folder() {
        return "entries-" + entries;
    }

    @Override
    public void run(Site site, Running server, Sheet sheet) throws IOException {
        try (ProbeClient client = server.login()) {
            client.send("CWD " + folder()).expect(250);
            Meter meter = Meter.start(server);
            CountedLines lines = new CountedLines();
            client.download(verb, lines).expect(150, 226);
            sheet.add(time, server.name(), MILLIS * meter.seconds());
            client.send("QUIT").expect(221);
            sheet.add(cpu, server.name(), MILLIS * meter.cpuSeconds());
            if (lines.count < entries) {
                throw new IOException("listed " + lines.count + " of " + entries + " entries");
            }
        }
    }

    private static final class CountedLines extends OutputStream {
        private int count;

        @Override
        public void write(int octet) {
            if (octet == '\n') {
                count++;
            }
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                write(octets[i]);
            }
        }
    }
}
