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

@Needs(Tool.PERL)
@ExtendWith(SharedServer.class)
@Timeout(90)
final class PerlTest {
    private static final ClientScript SCRIPT = new ClientScript(Tool.PERL, "exercise.pl");

    @TempDir private Path folder;

    /// Interop: Net::FTP 3.14 sends neither PBSZ nor PROT where TLS comes first.
    static Stream<Route> routes() {
        return Route.ofOneMoreClient();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void net_ftp_does_it_all(Route route, PackagedServer server) throws Exception {
        Exercise exercise = SCRIPT.exercise(route, server, folder);
        // Interop: IO::Socket::SSL 2.081 remembers a session for the client's own port, which
        // active
        // data connections come to and passive ones do not.
        assertThat(server.moved("/" + exercise.remote()))
                .allMatch(
                        line -> line.resumed() == (route.byTls() && route.way() == DataWay.ACTIVE));
    }
}
