package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.Exercise.Feature;
import io.sealane.conformance.clients.Route.DataWay;
import io.sealane.testkit.Ending;
import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Run;
import io.sealane.testkit.ExternalClient.Tool;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.RandomBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Needs(Tool.LFTP)
@ExtendWith(SharedServer.class)
@Timeout(120)
final class LftpTest {
    @TempDir private Path folder;

    /// Interop: lftp 4.9.2 on loopback offers `EPRT |2|::|`, which is nowhere to connect to.
    static Stream<Route> routes() {
        return Route.all()
                .filter(route -> !(route.family() == Family.IPV6 && route.way() == DataWay.ACTIVE));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void lftp_does_it_all(Route route, PackagedServer server) throws Exception {
        exercise(route, server, folder);
    }

    /// Does the whole exercise on one route.
    ///
    /// Interop: lftp 4.9.2 ends the connection of an empty upload by TLS as soon as it sees the
    /// 150, often before its own handshake is over (lftp issue 420); it repeats what it is told has
    /// failed, now and then until it gives up.
    static void exercise(Route route, PackagedServer server, Path folder) throws IOException {
        Exercise exercise =
                route.byTls()
                        ? Exercise.prepare(server, folder, Feature.EMPTY_UPLOAD)
                        : Exercise.prepare(server, folder);
        List<String> commands = new ArrayList<>(List.of("cd " + exercise.remote()));
        exercise.uploaded().forEach(name -> commands.add("put \"" + name + "\""));
        commands.addAll(List.of("cls -1", "echo ---", "nlist", "echo ---", "ls", "echo ---"));
        exercise.downloaded()
                .forEach(name -> commands.add("get \"%s\" -o \"%s.back\"".formatted(name, name)));
        commands.addAll(
                List.of(
                        "put -c " + Exercise.RESUMED_UP,
                        "get -c " + Exercise.RESUMED_DOWN,
                        "mv " + Exercise.SMALL + " " + Exercise.RENAMED,
                        "rm " + Exercise.EMPTY,
                        "mkdir " + Exercise.KEPT_FOLDER,
                        "mkdir " + Exercise.GONE_FOLDER,
                        "rmdir " + Exercise.GONE_FOLDER));
        String[] listings = run(folder, server, route, commands).output().split("---");
        exercise.verifyListing(listings[0]);
        exercise.verifyListing(listings[1]);
        exercise.verifyListing(listings[2]);
        exercise.verify(route);
        assertThat(server.moved("/" + exercise.remote()))
                .allMatch(line -> line.resumed() == route.byTls());
    }

    /// Without a second attempt, where the listener takes an upload that ends so for one of
    /// nothing.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLEAR")
    void an_upload_of_nothing_is_one(Protection protection, PackagedServer server)
            throws Exception {
        String remote = server.newFolder("nothing");
        Files.createFile(folder.resolve("empty.bin"));
        List<String> commands = new ArrayList<>(List.of("cd " + remote));
        for (int i = 0; i < 20; i++) {
            commands.add("put empty.bin -o " + i);
        }
        run(folder, server, new Route(Mode.LOOSE, protection), commands);
        assertThat(server.awaitMoved("/" + remote, 20)).hasSize(20).allMatch(MovedLine::isComplete);
        for (int i = 0; i < 20; i++) {
            assertThat(server.home().resolve(remote, Integer.toString(i))).isEmptyFile();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLEAR")
    void a_hundred_transfers_of_one_session_all_resume(Protection protection, PackagedServer server)
            throws Exception {
        String remote = server.newFolder("hundred");
        List<String> commands = new ArrayList<>(List.of("cd " + remote));
        Content.write(folder.resolve("small.bin"), new RandomBytes(1, 4096));
        for (int i = 0; i < 50; i++) {
            commands.add("put small.bin -o " + i);
            commands.add("get %d -o %d.back".formatted(i, i));
        }
        run(folder, server, new Route(Mode.BOUND, protection), commands);
        List<MovedLine> moved = server.awaitMoved("/" + remote, 100);
        assertThat(moved)
                .hasSizeGreaterThanOrEqualTo(100)
                .allMatch(MovedLine::isComplete)
                .allMatch(MovedLine::resumed)
                .allMatch(line -> line.protection().startsWith(protection.inLog()));
        assertThat(moved.stream().map(MovedLine::session).distinct()).hasSize(1);
    }

    /// Interop: lftp 4.9.2 has forgotten the control connection's session by then, and resumes
    /// none.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLEAR")
    void every_transfer_behind_ccc_is_protected(Protection protection, PackagedServer server)
            throws Exception {
        String remote = server.newFolder("ccc");
        long before = server.cleared();
        List<String> commands = new ArrayList<>(List.of("set ftp:ssl-use-ccc yes", "cd " + remote));
        Content.write(folder.resolve("small.bin"), new RandomBytes(1, 4096));
        for (int i = 0; i < 10; i++) {
            commands.add("put small.bin -o " + i);
            commands.add("get %d -o %d.back".formatted(i, i));
        }
        run(folder, server, new Route(Mode.LOOSE, protection), commands);
        List<MovedLine> moved = server.awaitMoved("/" + remote, 20);
        assertThat(moved)
                .hasSizeGreaterThanOrEqualTo(20)
                .allMatch(MovedLine::isComplete)
                .allMatch(line -> line.protection().startsWith(protection.inLog()));
        assertThat(moved.stream().map(MovedLine::session).distinct()).hasSize(1);
        assertThat(server.cleared()).isEqualTo(before + 1);
    }

    /// Interop: when a connection breaks lftp asks SIZE how much of its file is there, also where
    /// it was to replace another.
    @ParameterizedTest
    @ValueSource(ints = {5_000, 60_000, 200_000})
    void behind_a_broken_replacement_a_file_is_sent_anew(int oldLength, PackagedServer server)
            throws Exception {
        RandomBytes content = new RandomBytes(2, 100_000);
        Content.write(folder.resolve("new.bin"), content);
        String remote = server.newFolder("replaced");
        Path stored = server.home().resolve(remote, "new.bin");
        Content.write(stored, new RandomBytes(1, oldLength));
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port(Mode.PLAIN));
        try (ProbeClient client = ProbeClient.connect(address).expect(220)) {
            client.login(PackagedServer.USER, PackagedServer.PASSWORD).send("TYPE I").expect(200);
            try (ProbeData data = client.openData()) {
                client.send("STOR " + remote + "/new.bin").expect(150);
                data.write(Arrays.copyOf(content.toArray(), 30_000)).finish(Ending.RESET);
                client.expect(426);
            }
        }
        run(
                folder,
                server,
                new Route(Mode.PLAIN, Protection.CLEAR),
                List.of("cd " + remote, "put -c new.bin"));
        Content.assertSame(stored, content);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"EXPLICIT", "IMPLICIT", "PLAIN"})
    void a_mirror_is_complete_and_a_second_one_moves_nothing(Mode mode, PackagedServer server)
            throws Exception {
        Protection protection = mode == Mode.PLAIN ? Protection.CLEAR : Protection.TLS_1_3;
        Route route = new Route(mode, protection);
        String remote = server.newFolder("mirror");
        Tree.write(folder.resolve("tree"));
        List<String> up = List.of("mirror --reverse --parallel=10 tree " + remote);
        List<String> down = List.of("mirror --parallel=10 " + remote + " back");
        run(folder, server, route, up);
        run(folder, server, route, down);
        List<MovedLine> first = server.awaitMovedFiles("/" + remote, 2 * Tree.FILES);
        assertThat(first).hasSize(2 * Tree.FILES).allMatch(MovedLine::isComplete);
        run(folder, server, route, up);
        run(folder, server, route, down);
        assertThat(server.movedFiles("/" + remote)).hasSameSizeAs(first);
        Tree.assertSame(folder.resolve("tree"), server.home().resolve(remote));
        Tree.assertSame(folder.resolve("tree"), folder.resolve("back"));
    }

    private static Run run(Path folder, PackagedServer server, Route route, List<String> commands)
            throws IOException {
        List<String> script = new ArrayList<>(settings(server, route));
        script.addAll(commands);
        Path file = Files.write(folder.resolve("commands.lftp"), script);
        return ExternalClient.find(Tool.LFTP)
                .orElseThrow()
                .in(folder)
                .within(Duration.ofSeconds(60))
                .run("-f", file.toString())
                .expectSuccess();
    }

    private static List<String> settings(PackagedServer server, Route route) {
        String scheme =
                switch (route.mode().opening()) {
                    case CLEAR, UPGRADED -> "ftp";
                    case TLS_FIRST -> "ftps";
                };
        String versions =
                switch (route.protection()) {
                    case CLEAR, TLS_1_3 -> "NORMAL:-VERS-ALL:+VERS-TLS1.3";
                    case TLS_1_2 -> "NORMAL:-VERS-ALL:+VERS-TLS1.2";
                };
        return List.of(
                "set cmd:fail-exit yes",
                "set net:max-retries 1",
                "set net:timeout 20",
                "set ftp:ssl-allow " + route.byTls(),
                "set ftp:ssl-force " + route.byTls(),
                "set ftp:ssl-protect-data " + route.byTls(),
                "set ftp:passive-mode " + (route.way() == DataWay.PASSIVE),
                "set ssl:ca-file \"" + server.certificate() + '"',
                "set ssl:priority " + versions,
                "open -u %s,%s -p %d %s://%s"
                        .formatted(
                                PackagedServer.USER,
                                PackagedServer.PASSWORD,
                                server.port(route.mode()),
                                scheme,
                                route.family().inUrl()));
    }
}
