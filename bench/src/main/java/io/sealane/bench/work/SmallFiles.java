package io.sealane.bench.work;

import io.sealane.bench.server.Running;
import io.sealane.bench.server.Site;
import io.sealane.testkit.ProbeClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Files of 4 KiB by TLS 1.3, one after another in each session.
///
/// Uploads all have names of their own and stay until the end of the program: ext4 does not use the
/// inodes of removed files again for minutes, and making a file takes it 0.01 ms where none was
/// removed lately and 0.3 ms where thousands were, whoever makes it.
final class SmallFiles implements Work {
    private static final String FILE = "small";
    private static final int FILES = 1000;
    private static final int BYTES = 4096;
    private static final double MILLIS = 1e3;

    /// Measured: a JVM goes on compiling what a file needs for some twenty thousand of them. What
    /// comes at eight at once came at one before.
    private static final int WARM_UP_ROUNDS = 24;

    private static final int WARM_UP_ROUNDS_MORE = 6;

    /// A server that stalls with each file is not asked for all of them.
    private static final double SECONDS_ENOUGH = 4;

    private final boolean up;
    private final int sessions;
    private final Row cpu;
    private final Row rate;
    private final AtomicInteger uploads = new AtomicInteger();

    private SmallFiles(boolean up, int sessions) {
        this.up = up;
        this.sessions = sessions;
        this.cpu = Row.less(name() + ", processor", "CPU ms/file").goal(up ? 0.60 : 0.50);
        Row row = Row.more(name() + ", rate", "files/s");
        this.rate = up ? row.goal(400) : row;
    }

    static List<Work> all() {
        return List.of(
                new SmallFiles(false, 1),
                new SmallFiles(false, 8),
                new SmallFiles(true, 1),
                new SmallFiles(true, 8));
    }

    @Override
    public String group() {
        return "small";
    }

    @Override
    public String name() {
        return "%s of 4 KiB, TLS, %d at once".formatted(up ? "uploads" : "downloads", sessions);
    }

    @Override
    public int warmUpRounds() {
        return sessions == 1 ? WARM_UP_ROUNDS : WARM_UP_ROUNDS_MORE;
    }

    @Override
    public void prepare(Site site) throws IOException {
        site.file(FILE, BYTES);
    }

    @Override
    public void run(Site site, Running server, Sheet sheet)
            throws IOException, InterruptedException {
        List<ProbeClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < sessions; i++) {
                clients.add(server.login());
            }
            AtomicInteger moved = new AtomicInteger();
            Meter meter = Meter.start(server);
            Clients.run(sessions, client -> move(clients.get(client), client, meter, moved));
            sheet.add(rate, server.name(), moved.get() / meter.seconds());
            sheet.add(cpu, server.name(), MILLIS * meter.cpuSeconds() / moved.get());
        } finally {
            for (ProbeClient client : clients) {
                client.close();
            }
        }
    }

    private void move(ProbeClient client, int session, Meter meter, AtomicInteger moved)
            throws IOException {
        byte[] content = new byte[BYTES];
        for (int file = session;
                file < FILES && (file < sessions || meter.seconds() < SECONDS_ENOUGH);
                file += sessions) {
            if (up) {
                String name = "%s/%d-%d".formatted(Site.IN, sessions, uploads.incrementAndGet());
                client.upload("STOR " + name, content).expect(150, 226);
            } else {
                client.download("RETR " + FILE).expect(150, 226);
            }
            moved.incrementAndGet();
        }
    }
}
