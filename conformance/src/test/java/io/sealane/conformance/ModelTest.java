package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.model.Place;
import io.sealane.conformance.model.Play;
import io.sealane.core.limit.Limits;
import io.sealane.core.wire.Verb;
import io.sealane.testkit.ProbeClient;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.local.LocalStorage;
import io.sealane.vfs.local.LocalStorageOptions;
import io.sealane.vfs.local.LocalStorageOptions.Durability;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random sessions against the model of `io.sealane.conformance.model`: every command has its one
/// final reply, a transfer one preliminary reply at most, and the files are what the replies say,
/// whatever breaks in between. The seeds are printed; `-Dsealane.model.seed=N` repeats one, and
/// `-Dsealane.model.steps=N` makes plays longer.
final class ModelTest {
    private static final long FIXED_SEED = 20_261_201;
    private static final long SEED = Long.getLong("sealane.model.seed", System.nanoTime());
    private static final int STEPS = Integer.getInteger("sealane.model.steps", 100);

    /// Nothing but a fault shall run into a limit, on a busy machine neither.
    private static final Duration AMPLE = Duration.ofSeconds(60);

    /// Expires now and then before the client connects, which the model takes into account.
    private static final Duration SHORT_DATA_CONNECT = Duration.ofMillis(100);

    private static final byte[] LARGE = new byte[12 << 20];

    enum StoreKind {
        MEMORY,
        LOCAL
    }

    /// A server, and how a play uses it.
    enum Setting {
        PLAIN(Place.PLAIN, Library.JSSE, StoreKind.MEMORY),
        PLAIN_IN_HASTE(Place.PLAIN, Library.JSSE, StoreKind.MEMORY),
        PLAIN_ON_DISK(Place.PLAIN, Library.JSSE, StoreKind.LOCAL),
        EXPLICIT(Place.EXPLICIT, Library.BORINGSSL, StoreKind.LOCAL),
        EXPLICIT_OPTIONAL(Place.EXPLICIT_OPTIONAL, Library.BORINGSSL, StoreKind.MEMORY),
        EXPLICIT_BY_JSSE(Place.EXPLICIT, Library.JSSE, StoreKind.MEMORY),
        IMPLICIT(Place.IMPLICIT, Library.BORINGSSL, StoreKind.MEMORY),
        IMPLICIT_BY_JSSE(Place.IMPLICIT_OPTIONAL, Library.JSSE, StoreKind.LOCAL);

        private final Place place;
        private final Library library;
        private final StoreKind store;

        Setting(Place place, Library library, StoreKind store) {
            this.place = place;
            this.library = library;
            this.store = store;
        }
    }

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void sessions_go_as_the_model_says(Setting setting) throws IOException {
        play(setting, FIXED_SEED, STEPS, folder);
        play(setting, SEED, STEPS, folder);
    }

    @Test
    void every_verb_is_in_the_model_or_left_out_for_a_reason() {
        String beside =
                "its replies may come behind those of later lines, and its work is another test's";
        String table = "its replies hang on what is configured, and have a table of their own";
        Map<String, String> leftOut =
                Map.ofEntries(
                        Map.entry("RANG", "what it leaves behind is REST's as well, and HASH's"),
                        Map.entry("HASH", beside),
                        Map.entry("MD5", beside),
                        Map.entry("MMD5", beside),
                        Map.entry("COMB", beside),
                        Map.entry("DSIZ", beside),
                        Map.entry("RMDA", beside),
                        Map.entry("ADAT", table),
                        Map.entry("MIC", table),
                        Map.entry("CONF", table),
                        Map.entry("ENC", table),
                        Map.entry("CPSV", table),
                        Map.entry("SSCN", table),
                        Map.entry("HOST", table));
        assertThat(Arrays.stream(Verb.values()).map(Verb::name))
                .allSatisfy(verb ->
                        assertThat(Play.verbs().contains(verb))
                                .as(verb)
                                .isNotEqualTo(leftOut.containsKey(verb)));
    }

    private static void play(Setting setting, long seed, int steps, Path folder)
            throws IOException {
        System.out.println("model: " + setting + " -Dsealane.model.seed=" + seed);
        new Play(() -> new Served(setting, folder), seed, steps).run();
    }

    /// A server of one play.
    private static final class Served implements Play.Performance {
        private final Setting setting;
        private final TestServer server;

        Served(Setting setting, Path folder) throws IOException {
            this.setting = setting;
            setting.library.provider(); // Loading it takes seconds on a busy machine.
            Limits patient =
                    TestServer.handshake(
                            TestServer.dataConnect(
                                    TestServer.LIMITS,
                                    setting == Setting.PLAIN_IN_HASTE ? SHORT_DATA_CONNECT : AMPLE),
                            AMPLE);
            this.server = TestServer.start(TestServer.limited(_ -> patient).with(setting.library));
            server.give(TestServer.USER, files(setting, folder).put("/large.bin", LARGE));
        }

        private static TestFiles files(Setting setting, Path folder) throws IOException {
            return switch (setting.store) {
                case MEMORY -> TestFiles.fresh(() -> TestServer.NOW);
                case LOCAL -> TestFiles.in(local(Files.createTempDirectory(folder, "play")));
            };
        }

        private static Storage local(Path root) throws StorageException {
            return LocalStorage.open(
                    root,
                    LocalStorageOptions.ownedBy(TestServer.USER).withDurability(Durability.FLUSH));
        }

        @Override
        public Place place() {
            return setting.place;
        }

        @Override
        public InetSocketAddress address() {
            return server.address(Door.valueOf(setting.place.name()));
        }

        @Override
        public ProbeClient.Settings settings() {
            return ProbeClient.Settings.DEFAULTS.timeout(AMPLE);
        }

        @Override
        public String user() {
            return TestServer.USER;
        }

        @Override
        public String password() {
            return TestServer.PASSWORD;
        }

        @Override
        public Storage storage() {
            return server.files().storage();
        }

        @Override
        public boolean offersMayExpire() {
            return setting == Setting.PLAIN_IN_HASTE;
        }

        @Override
        public void awaitNoSessions() {
            server.awaitNoSessions();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
