package io.sealane.conformance.clients;

import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Run;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// curl on one route.
record Curl(PackagedServer server, Route route, Path folder) {
    /// Bounds every run of curl, by curl itself.
    private static final Duration TIME_MAX = Duration.ofSeconds(100);

    /// Runs curl to a good end.
    Run run(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(options());
        all.addAll(List.of(arguments));
        return ExternalClient.find(Tool.CURL)
                .orElseThrow()
                .in(folder)
                .within(TIME_MAX.plusSeconds(10))
                .run(all.toArray(String[]::new))
                .expectSuccess();
    }

    /// A command line, for those who run it by themselves.
    List<String> commandLine(String... arguments) {
        List<String> all = new ArrayList<>(List.of(Tool.CURL.program()));
        all.addAll(options());
        all.addAll(List.of(arguments));
        return all;
    }

    String url(String... path) {
        StringBuilder url = new StringBuilder();
        url.append(
                switch (route.mode().opening()) {
                    case CLEAR, UPGRADED -> "ftp://";
                    case TLS_FIRST -> "ftps://";
                });
        url.append(route.family().inUrl()).append(':').append(server.port(route.mode()));
        for (String name : path) {
            url.append('/')
                    .append(URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return url.toString();
    }

    private List<String> options() {
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "--silent",
                                "--show-error",
                                "--globoff",
                                "--user",
                                PackagedServer.USER + ":" + PackagedServer.PASSWORD,
                                "--max-time",
                                Long.toString(TIME_MAX.toSeconds()),
                                "--cacert",
                                server.certificate().toString()));
        switch (route.mode().opening()) {
            case UPGRADED -> options.add("--ssl-reqd");
            case CLEAR, TLS_FIRST -> {}
        }
        switch (route.protection()) {
            case CLEAR -> {}
            case TLS_1_2 -> options.addAll(List.of("--tls-max", "1.2"));
            case TLS_1_3 -> options.add("--tlsv1.3");
        }
        switch (route.way()) {
            case PASSIVE -> {}
            case ACTIVE -> options.addAll(List.of("--ftp-port", "-"));
        }
        return options;
    }
}
