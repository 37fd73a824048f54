package io.sealane.bench;

import io.sealane.bench.server.Contender;
import io.sealane.bench.server.Running;
import io.sealane.bench.server.Site;
import io.sealane.bench.server.Site.Keys;
import io.sealane.bench.work.Sheet;
import io.sealane.bench.work.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./dev bench`: runs each work with each server in turn, round by round, so that what the machine
/// does besides meets all of them alike; then writes the table, the raw values and a plot.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Sealane beside other FTP servers, on this machine's loopback; as root.")
final class Bench implements Callable<Integer> {
    private static final int ROUNDS = 5;
    private static final int REASON_CHARACTERS_MAX = 300;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds that count, of which the median is taken (default: 5).")
    private int rounds = ROUNDS;

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "NAME",
            description = "Beginnings of the servers' names (default: all).")
    private List<String> servers = List.of();

    @Option(
            names = "--work",
            split = ",",
            paramLabel = "GROUP",
            description =
                    "bulk, small, logins, listings, large-listings, start-up, idle, many-idle"
                            + " (default: all).")
    private List<String> groups = List.of();

    @Option(
            names = "--site",
            paramLabel = "FOLDER",
            description =
                    "Where the folder with the served files is made (default: /var/tmp). What its"
                            + " file system takes to make a file is in every server's figures.")
    private Path siteFolder = Path.of("/var/tmp");

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "${sys:sealane.home}/bench/target/results",
            description =
                    "Where table.md, results.json and plot.svg go (default: bench/target/results).")
    private Path out = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Sheet sheet = new Sheet();

    /// All servers that run.
    private final Set<Running> open = ConcurrentHashMap.newKeySet();

    /// Those of them that run from their first work on.
    private final Map<String, Running> standing = new LinkedHashMap<>();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Contender> contenders =
                Contender.all().stream().filter(one -> chosen(one.name())).toList();
        Site site = Site.create(siteFolder);
        // Servers and gigabytes are not to be left behind by an interrupt, either.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(site)));
        for (Work work : Work.all()) {
            if (groups.isEmpty() || groups.contains(work.group())) {
                measure(work, site, contenders);
                write(contenders);
            }
        }
        spec.commandLine().getOut().print(Files.readString(out.resolve("table.md")));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    private void cleanUp(Site site) {
        try {
            for (Running server : List.copyOf(open)) {
                server.close();
            }
            site.close();
        } catch (IOException failed) {
            say("left behind: " + failed);
        }
    }

    private boolean chosen(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return servers.isEmpty()
                || servers.stream()
                        .anyMatch(wanted -> lower.startsWith(wanted.toLowerCase(Locale.ROOT)));
    }

    private void measure(Work work, Site site, List<Contender> contenders)
            throws IOException, InterruptedException {
        say(work.name());
        work.prepare(site);
        Map<String, Contender> able = new LinkedHashMap<>();
        contenders.forEach(one -> able.put(one.name(), one));
        int last = work.warmUpRounds() + work.rounds(rounds);
        for (int round = 0; round < last; round++) {
            Sheet target = round < work.warmUpRounds() ? new Sheet() : sheet;
            for (Contender contender : List.copyOf(able.values())) {
                try {
                    round(work, site, contender, target);
                } catch (IOException | RuntimeException | AssertionError failed) {
                    able.remove(contender.name());
                    sheet.fail(work.name(), contender.name(), reason(failed));
                    say("  " + contender.name() + ": " + reason(failed));
                }
            }
        }
    }

    /// The beginning of what was said: a failed client shows its whole conversation.
    private static String reason(Throwable failed) {
        String words = String.valueOf(failed.getMessage()).replaceAll("\\s+", " ").strip();
        return words.substring(0, Math.min(words.length(), REASON_CHARACTERS_MAX));
    }

    private void round(Work work, Site site, Contender contender, Sheet target)
            throws IOException, InterruptedException {
        if (work.wantsFreshServer()) {
            Running server = start(site, contender, work.keys());
            try (server) {
                work.run(site, server, target);
            } finally {
                open.remove(server);
            }
        } else {
            work.run(site, standing(site, contender, work.keys()), target);
        }
    }

    private Running standing(Site site, Contender contender, Keys keys)
            throws IOException, InterruptedException {
        String key = contender.name() + " " + keys;
        Running running = standing.get(key);
        if (running == null) {
            running = start(site, contender, keys);
            standing.put(key, running);
        }
        return running;
    }

    private Running start(Site site, Contender contender, Keys keys)
            throws IOException, InterruptedException {
        Running running = contender.start(site, keys);
        open.add(running);
        return running;
    }

    /// After each work, so that a run that is ended early leaves what it has.
    private void write(List<Contender> contenders) throws IOException {
        List<String> names = contenders.stream().map(Contender::name).toList();
        Files.createDirectories(out);
        Files.writeString(out.resolve("table.md"), new Table(sheet, names).toString());
        Files.writeString(out.resolve("results.json"), RawResults.of(sheet));
        Files.writeString(out.resolve("plot.svg"), new Plot(sheet, names).toString());
    }
}
