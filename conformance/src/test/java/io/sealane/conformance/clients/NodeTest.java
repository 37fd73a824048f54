package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.Route.DataWay;
import io.sealane.testkit.ExternalClient.Tool;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Needs(Tool.NODE)
@ExtendWith(SharedServer.class)
@Timeout(90)
final class NodeTest {
    private static final ClientScript SCRIPT = new ClientScript(Tool.NODE, "exercise.cjs");

    @TempDir private Path folder;

    /// Interop: basic-ftp 6.2.6 knows passive mode alone.
    static Stream<Route> routes() {
        return Route.ofFixedModes().filter(route -> route.way() == DataWay.PASSIVE);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void basic_ftp_does_it_all(Route route, PackagedServer server) throws Exception {
        Exercise exercise = SCRIPT.exercise(route, server, folder);
        assertThat(server.moved("/" + exercise.remote()))
                .allMatch(line -> line.resumed() == route.byTls());
    }
}
