package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.limit.Limits;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.Digests;
import io.sealane.testkit.EarlyEnd;
import io.sealane.testkit.Ending;
import io.sealane.testkit.Fault;
import io.sealane.testkit.FaultProxy;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.ProbeTimeout;
import io.sealane.testkit.RandomBytes;
import io.sealane.testkit.UnexpectedReply;
import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.VirtualPath;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Clients with bad networks, all at once: connections are delayed, chopped up, cut, reset and
/// stalled wherever that happens to be. Whatever comes of the transfers, every file is one that
/// somebody sent whole, and in the end nothing is left of the sessions.
///
/// One act has a fixed number of sessions. `-Dsealane.soak.minutes=30` plays acts for so long,
/// `-Dsealane.soak.seed=N` repeats one.
final class SoakTest {
    private static final int CLIENTS = 6;
    private static final int SESSIONS_EACH = 8;
    private static final int OPERATIONS_EACH_MAX = 5;
    private static final int[] LENGTHS = {0, 1, 1_000, 20_000, 300_000};
    private static final Duration MINUTES =
            Duration.ofMinutes(Integer.getInteger("sealane.soak.minutes", 0));

    /// What a stalled network runs into, on a busy machine nobody else.
    private static final Limits LIMITS =
            new Limits(
                    100,
                    100,
                    100,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(60));

    private static final ProbeClient.Settings SETTINGS =
            ProbeClient.Settings.DEFAULTS.timeout(Duration.ofSeconds(4));

    @Test
    void bad_networks_leave_every_file_whole_and_nothing_behind() throws Exception {
        long deadline = System.nanoTime() + MINUTES.toNanos();
        long seed = Long.getLong("sealane.soak.seed", System.nanoTime());
        do {
            System.out.println("soak: -Dsealane.soak.seed=" + seed);
            play(new Random(seed));
            seed++;
        } while (deadline - System.nanoTime() > 0);
    }

