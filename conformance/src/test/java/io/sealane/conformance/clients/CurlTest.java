package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.Route.DataWay;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Needs(Tool.CURL)
@ExtendWith(SharedServer.class)
@Timeout(120)
final class CurlTest {
    @TempDir private Path folder;

    /// Interop: curl 7.88 speaks no TLS on active data connections, so those are left out.
    static Stream<Route> routes() {
        return Route.ofFixedModes()
                .filter(route -> !(route.byTls() && route.way() == DataWay.ACTIVE));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void curl_does_it_all(Route route, PackagedServer server) throws Exception {
        exercise(route, server, folder);
    }

    /// Does the whole exercise on one route.
    static void exercise(Route route, PackagedServer server, Path folder) throws IOException {
        Exercise exercise = Exercise.prepare(server, folder);
        Curl curl = new Curl(server, route, folder);
        upload(curl, exercise);
        list(curl, exercise);
        download(curl, exercise);
        resume(curl, exercise);
        change(curl, exercise);
        exercise.verify(route);
        assertThat(server.moved("/" + exercise.remote()))
                .allMatch(line -> line.resumed() == route.byTls());
    }

    /// Interop: curl with OpenSSL offers a TLS 1.3 ticket once (RFC 8446 appendix C.4), and keeps
    /// only the newest: it needs a fresh one on the control connection for each transfer.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLEAR")
    void every_transfer_of_a_session_resumes(Protection protection, PackagedServer server)
            throws Exception {
        Exercise exercise = Exercise.prepare(server, folder);
        Curl curl = new Curl(server, new Route(Mode.BOUND, protection), folder);
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            arguments.addAll(
                    List.of(
                            "--upload-file",
                            Exercise.SMALL,
                            curl.url(exercise.remote(), "copy-" + i)));
        }
        curl.run(arguments.toArray(String[]::new));
        assertThat(server.awaitMoved("/" + exercise.remote(), 3))
                .hasSize(3)
                .allMatch(MovedLine::isComplete)
                .allMatch(MovedLine::resumed);
    }

    /// Interop: in its passive mode curl 7.88 waits for the server's close_notify and says none
    /// itself. OpenSSL then forgets the session, but for the ticket of TLS 1.3 that came last.
    @ParameterizedTest
    @CsvSource({
        "active, LOOSE_BOUND, TLS_1_2, true",
        "active, LOOSE_BOUND, TLS_1_3, true",
        "passive, LOOSE, TLS_1_2, false",
        "passive, LOOSE_BOUND, TLS_1_3, true"
    })
    void twenty_transfers_behind_ccc(
            String ccc, Mode mode, Protection protection, boolean resumed, PackagedServer server)
            throws Exception {
        Exercise exercise = Exercise.prepare(server, folder);
        Curl curl = new Curl(server, new Route(mode, protection), folder);
        curl.run("--upload-file", Exercise.SMALL, curl.url(exercise.remote(), "copy"));
        long before = server.cleared();
        List<String> arguments =
                new ArrayList<>(List.of("--ftp-ssl-ccc", "--ftp-ssl-ccc-mode", ccc));
        for (int i = 0; i < 20; i++) {
            String url = curl.url(exercise.remote(), "copy");
            arguments.addAll(List.of("--output", "copy-" + i, url));
        }
        curl.run(arguments.toArray(String[]::new));
        List<MovedLine> moved = server.awaitMoved("/" + exercise.remote(), 21).subList(1, 21);
        assertThat(moved)
                .allMatch(MovedLine::isComplete)
                .allMatch(line -> line.resumed() == resumed)
                .allMatch(line -> line.protection().startsWith(protection.inLog()));
        assertThat(moved.stream().map(MovedLine::session).distinct()).hasSize(1);
        assertThat(server.cleared()).isEqualTo(before + 1);
    }

    @Test
    void ten_logins_of_one_curl_at_once(PackagedServer server) throws Exception {
        Exercise exercise = Exercise.prepare(server, folder);
        Curl curl = new Curl(server, new Route(Mode.EXPLICIT, Protection.TLS_1_3), folder);
        List<String> arguments =
                new ArrayList<>(List.of("--parallel", "--parallel-immediate", "--no-keepalive"));
        for (int i = 0; i < 10; i++) {
            arguments.addAll(
                    List.of(
                            "--upload-file",
                            Exercise.SMALL,
                            curl.url(exercise.remote(), "copy-" + i)));
        }
        curl.run(arguments.toArray(String[]::new));
        List<MovedLine> moved = server.awaitMoved("/" + exercise.remote(), 10);
        assertThat(moved).hasSize(10).allMatch(MovedLine::isComplete);
        assertThat(moved).extracting(MovedLine::session).doesNotHaveDuplicates();
        for (int i = 0; i < 10; i++) {
            assertThat(Content.sha256(exercise.stored("copy-" + i)))
                    .isEqualTo(Content.sha256(folder.resolve(Exercise.SMALL)));
        }
    }

    /// A run for each file: curl 7.88 waits for a second, now and then, between two transfers of
    /// one run by TLS.
    private static void upload(Curl curl, Exercise exercise) throws IOException {
        for (String name : exercise.uploaded()) {
            curl.run("--upload-file", name, curl.url(exercise.remote(), name));
        }
    }

    private static void download(Curl curl, Exercise exercise) throws IOException {
        for (String name : exercise.downloaded()) {
            curl.run("--output", name + Exercise.BACK, curl.url(exercise.remote(), name));
        }
    }

    private static void list(Curl curl, Exercise exercise) throws IOException {
        String url = curl.url(exercise.remote(), "");
        exercise.verifyListing(curl.run(url).output());
        exercise.verifyListing(curl.run("--list-only", url).output());
        exercise.verifyListing(curl.run("--request", "MLSD", url).output());
    }

    private static void resume(Curl curl, Exercise exercise) throws IOException {
        curl.run(
                "--continue-at",
                "-",
                "--upload-file",
                Exercise.RESUMED_UP,
                curl.url(exercise.remote(), Exercise.RESUMED_UP));
        curl.run(
                "--continue-at",
                "-",
                "--output",
                Exercise.RESUMED_DOWN,
                curl.url(exercise.remote(), Exercise.RESUMED_DOWN));
    }

    /// By commands that curl sends before it lists the root.
    private static void change(Curl curl, Exercise exercise) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--output", "listing.txt"));
        Stream.of(
                        "RNFR " + Exercise.SMALL,
                        "RNTO " + Exercise.RENAMED,
                        "DELE " + Exercise.EMPTY,
                        "MKD " + Exercise.KEPT_FOLDER,
                        "MKD " + Exercise.GONE_FOLDER,
                        "RMD " + Exercise.GONE_FOLDER)
                .map(command -> command.replace(" ", " /" + exercise.remote() + "/"))
                .forEach(command -> arguments.addAll(List.of("--quote", command)));
        arguments.add(curl.url(""));
        curl.run(arguments.toArray(String[]::new));
    }
}
