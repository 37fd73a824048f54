package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.Ftplib.Sessions;
import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.ExternalClient.Tool;
import io.sealane.testkit.RandomBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is left when one of the two ends in the middle of a transfer.
@ExtendWith(SharedServer.class)
@Timeout(90)
final class KilledTest {
    private static final RandomBytes CONTENT = new RandomBytes(7, 24L << 20);
    private static final RandomBytes OLD = new RandomBytes(8, 50_000);
    private static final long MIDWAY = 4L << 20;
    private static final String RATE_MIDWAY = "4M";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /// What a drain of one second, the end of the transfers and of the JVM may take together.
    private static final Duration END_PATIENCE = Duration.ofSeconds(8);

    @TempDir private Path folder;

    static Stream<Route> routes() {
        return Stream.of(
                new Route(Mode.EXPLICIT, Protection.TLS_1_3),
                new Route(Mode.IMPLICIT, Protection.TLS_1_2),
                new Route(Mode.PLAIN, Protection.CLEAR));
    }

    @ParameterizedTest
    @MethodSource("routes")
    @Needs(Tool.CURL)
    void a_killed_upload_is_never_visible_and_can_be_resumed(Route route, PackagedServer server)
            throws Exception {
        String remote = server.newFolder("killed");
        Path stored = server.home().resolve(remote);
        Content.write(folder.resolve("new.bin"), CONTENT);
        Curl curl = new Curl(server, route, folder);
        killMidway(curl, remote, stored);
        server.awaitMoved("/" + remote + "/new.bin", 1);
        assertThat(stored.resolve("new.bin")).doesNotExist();
        assertThat(curl.run("--list-only", curl.url(remote, "")).output()).isBlank();
        String target = curl.url(remote, "new.bin");
        curl.run("--continue-at", "-", "--upload-file", "new.bin", target);
        Content.assertSame(stored.resolve("new.bin"), CONTENT);
        assertThat(server.awaitMoved("/" + remote + "/new.bin", 2).getLast().bytes())
                .as("the rest alone is moved")
                .isLessThanOrEqualTo(CONTENT.length() - MIDWAY / 2);
        assertThat(names(stored)).containsExactly("new.bin");
    }

    @ParameterizedTest
    @MethodSource("routes")
    @Needs(Tool.CURL)
    void a_killed_upload_leaves_the_old_file(Route route, PackagedServer server) throws Exception {
        String remote = server.newFolder("killed");
        Path stored = server.home().resolve(remote);
        Content.write(folder.resolve("new.bin"), CONTENT);
        Content.write(stored.resolve("new.bin"), OLD);
        Curl curl = new Curl(server, route, folder);
        killMidway(curl, remote, stored);
        server.awaitMoved("/" + remote + "/new.bin", 1);
        Content.assertSame(stored.resolve("new.bin"), OLD);
        assertThat(curl.run("--list-only", curl.url(remote, "")).output().lines())
                .containsExactly("new.bin");
        String target = curl.url(remote, "new.bin");
        curl.run("--output", "old.bin", target);
        Content.assertSame(folder.resolve("old.bin"), OLD);
        curl.run("--continue-at", "-", "--upload-file", "new.bin", target);
        Content.assertSame(stored.resolve("new.bin"), CONTENT);
    }

    @Test
    @Needs(Tool.CURL)
    void a_killed_server_leaves_the_old_file_and_no_stale_names() throws Exception {
        Route route = new Route(Mode.EXPLICIT, Protection.TLS_1_3);
        Path place = Files.createDirectory(folder.resolve("server"));
        killServerMidway(route, place, Optional.of(OLD));
        try (PackagedServer second = PackagedServer.start(place, Settings.standard())) {
            Path stored = second.home().resolve("kept");
            Curl curl = new Curl(second, route, folder);
            Content.assertSame(stored.resolve("new.bin"), OLD);
            String url = curl.url("kept", "");
            assertThat(curl.run("--list-only", url).output().lines()).containsExactly("new.bin");
            assertThat(curl.run(url).output().lines()).hasSize(1);
            assertThat(curl.run("--request", "MLSD", url).output()).doesNotContain(".sealane-");
            String target = curl.url("kept", "new.bin");
            curl.run("--continue-at", "-", "--upload-file", "new.bin", target);
            Content.assertSame(stored.resolve("new.bin"), CONTENT);
            assertThat(names(stored)).containsExactly("new.bin");
        }
    }