    private static void play(Random random) throws Exception {
        Set<String> sent = ConcurrentHashMap.newKeySet();
        TestServer.Options options =
                TestServer.Options.DEFAULTS.with(Library.BORINGSSL).with(LIMITS);
        try (TestServer server = TestServer.start(options)) {
            everyFile(server).forEach(content -> sent.add(Digests.sha256(content)));
            List<Callable<Void>> clients = new ArrayList<>();
            for (int number = 0; number < CLIENTS; number++) {
                Client client = new Client(server, number, new Random(random.nextLong()), sent);
                clients.add(client::useTheServer);
            }
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Void> client : threads.invokeAll(clients)) {
                    finish(client);
                }
            }
            server.awaitNoSessions();
            assertThat(everyFile(server))
                    .allSatisfy(content -> assertThat(sent).contains(Digests.sha256(content)));
        }
    }

    private static void finish(Future<Void> client) throws Exception {
        try {
            client.get();
        } catch (ExecutionException failed) {
            throw new AssertionError("a client met what no network does", failed.getCause());
        }
    }

    private static List<byte[]> everyFile(TestServer server) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        try (DirectoryReader entries = server.files().storage().list(VirtualPath.ROOT)) {
            for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
                if (entry.isFile()) {
                    contents.add(server.files().content("/" + entry.name()).orElseThrow());
                }
            }
        }
        return contents;
    }

    /// One user of the server. Belongs to one thread.
    private static final class Client {
        private final TestServer server;
        private final int number;
        private final Random random;
        private final Set<String> sent;

        Client(TestServer server, int number, Random random, Set<String> sent) {
            this.server = server;
            this.number = number;
            this.random = random;
            this.sent = sent;
        }

        Void useTheServer() {
            for (int session = 0; session < SESSIONS_EACH; session++) {
                Door door =
                        List.of(Door.PLAIN, Door.EXPLICIT, Door.IMPLICIT).get(random.nextInt(3));
                try {
                    converse(door);
                } catch (IOException | UnexpectedReply | EarlyEnd | ProbeTimeout broken) {
                    // What a bad network does: a session ends somewhere, or a transfer fails.
                }
            }
            return null;
        }

        private void converse(Door door) throws IOException {
            FaultProxy.Builder network =
                    FaultProxy.before(server.address(door))
                            .towardsServer(faults(600, door))
                            .towardsClient(faults(1_500, door));
            try (FaultProxy proxy = network.start();
                    ProbeClient client = member(door, proxy.address())) {
                for (int i = random.nextInt(OPERATIONS_EACH_MAX); i >= 0; i--) {
                    operate(door, client);
                }
                if (random.nextBoolean()) {
                    client.send("QUIT").expect(221);
                }
            }
        }

        private ProbeClient member(Door door, InetSocketAddress address) throws IOException {
            ProbeClient client =
                    door == Door.IMPLICIT
                            ? ProbeClient.implicit(address, SETTINGS)
                            : ProbeClient.connect(address, SETTINGS);
            try {
                client.expect(220);
                if (door == Door.EXPLICIT) {
                    client.startTls();
                }
                client.login(TestServer.USER, TestServer.PASSWORD);
                if (door != Door.PLAIN) {
                    client.protect();
                    client.data(client.plan().protection(DataProtection.SAME_SESSION));
                }
                return client.send("TYPE I").expect(200);
            } catch (IOException | RuntimeException | Error failed) {
                client.close();
                throw failed;
            }
        }

        private void operate(Door door, ProbeClient client) throws IOException {
            switch (random.nextInt(6)) {
                case 0, 1 -> upload(door, client);
                case 2 -> download(door, client, "RETR " + name());
                case 3 -> download(door, client, "MLSD");
                case 4 -> client.send("RNFR " + name()).expect(350).send("RNTO " + name()).read();
                default -> client.send("DELE " + name()).read();
            }
        }

        private void upload(Door door, ProbeClient client) throws IOException {
            byte[] content =
                    new RandomBytes(random.nextLong(), LENGTHS[random.nextInt(LENGTHS.length)])
                            .toArray();
            sent.add(Digests.sha256(content));
            try (FaultProxy proxy = network(door, client);
                    ProbeData data = client.connectData(proxy.address())) {
                client.send("STOR " + name()).expect(150);
                data.write(content).finish(Ending.ORDERLY);
                client.read();
            }
        }

        private void download(Door door, ProbeClient client, String command) throws IOException {
            try (FaultProxy proxy = network(door, client);
                    ProbeData data = client.connectData(proxy.address())) {
                client.send(command).expect(150);
                data.readToEnd();
                data.finish(Ending.ORDERLY);
                client.read();
            }
        }

        private FaultProxy network(Door door, ProbeClient client) throws IOException {
            return FaultProxy.before(client.passiveAddress(client.send("EPSV").expect(229).reply()))
                    .towardsServer(faults(30_000, door))
                    .towardsClient(faults(30_000, door))
                    .start();
        }

        /// In the clear a FIN is an end like any other, and nobody can tell that it came from the
        /// middle of the way: there only TLS keeps files whole.
        private Fault[] faults(int octets, Door door) {
            long after = random.nextInt(octets);
            return switch (random.nextInt(14)) {
                case 0 -> new Fault[] {new Fault.Delay(Duration.ofMillis(3))};
                case 1 -> new Fault[] {new Fault.ChunkTo(1 + random.nextInt(900))};
                case 2 -> new Fault[] {new Fault.OneByteSegments(), new Fault.ResetAfter(after)};
                case 3 -> new Fault[] {new Fault.ResetAfter(after)};
                case 4 ->
                        door == Door.PLAIN
                                ? new Fault[] {new Fault.ResetAfter(after)}
                                : new Fault[] {new Fault.CutAfter(after)};
                case 5 ->
                        door != Door.PLAIN && random.nextInt(4) == 0
                                ? new Fault[] {new Fault.StallAfter(after)}
                                : new Fault[] {};
                default -> new Fault[] {};
            };
        }

        /// Each has a few names of its own; others may take them away.
        private String name() {
            return "file-" + random.nextInt(CLIENTS) + "-" + (number + random.nextInt(2));
        }
    }
}
