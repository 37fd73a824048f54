package io.sealane.bench.work;

import io.sealane.bench.server.Running;
import io.sealane.bench.server.Site;
import io.sealane.testkit.ProbeClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/// TLS sessions that are logged in and silent: what each holds, and whether they are heard at once.
final class IdleSessions implements Work {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final List<String> KERNEL =
            List.of("Slab:", "KernelStack:", "PageTables:", "Percpu:");

    private static final int CLIENTS = 4;
    private static final int ASKED = 200;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int FEW = 100;
    private static final int MANY = 10_000;
    private static final double GOAL_KIBIBYTES = 48;

    private final int sessions;
    private final Row memory;
    private final Row kernel;
    private final Row answer;

    private IdleSessions(int sessions) {
        this.sessions = sessions;
        Row row = Row.less(name() + ", processes' memory each", "KiB");
        this.memory = sessions == MANY ? row.goal(GOAL_KIBIBYTES) : row;
        this.kernel = Row.less(name() + ", kernel's memory each, client's side too", "KiB");
        this.answer = Row.less(name() + ", answer to NOOP", "ms");
    }

    static List<Work> all() {
        return List.of(new IdleSessions(1_000), new IdleSessions(MANY));
    }

    @Override
    public String group() {
        return sessions == MANY ? "many-idle" : "idle";
    }

    @Override
    public String name() {
        return "%,d idle TLS sessions".formatted(sessions);
    }

    @Override
    public int rounds(int asked) {
        return sessions == MANY ? 1 : Math.min(asked, 3);
    }

    @Override
    public int warmUpRounds() {
        return 0;
    }

    @Override
    public boolean wantsFreshServer() {
        return true;
    }

    @Override
    public void run(Site site, Running server, Sheet sheet)
            throws IOException, InterruptedException {
        server.login().close();
        List<ProbeClient> clients = Collections.synchronizedList(new ArrayList<>());
        try {
            long kernelBefore = kernelKibibytes();
            long before = server.group().memoryKibibytes();
            open(server, FEW, clients);
            requireRoom(server.group().memoryKibibytes() - before);
            open(server, sessions - FEW, clients);
            double held = server.group().memoryKibibytes() - before;
            sheet.add(memory, server.name(), held / sessions);
            double kernelHeld = kernelKibibytes() - kernelBefore;
            sheet.add(kernel, server.name(), kernelHeld / sessions);
            sheet.add(answer, server.name(), medianAnswer(clients));
        } finally {
            for (ProbeClient client : clients) {
                client.close();
            }
        }
    }

    private static void open(Running server, int count, List<ProbeClient> clients)
            throws IOException, InterruptedException {
        Clients.run(
                CLIENTS,
                client -> {
                    for (int i = client; i < count; i += CLIENTS) {
                        clients.add(server.login());
                    }
                });
    }

    /// The sessions of all are to fit in half of what the machine has left.
    private void requireRoom(long kibibytesOfFew) throws IOException {
        long wanted = kibibytesOfFew / FEW * sessions;
        long room = memoryInfo("MemAvailable:") / 2;
        if (wanted > room) {
            throw new IOException(
                    "%,d sessions would hold %,d MiB, of %,d MiB that are free for them"
                            .formatted(sessions, wanted >> 10, room >> 10));
        }
    }

    private static double medianAnswer(List<ProbeClient> clients) throws IOException {
        List<Double> times = new ArrayList<>();
        int step = Math.max(1, clients.size() / ASKED);
        for (int i = 0; i < clients.size(); i += step) {
            long begin = System.nanoTime();
            clients.get(i).send("NOOP").expect(200);
            times.add((System.nanoTime() - begin) / NANOS_PER_MILLI);
        }
        return Sheet.median(times);
    }

    private static long kernelKibibytes() throws IOException {
        long sum = 0;
        for (String kind : KERNEL) {
            sum += memoryInfo(kind);
        }
        return sum;
    }

    private static long memoryInfo(String key) throws IOException {
        try (Stream<String> lines = Files.lines(MEMORY)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + key + " in " + MEMORY));
        }
    }
}
