package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.Ftplib.Sessions;
import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.testkit.ExternalClient.Tool;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Each way in which a client of OpenSSL may choose the session that a data connection resumes, in
/// one long session, at a listener that refuses whoever does not resume.
///
/// `-Dsealane.data-connections=1000` makes more than the sixty of every day.
@Timeout(120)
final class ResumptionTest {
    private static final String CONNECTIONS = System.getProperty("sealane.data-connections", "60");

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

    @Test
    @Needs(Tool.PYTHON)
    void every_data_connection_resumes_in_every_style() throws Exception {
        resumeAll("boringssl", EnumSet.allOf(Style.class));
    }

    /// JSSE (25) keeps the session of a ticket that it gives after the handshake, and forgets it at
    /// its first use: a client that goes on with the first that it used is refused its second.
    @Test
    @Needs(Tool.PYTHON)
    void with_jsse_every_one_resumes_that_takes_the_newest_ticket_or_the_session_id()
            throws Exception {
        resumeAll("jsse", EnumSet.of(Style.NEWEST_OF_CONTROL, Style.ID, Style.TICKET));
    }

    private void resumeAll(String provider, Set<Style> styles) throws Exception {
        try (PackagedServer server =
                PackagedServer.start(folder, Settings.standard().provider(provider))) {
            for (Style style : styles) {
                assertThat(resumed(server, style))
                        .as(style.toString())
                        .isEqualTo(CONNECTIONS + " " + CONNECTIONS);
            }
            assertThat(server.defects()).isEmpty();
        }
    }

    private String resumed(PackagedServer server, Style style) throws Exception {
        Route route = new Route(Mode.BOUND, style.protection);
        String remote = server.newFolder("resume-" + style.name().toLowerCase(Locale.ROOT));
        return new Ftplib(server, route, Sessions.REUSED, remote)
                .run(folder, "ftplib_resumption.py", style.word, CONNECTIONS)
                .output()
                .strip();
    }
}
