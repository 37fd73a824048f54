package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A short pass with the other provider of TLS, the JDK's own: three libraries of clients, explicit
/// and implicit, both versions of TLS, both address families.
@Timeout(60)
final class JsseTest {
    private static @Nullable PackagedServer running;

    @TempDir private Path folder;

    @BeforeAll
    static void start(@TempDir Path place) throws IOException, InterruptedException {
        running = PackagedServer.start(place, Settings.standard().provider("jsse"));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(running)
                .ifPresent(server -> {
                    server.close();
                    assertThat(server.defects()).isEmpty();
                });
    }

    /// An address family is nothing that an engine sees.
    static Stream<Route> routes() {
        return Stream.of(Mode.EXPLICIT, Mode.IMPLICIT)
                .flatMap(mode ->
                        Stream.of(Protection.TLS_1_2, Protection.TLS_1_3)
                                .map(protection -> new Route(mode, protection)));
    }

    @ParameterizedTest
    @MethodSource("routes")
    @Needs(Tool.CURL)
    void curl_does_it_all(Route route) throws Exception {
        CurlTest.exercise(route, server(), folder);
    }

    @ParameterizedTest
    @MethodSource("routes")
    @Needs(Tool.LFTP)
    void lftp_does_it_all(Route route) throws Exception {
        LftpTest.exercise(route, server(), folder);
    }

    @ParameterizedTest
    @MethodSource("routes")
    @Needs(Tool.PYTHON)
    void ftplib_does_it_all(Route route) throws Exception {
        PythonTest.exerciseByRecipe(route, server(), folder);
    }

    private static PackagedServer server() {
        return Optional.ofNullable(running).orElseThrow();
    }
}
