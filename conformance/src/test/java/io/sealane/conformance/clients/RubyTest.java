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

@Needs(Tool.RUBY)
@ExtendWith(SharedServer.class)
@Timeout(90)
final class RubyTest {
    private static final ClientScript SCRIPT = new ClientScript(Tool.RUBY, "exercise.rb");

    @TempDir private Path folder;

    /// Interop: net-ftp 0.1.3 knows no TLS from the first byte.
    static Stream<Route> routes() {
        return Route.ofOneMoreClient().filter(route -> route.mode().opening() != Opening.TLS_FIRST);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void net_ftp_does_it_all(Route route, PackagedServer server) throws Exception {
        Exercise exercise = SCRIPT.exercise(route, server, folder);
        assertThat(server.moved("/" + exercise.remote()))
                .allMatch(line -> line.resumed() == route.byTls());
    }
}
