package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.Route.DataWay;
import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Needs(Tool.TNFTP)
@ExtendWith(SharedServer.class)
@Timeout(60)
final class TnftpTest {
    @TempDir private Path folder;

    /// Interop: tnftp 20210827 knows TLS for HTTP only.
    static Stream<Route> routes() {
        return Route.all().filter(route -> !route.byTls());
    }

    @ParameterizedTest
    @MethodSource("routes")
    void tnftp_does_it_all(Route route, PackagedServer server) throws Exception {
        Exercise exercise = Exercise.prepare(server, folder);
        List<String> commands =
                new ArrayList<>(
                        List.of(
                                "user " + PackagedServer.USER + " " + PackagedServer.PASSWORD,
                                "binary",
                                "cd " + exercise.remote()));
        exercise.uploaded().forEach(name -> commands.add("put \"" + name + "\""));
        commands.addAll(List.of("ls", "nlist", "mlsd"));
        exercise.downloaded()
                .forEach(name -> commands.add("get \"%s\" \"%s.back\"".formatted(name, name)));
        commands.addAll(
                List.of(
                        "restart " + Exercise.FIRST_PART,
                        "put " + Exercise.RESUMED_UP,
                        "reget " + Exercise.RESUMED_DOWN,
                        "rename " + Exercise.SMALL + " " + Exercise.RENAMED,
                        "delete " + Exercise.EMPTY,
                        "mkdir " + Exercise.KEPT_FOLDER,
                        "mkdir " + Exercise.GONE_FOLDER,
                        "rmdir " + Exercise.GONE_FOLDER,
                        "quit"));
        String output =
                ExternalClient.find(Tool.TNFTP)
                        .orElseThrow()
                        .in(folder)
                        .input(String.join("\n", commands) + "\n")
                        .run(
                                "-n",
                                "-v",
                                "-i",
                                route.way() == DataWay.ACTIVE ? "-A" : "-p",
                                "-P",
                                Integer.toString(server.port(route.mode())),
                                route.family().host())
                        .expectSuccess()
                        .output();
        assertThat(output.lines().filter(line -> line.matches("[45]\\d\\d .*")))
                .as("refusals")
                .isEmpty();
        exercise.verifyListing(output);
        exercise.verify(route);
    }
}
