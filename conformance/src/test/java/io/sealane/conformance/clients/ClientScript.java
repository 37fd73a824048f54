package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.Ftplib.Sessions;
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

/// A script of the test's resources that does the whole exercise in the language of an interpreter.
record ClientScript(Tool interpreter, String name) {
    private static final Duration TIME_MAX = Duration.ofSeconds(60);

    /// Does the whole exercise on one route.
    Exercise exercise(Route route, PackagedServer server, Path folder) throws IOException {
        Exercise exercise = Exercise.prepare(server, folder);
        List<String> arguments = new ArrayList<>();
        arguments.add(resource(name).toString());
        arguments.add(settings(server, route, Sessions.NEW, exercise.remote()));
        arguments.addAll(exercise.uploaded());
        Run run =
                ExternalClient.find(interpreter)
                        .orElseThrow()
                        .in(folder)
                        .within(TIME_MAX)
                        .run(arguments.toArray(String[]::new))
                        .expectSuccess();
        assertThat(run.errors()).isEmpty();
        for (String listing : run.output().split("---")) {
            exercise.verifyListing(listing);
        }
        exercise.verify(route);
        return exercise;
    }

    static Path resource(String script) {
        try {
            return Path.of(
                    Objects.requireNonNull(
                                    ClientScript.class.getResource("/clients/" + script), script)
                            .toURI());
        } catch (URISyntaxException defect) {
            throw new IllegalStateException(defect);
        }
    }

    /// What every script has for its first argument.
    static String settings(PackagedServer server, Route route, Sessions sessions, String remote) {
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
