package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.Route.DataWay;
import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Needs(Tool.WGET)
@ExtendWith(SharedServer.class)
@Timeout(60)
final class WgetTest {
    @TempDir private Path folder;

    static Stream<Route> routes() {
        return Route.ofOneMoreClient();
    }

    /// Interop: wget 1.21 takes times from LIST, which has the day alone of files that are old.
    @ParameterizedTest
    @MethodSource("routes")
    void wget_mirrors_and_does_it_twice_for_nothing(Route route, PackagedServer server)
            throws Exception {
        String remote = server.newFolder("wget");
        Tree.write(server.home().resolve(remote));
        mirror(route, server, remote);
        List<MovedLine> first = server.awaitMovedFiles("/" + remote, Tree.FILES);
        assertThat(first).hasSize(Tree.FILES).allMatch(MovedLine::isComplete);
        // Interop: with GnuTLS, wget waits but a moment for its TLS 1.3 ticket. Where that came too
        // late, on a busy machine, it resumes nothing.
        if (route.protection() == Protection.TLS_1_2) {
            assertThat(first).allMatch(MovedLine::resumed);
        }
        Tree.assertSameToTheDay(server.home().resolve(remote), folder.resolve(remote));
        mirror(route, server, remote);
        assertThat(server.movedFiles("/" + remote)).hasSameSizeAs(first);
        resume(route, server);
    }

    private void mirror(Route route, PackagedServer server, String remote) throws IOException {
        run(
                route,
                server,
                "--recursive",
                "--timestamping",
                "--no-host-directories",
                url(route, server, remote + "/"));
    }

    private void resume(Route route, PackagedServer server) throws IOException {
        Exercise exercise =
                Exercise.prepare(server, Files.createDirectory(folder.resolve("resumed")));
        run(
                route,
                server,
                "--continue",
                "--directory-prefix",
                "resumed",
                url(route, server, exercise.remote() + "/" + Exercise.RESUMED_DOWN));
        Content.assertSame(
                exercise.local().resolve(Exercise.RESUMED_DOWN),
                Exercise.content(Exercise.RESUMED_DOWN));
    }

    private static String url(Route route, PackagedServer server, String path) {
        return "%s://%s:%d/%s"
                .formatted(
                        route.byTls() ? "ftps" : "ftp",
                        route.family().inUrl(),
                        server.port(route.mode()),
                        path);
    }

    private void run(Route route, PackagedServer server, String... arguments) throws IOException {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "--no-verbose",
                                "--tries=1",
                                "--timeout=20",
                                "--user=" + PackagedServer.USER,
                                "--password=" + PackagedServer.PASSWORD,
                                "--ca-certificate=" + server.certificate()));
        switch (route.mode().opening()) {
            case CLEAR, UPGRADED -> {}
            case TLS_FIRST -> all.add("--ftps-implicit");
        }
        switch (route.protection()) {
            case CLEAR -> {}
            case TLS_1_2 -> all.add("--ciphers=NORMAL:-VERS-ALL:+VERS-TLS1.2");
            case TLS_1_3 -> all.add("--ciphers=NORMAL:-VERS-ALL:+VERS-TLS1.3");
        }
        if (route.way() == DataWay.ACTIVE) {
            all.add("--no-passive-ftp");
        }
        all.addAll(List.of(arguments));
        ExternalClient.find(Tool.WGET)
                .orElseThrow()
                .in(folder)
                .run(all.toArray(String[]::new))
                .expectSuccess();
    }
}