    @Test
    @Needs(Tool.CURL)
    void an_upload_to_a_killed_server_can_be_resumed() throws Exception {
        Route route = new Route(Mode.EXPLICIT, Protection.TLS_1_3);
        Path place = Files.createDirectory(folder.resolve("server"));
        killServerMidway(route, place, Optional.empty());
        try (PackagedServer second = PackagedServer.start(place, Settings.standard())) {
            Path stored = second.home().resolve("kept");
            Curl curl = new Curl(second, route, folder);
            String target = curl.url("kept", "new.bin");
            curl.run("--continue-at", "-", "--upload-file", "new.bin", target);
            Content.assertSame(stored.resolve("new.bin"), CONTENT);
            assertThat(second.awaitMoved("/kept/new.bin", 1).getLast().bytes())
                    .as("the rest alone is moved")
                    .isLessThanOrEqualTo(CONTENT.length() - MIDWAY);
            assertThat(names(stored)).containsExactly("new.bin");
        }
    }

    @Test
    @Needs(Tool.PYTHON)
    void a_server_told_to_end_lets_quick_transfers_finish_and_breaks_off_others() throws Exception {
        Path place = Files.createDirectory(folder.resolve("server"));
        try (PackagedServer server =
                PackagedServer.start(place, Settings.standard().limits("drain: 1s"))) {
            Path stored = Files.createDirectory(server.home().resolve("ending"));
            Content.write(stored.resolve("large.bin"), CONTENT);
            try (Dialog quick = Dialog.start(folder, commandOf(server, "reads-on"));
                    Dialog slow = Dialog.start(folder, commandOf(server, "stalls"))) {
                quick.await("midway");
                slow.await("midway");
                long asked = System.nanoTime();
                server.askToEnd();
                assertThat(server.awaitExit(END_PATIENCE)).isZero();
                assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(END_PATIENCE);
                assertThat(quick.awaitEnd())
                        .containsPattern("idle: \\['421 .*', 'close_notify'\\]")
                        .containsPattern("busy: \\['226 .*', '421 .*', 'close_notify'\\]")
                        .contains("bytes: " + CONTENT.length());
                assertThat(slow.awaitEnd())
                        .containsPattern("idle: \\['421 .*', 'close_notify'\\]")
                        .containsPattern("busy: \\['426 .*', '421 .*', 'close_notify'\\]");
            }
        }
    }

    private static List<String> commandOf(PackagedServer server, String how) {
        Route route = new Route(Mode.EXPLICIT, Protection.TLS_1_3);
        return new Ftplib(server, route, Sessions.REUSED, "ending")
                .commandLine("ftplib_server_ends.py", how);
    }

    private void killMidway(Curl curl, String remote, Path stored) throws Exception {
        try (Dialog upload = startUpload(curl, remote)) {
            awaitMidway(stored);
            upload.kill();
        }
    }

    /// Kills a server at `place` that receives `new.bin` in its folder `kept`.
    private void killServerMidway(Route route, Path place, Optional<RandomBytes> old)
            throws Exception {
        Content.write(folder.resolve("new.bin"), CONTENT);
        try (PackagedServer server = PackagedServer.start(place, Settings.standard())) {
            Path stored = Files.createDirectory(server.home().resolve("kept"));
            if (old.isPresent()) {
                Content.write(stored.resolve("new.bin"), old.get());
            }
            try (Dialog upload = startUpload(new Curl(server, route, folder), "kept")) {
                awaitMidway(stored);
                server.kill();
                upload.awaitEnd();
            }
        }
    }

    private Dialog startUpload(Curl curl, String remote) throws IOException {
        return Dialog.start(
                folder,
                curl.commandLine(
                        "--limit-rate",
                        RATE_MIDWAY,
                        "--upload-file",
                        "new.bin",
                        curl.url(remote, "new.bin")));
    }

    /// Until the hidden file of an upload holds some of it.
    private static void awaitMidway(Path stored) throws IOException {
        Await.until(
                "an upload of " + MIDWAY + " bytes in " + stored,
                PATIENCE,
                () -> {
                    try (Stream<Path> files = Files.list(stored)) {
                        return files.anyMatch(file ->
                                file.getFileName().toString().startsWith(".")
                                        && file.toFile().length() >= MIDWAY);
                    }
                });
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
