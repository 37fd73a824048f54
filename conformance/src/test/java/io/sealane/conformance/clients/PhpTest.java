package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.Mode.Opening;
import io.sealane.testkit.ExternalClient.Tool;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Needs(Tool.PHP)
@ExtendWith(SharedServer.class)
@Timeout(90)
final class PhpTest {
    private static final ClientScript SCRIPT = new ClientScript(Tool.PHP, "exercise.php");

    @TempDir private Path folder;

    /// Interop: the extension of PHP 8.2 knows no TLS from the first byte, and takes the newest
    /// version of TLS there is.
    static Stream<Route> routes() {
        return Route.ofFixedModes()
                .filter(route -> route.mode().opening() != Opening.TLS_FIRST)
                .filter(route -> route.protection() != Protection.TLS_1_2);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void the_ftp_extension_does_it_all(Route route, PackagedServer server) throws Exception {
        Exercise exercise = SCRIPT.exercise(route, server, folder);
        assertThat(server.moved("/" + exercise.remote()))
                .allMatch(line -> line.resumed() == route.byTls());
    }
}
