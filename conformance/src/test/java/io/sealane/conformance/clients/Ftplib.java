package io.sealane.conformance.clients;

import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Run;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Scripts for Python's ftplib, from the test's resources, on one route.
record Ftplib(PackagedServer server, Route route, Sessions sessions, String remote) {
    private static final Duration TIME_MAX = Duration.ofSeconds(90);

    /// What data connections do with the control connection's TLS session.
    enum Sessions {
        /// ftplib as it is.
        NEW,
        /// By the recipe that is found on the web.
        REUSED
    }

    /// Runs a script to a good end.
    Run run(Path folder, String script, String... arguments) throws IOException {
        List<String> command = commandLine(script, arguments);
        return ExternalClient.find(Tool.PYTHON)
                .orElseThrow()
                .in(folder)
                .within(TIME_MAX)
                .run(command.subList(1, command.size()).toArray(String[]::new))
                .expectSuccess();
    }

    /// A command line, for those who run it by themselves.
    List<String> commandLine(String script, String... arguments) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                Tool.PYTHON.program(),
                                "-B",
                                resource(script).toString(),
                                settings()));
        all.addAll(List.of(arguments));
        return all;
    }

    private static Path resource(String script) {
        try {
            return Path.of(
                    Objects.requireNonNull(Ftplib.class.getResource("/clients/" + script), script)
                            .toURI());
        } catch (URISyntaxException defect) {
            throw new IllegalStateException(defect);
        }
    }

    private String settings() {
        return """
        {"host": "%s", "port": %d, "opening": "%s", "way": "%s", "protection": "%s",
         "reuse": %s, "user": "%s", "password": "%s", "certificate": "%s", "remote": "%s"}
        """
                .formatted(
                        route.family().host(),
                        server.port(route.mode()),
                        route.mode().opening(),
                        route.way(),
                        route.protection(),
                        sessions == Sessions.REUSED,
                        PackagedServer.USER,
                        PackagedServer.PASSWORD,
                        server.certificate(),
                        remote);
    }
}
