package io.sealane.conformance.clients;

import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Run;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
                                ClientScript.resource(script).toString(),
                                ClientScript.settings(server, route, sessions, remote)));
        all.addAll(List.of(arguments));
        return all;
    }
}
