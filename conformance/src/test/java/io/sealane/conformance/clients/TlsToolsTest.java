package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.Mode.Opening;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// openssl s_client and gnutls-cli, which show how TLS itself goes.
@ExtendWith(SharedServer.class)
@Timeout(60)
final class TlsToolsTest {
    @TempDir private Path folder;

    static Stream<Route> routes() {
        return Route.all()
                .filter(Route::byTls)
                .filter(route -> route.way() == Route.DataWay.PASSIVE);
    }

    @ParameterizedTest
    @MethodSource("routes")
    @Needs(Tool.OPENSSL)
    void openssl_talks_and_sees_a_clean_end(Route route, PackagedServer server) throws Exception {
        try (Dialog control = Dialog.start(folder, controlByOpenssl(route, server))) {
            control.await("Verify return code: 0|Verification: OK");
            login(control);
            control.say("QUIT");
            control.await("^221 ");
            assertThat(control.awaitEnd())
                    .contains(route.protection().inLog(), "closed")
                    .doesNotContain("unexpected eof", "errno");
        }
    }

    /// The control connection's session, kept in a file, is resumed by a data connection of another
    /// process, twice.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLEAR")
    @Needs(Tool.OPENSSL)
    void openssl_resumes_the_control_session_on_data_connections(
            Protection protection, PackagedServer server) throws Exception {
        Route route = new Route(Mode.BOUND, protection);
        Path session = folder.resolve("session.pem");
        String remote = server.newFolder("openssl");
        Content.write(server.home().resolve(remote).resolve("there"), Exercise.content("there"));
        List<String> command = controlByOpenssl(route, server);
        // Quiet, because it would print each ticket between the replies.
        command.addAll(List.of("-quiet", "-sess_out", session.toString()));
        try (Dialog control = Dialog.start(folder, command)) {
            login(control);
            control.say("PBSZ 0");
            control.await("^200 ");
            control.say("PROT P");
            control.await("^200 ");
            for (int i = 0; i < 2; i++) {
                control.say("EPSV");
                String port = control.await("^229 .*\\|\\|\\|(\\d+)\\|").group(1);
                control.say("NLST " + remote);
                List<String> data = byOpenssl(route, server, route.family().host() + ":" + port);
                data.addAll(List.of("-sess_in", session.toString()));
                try (Dialog listing = Dialog.start(folder, data)) {
                    assertThat(listing.awaitEnd())
                            .contains("Reused, " + protection.inLog(), "there", "closed")
                            .doesNotContain("unexpected eof", "errno");
                }
                control.await("^226 ");
            }
            control.say("QUIT");
            control.await("^221 ");
        }
        assertThat(server.awaitMoved("/" + remote, 2))
                .hasSize(2)
                .allMatch(MovedLine::isComplete)
                .allMatch(MovedLine::resumed);
    }

    /// A session of another control connection proves nothing: it is not resumed.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLEAR")
    @Needs(Tool.OPENSSL)
    void a_control_connection_does_not_resume_another_ones_session(
            Protection protection, PackagedServer server) throws Exception {
        Route route = new Route(Mode.IMPLICIT, protection);
        String session = folder.resolve("session.pem").toString();
        for (String option : List.of("-sess_out", "-sess_in")) {
            List<String> command = controlByOpenssl(route, server);
            command.addAll(List.of(option, session));
            try (Dialog control = Dialog.start(folder, command)) {
                login(control);
                control.say("QUIT");
                control.await("^221 ");
                assertThat(control.awaitEnd()).contains("New, ").doesNotContain("Reused, ");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    @Needs(Tool.GNUTLS_CLI)
    void gnutls_talks_and_sees_a_clean_end(Route route, PackagedServer server) throws Exception {
        try (Dialog control = Dialog.start(folder, controlByGnutls(route, server))) {
            control.await("certificate is trusted");
            login(control);
            control.say("QUIT");
            control.await("^221 ");
            assertThat(control.awaitEnd())
                    .contains(route.protection().inLog().replace("TLSv", "TLS"))
                    .contains("Peer has closed the GnuTLS connection")
                    .doesNotContain("Fatal error", "non-properly terminated");
        }
    }

    private static void login(Dialog control) throws IOException, InterruptedException {
        control.say("USER " + PackagedServer.USER);
        control.await("^331 ");
        control.say("PASS " + PackagedServer.PASSWORD);
        control.await("^230 ");
    }

    private static List<String> controlByOpenssl(Route route, PackagedServer server) {
        String address = route.family().inUrl() + ":" + server.port(route.mode());
        List<String> command = byOpenssl(route, server, address);
        if (route.mode().opening() == Opening.UPGRADED) {
            command.addAll(List.of("-starttls", "ftp"));
        }
        return command;
    }

    private static List<String> byOpenssl(Route route, PackagedServer server, String address) {
        return new ArrayList<>(
                List.of(
                        Tool.OPENSSL.program(),
                        "s_client",
                        "-connect",
                        address,
                        "-CAfile",
                        server.certificate().toString(),
                        "-verify_return_error",
                        "-verify_ip",
                        route.family().host(),
                        "-crlf",
                        "-ign_eof",
                        switch (route.protection()) {
                            case CLEAR -> throw new IllegalArgumentException("no TLS");
                            case TLS_1_2 -> "-tls1_2";
                            case TLS_1_3 -> "-tls1_3";
                        }));
    }

    private static List<String> controlByGnutls(Route route, PackagedServer server) {
        String version = route.protection().inLog().replace("TLSv", "TLS");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Tool.GNUTLS_CLI.program(),
                                "--crlf",
                                "--x509cafile",
                                server.certificate().toString(),
                                "--priority",
                                "NORMAL:-VERS-ALL:+VERS-" + version,
                                "--port",
                                Integer.toString(server.port(route.mode()))));
        if (route.mode().opening() == Opening.UPGRADED) {
            command.add("--starttls-proto=ftp");
        }
        command.add(route.family().host());
        return command;
    }
}
