package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.DataMode;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.Ending;
import io.sealane.testkit.LeakCheck;
import io.sealane.testkit.LeakCheck.Resource;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that are gone after each step of a conversation, by FIN, by RST and without a word: once
/// the limits have passed, the server holds nothing of them.
@Timeout(120)
final class VanishedClientsTest {
    private static final String LIMITS =
            "idle: 3s, login: 3s, handshake: 2s, stall: 2s, data-connect: 2s, linger: 1s,"
                    + " sessions-per-user: 1000, sessions-per-address: 1000";

    /// The sum of the limits that one client can run into, and some more.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long LARGE_BYTES = 64L << 20;
    private static final byte[] SOME_BYTES = new byte[100_000];

    @TempDir private Path folder;

    /// What a client does next.
    @FunctionalInterface
    private interface Step {
        void take(Victim victim) throws IOException;
    }

    /// A client and its data connection.
    private static final class Victim implements AutoCloseable {
        private final ProbeClient control;
        private final List<ProbeData> data = new ArrayList<>();

        Victim(ProbeClient control) {
            this.control = control;
        }

        ProbeData data() {
            return data.getLast();
        }

        void vanish(Ending ending) throws IOException {
            for (ProbeData connection : data) {
                end(connection, ending);
            }
            control.stream().finish(ending);
        }

        /// One that listens still, in active mode, has no connection to end.
        private static void end(ProbeData connection, Ending ending) throws IOException {
            if (connection.remoteAddress().isPresent()) {
                connection.finish(ending);
            }
        }

        @Override
        public void close() throws IOException {
            for (ProbeData connection : data) {
                connection.close();
            }
            control.close();
        }
    }

    /// A whole conversation, and the listener it is held with.
    private record Script(Mode mode, List<Step> steps) {}

    @Test
    void nothing_is_held_for_clients_that_are_gone() throws Exception {
        try (PackagedServer server =
                PackagedServer.start(folder, Settings.standard().limits(LIMITS))) {
            try (RandomAccessFile large =
                    new RandomAccessFile(server.home().resolve("large").toFile(), "rw")) {
                large.setLength(LARGE_BYTES);
            }
            LeakCheck leaks =
                    LeakCheck.ofProcess(server.pid())
                            .watching(
                                    Resource.FILES,
                                    Resource.LISTENING_PORTS,
                                    Resource.VIRTUAL_THREADS);
            leaks.snapshot(); // What the first look opens is there from now on,
            close(letVanish(server)); // and what the JVM opens for the first connections.
            LeakCheck.Snapshot before = leaks.snapshot();
            List<Victim> silent = letVanish(server);
            leaks.assertBackTo(before, PATIENCE);
            close(silent);
            assertThat(server.defects()).isEmpty();
            try (var names = Files.list(server.home())) {
                assertThat(names.map(name -> name.getFileName().toString()))
                        .filteredOn(name -> !name.startsWith(".sealane-"))
                        // In the clear a FIN may be the end of a file; by TLS it never is.
                        .isSubsetOf("large", "whole");
            }
        }
    }

    private static void close(List<Victim> victims) throws IOException {
        for (Victim victim : victims) {
            victim.close();
        }
    }

    /// @return the clients that are still connected
    private static List<Victim> letVanish(PackagedServer server) throws IOException {
        List<Victim> silent = new ArrayList<>();
        for (Script script : scripts()) {
            for (int taken = 0; taken <= script.steps().size(); taken++) {
                for (Ending ending : List.of(Ending.FIN, Ending.RESET, Ending.NONE)) {
                    Victim victim = new Victim(connect(server, script.mode()));
                    for (Step step : script.steps().subList(0, taken)) {
                        step.take(victim);
                    }
                    victim.vanish(ending);
                    if (ending == Ending.NONE) {
                        silent.add(victim);
                    } else {
                        victim.close();
                    }
                }
            }
        }
        return silent;
    }

    private static ProbeClient connect(PackagedServer server, Mode mode) throws IOException {
        return ProbeClient.connect(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port(mode)));
    }

    private static List<Script> scripts() {
        return List.of(
                new Script(Mode.PLAIN, script(inTheClear(), upload("STOR whole", DataMode.PASV))),
                new Script(Mode.PLAIN, script(inTheClear(), download(DataMode.PORT))),
                new Script(Mode.EXPLICIT, script(upgraded(), upload("STOR never", DataMode.EPSV))),
                new Script(Mode.EXPLICIT, script(upgraded(), download(DataMode.EPRT))),
                new Script(Mode.IMPLICIT, script(byTlsAtOnce(), download(DataMode.EPSV))));
    }

    private static List<Step> script(List<Step> first, List<Step> then) {
        List<Step> steps = new ArrayList<>(first);
        steps.addAll(then);
        return List.copyOf(steps);
    }

    private static List<Step> inTheClear() {
        return List.of(
                victim -> victim.control.expect(220),
                victim -> victim.control.sendRaw("NO".getBytes(StandardCharsets.US_ASCII)),
                victim -> victim.control.send("OP").expect(200),
                victim -> victim.control.send("USER " + PackagedServer.USER).expect(331),
                victim -> victim.control.send("PASS " + PackagedServer.PASSWORD).expect(230));
    }

    private static List<Step> upgraded() {
        return List.of(
                victim -> victim.control.expect(220),
                victim -> victim.control.send("AUTH TLS").expect(234),
                victim -> victim.control.secure(),
                victim -> victim.control.login(PackagedServer.USER, PackagedServer.PASSWORD),
                victim -> victim.control.protect());
    }

    private static List<Step> byTlsAtOnce() {
        return List.of(
                victim -> victim.control.secure(),
                victim -> victim.control.expect(220),
                victim -> victim.control.login(PackagedServer.USER, PackagedServer.PASSWORD),
                victim ->
                        victim.control.data(
                                victim.control.plan().protection(DataProtection.SAME_SESSION)));
    }

    private static List<Step> upload(String command, DataMode mode) {
        return List.of(
                victim -> victim.control.data(victim.control.plan().mode(mode)),
                victim -> victim.data.add(victim.control.openData()),
                victim -> victim.control.send(command),
                victim -> victim.data().establish(),
                victim -> victim.control.expect(150),
                victim -> victim.data().write(SOME_BYTES));
    }

    private static List<Step> download(DataMode mode) {
        return List.of(
                victim -> victim.control.data(victim.control.plan().mode(mode)),
                victim -> victim.data.add(victim.control.openData()),
                victim -> victim.control.send("RETR large"),
                victim -> victim.data().establish(),
                victim -> victim.control.expect(150),
                victim ->
                        victim.data()
                                .establish()
                                .read(new byte[SOME_BYTES.length], Duration.ofSeconds(5)));
    }
}
