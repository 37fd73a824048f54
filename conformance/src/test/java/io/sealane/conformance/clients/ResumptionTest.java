package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.Ftplib.Sessions;
import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.ExternalClient.Tool;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each way in which a client of OpenSSL may choose the session that a data connection resumes, in
/// one long session, at a listener that refuses whoever does not resume.
///
/// `-Dsealane.data-connections=1000` makes more than the hundred of every day.
@Timeout(120)
final class ResumptionTest {
    private static final String CONNECTIONS = System.getProperty("sealane.data-connections", "100");

    @TempDir private Path folder;

    enum Style {
        FIRST("first", Protection.TLS_1_3),
        NEWEST_OF_CONTROL("newest-control", Protection.TLS_1_3),
        NEWEST_OF_DATA("newest-data", Protection.TLS_1_3),
        ID("id", Protection.TLS_1_2),
        TICKET("newest-control", Protection.TLS_1_2);

        private final String word;
        private final Protection protection;

        Style(String word, Protection protection) {
            this.word = word;
            this.protection = protection;
        }
    }

    static Stream<Arguments> cases() {
        return Stream.of("boringssl", "jsse")
                .flatMap(provider ->
                        Arrays.stream(Style.values()).map(style -> Arguments.of(provider, style)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    @Needs(Tool.PYTHON)
    void every_data_connection_resumes(String provider, Style style) throws Exception {
        try (PackagedServer server =
                PackagedServer.start(folder, Settings.standard().provider(provider))) {
            Route route = new Route(Mode.BOUND, style.protection);
            Ftplib ftplib = new Ftplib(server, route, Sessions.REUSED, server.newFolder("resume"));
            String said =
                    ftplib.run(folder, "ftplib_resumption.py", style.word, CONNECTIONS).output();
            assertThat(said.strip()).isEqualTo(CONNECTIONS + " " + CONNECTIONS);
            assertThat(server.defects()).isEmpty();
        }
    }
}
