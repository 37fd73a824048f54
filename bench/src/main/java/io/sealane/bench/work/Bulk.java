package io.sealane.bench.work;

import io.sealane.bench.server.Running;
import io.sealane.bench.server.Site;
import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One GiB, by curl: in one file, or in as many parts as there are sessions at once.
final class Bulk implements Work {
    /// What is on the wire.
    private enum Wire {
        TLS_1_3("TLS 1.3", List.of("--ssl-reqd", "--tlsv1.3")),
        TLS_1_2("TLS 1.2", List.of("--ssl-reqd", "--tlsv1.2", "--tls-max", "1.2")),
        PLAIN("plain", List.of());

        private final String word;
        private final List<String> options;

        Wire(String word, List<String> options) {
            this.word = word;
            this.options = options;
        }
    }

    private enum Way {
        DOWN("download"),
        UP("upload");

        private final String word;

        Way(String word) {
            this.word = word;
        }
    }

    private static final long BYTES = 1L << 30;
    private static final double MEBIBYTES = 1024;
    private static final List<Integer> SESSIONS = List.of(1, 4, 16);
    private static final int WARM_UP_ROUNDS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Way way;
    private final Wire wire;
    private final int sessions;
    private final Row cpu;
    private final Row rate;

    private Bulk(Way way, Wire wire, int sessions) {
        this.way = way;
        this.wire = wire;
        this.sessions = sessions;
        this.cpu = goal(Row.less(name() + ", processor", "CPU s/GiB"));
        this.rate = Row.more(name() + ", rate", "MiB/s");
    }

    static List<Work> all() {
        List<Work> all = new ArrayList<>();
        for (Wire wire : Wire.values()) {
            for (Way way : Way.values()) {
                for (int sessions : SESSIONS) {
                    all.add(new Bulk(way, wire, sessions));
                }
            }
        }
        return all;
    }

    private Row goal(Row row) {
        if (wire == Wire.PLAIN) {
            return row.goal(way == Way.DOWN ? 0.33 : 0.60);
        }
        return row.goal(way == Way.DOWN ? 0.70 : 1.00);
    }

    @Override
    public String group() {
        return "bulk";
    }

    @Override
    public String name() {
        return "%s %s, %d at once".formatted(way.word, wire.word, sessions);
    }

    @Override
    public int warmUpRounds() {
        return WARM_UP_ROUNDS;
    }

    @Override
    public void prepare(Site site) throws IOException {
        site.file(file(), BYTES / sessions);
    }

    private String file() {
        return "part-of-" + sessions;
    }

    @Override
    public void run(Site site, Running server, Sheet sheet)
            throws IOException, InterruptedException {
        Path curl =
                ExternalClient.find(Tool.CURL)
                        .orElseThrow(() -> new IOException("no curl on PATH"))
                        .program();
        Meter meter = Meter.start(server);
        Clients.run(sessions, client -> move(curl, site, server, client));
        sheet.add(rate, server.name(), MEBIBYTES / meter.seconds());
        sheet.add(cpu, server.name(), meter.cpuSeconds());
        // Or the file system would write them out during the next round.
        site.forgetUploads();
    }

    private void move(Path curl, Site site, Running server, int client) throws IOException {
        List<String> options = new ArrayList<>();
        options.addAll(List.of("-sS", "--cacert", site.chain(keys()).toString()));
        options.addAll(List.of("--user", server.user() + ":" + Site.PASSWORD));
        options.addAll(wire.options);
        String root = "ftp://127.0.0.1:" + server.port() + "/";
        if (way == Way.DOWN) {
            options.addAll(List.of("-o", "/dev/null", root + file()));
        } else {
            String target = root + Site.IN + "/" + client;
            options.addAll(List.of("-T", site.root().resolve(file()).toString(), target));
        }
        ExternalClient.at(curl)
                .within(PATIENCE)
                .run(options.toArray(String[]::new))
                .expectSuccess();
    }
}
