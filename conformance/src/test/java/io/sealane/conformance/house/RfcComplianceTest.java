package io.sealane.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.SecurityReplies;
import io.sealane.core.wire.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The page that tells which commands are served is made from the command table. With
/// `-Dsealane.write-docs=true` the test writes it instead; `./dev docs` does that.
final class RfcComplianceTest {
    private static final Path PAGE =
            Checkout.here().root().resolve("docs/reference/rfc-compliance.md");

    private static final String CONFIGURED_REPLIES =
            """

            Replies that hang on the configuration:

            | reply | to | specified in | where |
            |---|---|---|---|
            | 232 | `USER` | RFC 2228 section 4 | the client's certificate is enough to log in |
            """;

    @Test
    void the_page_says_what_the_command_table_says() throws IOException {
        if (Boolean.getBoolean("sealane.write-docs")) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE)).as("./dev docs writes it anew").isEqualTo(page());
    }

    private static String page() {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Commands and RFCs

                        Every command the server knows; any other is answered with 500. One that
                        waits is answered when the transfer that runs has ended. Made from the
                        command table by `./dev docs`; do not edit.

                        | command | specified in | served | when | during a transfer | FEAT |
                        |---|---|---|---|---|---|
                        """);
        for (Verb verb : Verb.values()) {
            page.append("| `").append(verb.syntax().replace("|", "\\|")).append("` | ");
            page.append(source(verb.rfc())).append(" | ");
            page.append(
                    switch (verb.service()) {
                        case SERVED -> "yes";
                        case REFUSED -> "no, 502";
                        case WITHOUT_USE -> "refused, no use with TLS";
                    });
            page.append(" | ");
            page.append(
                    switch (verb.stage()) {
                        case ANY -> "always";
                        case LOGGED_IN -> "after login";
                    });
            page.append(" | ");
            page.append(
                    switch (verb.duringTransfer()) {
                        case AT_ONCE, SERVED -> "at once";
                        case HELD -> "waits";
                    });
            page.append(" | ").append(feat(verb)).append(" |\n");
        }
        page.append(CONFIGURED_REPLIES);
        return page.append(
                        """

                        ## Security commands, reply by reply

                        What each of these listeners answers in each state; the tests hold the
                        server to every row. `explicit` and `implicit` demand TLS for control and
                        data, `-data-optional` leaves data to the client, `-optional` both, `-loose`
                        allows CCC and AUTH behind a login, `plain` has no TLS. The state is
                        `clear` or `tls` before the login, `open` behind it in the clear, `member`
                        by TLS, `protected` behind PBSZ 0 and PROT P, `unsecured` the same, and data
                        connections on which the client begins no TLS, `cleared` behind CCC. The
                        reply is the last command's, of a transfer its last one.

                        """)
                .append(SecurityReplies.markdown())
                .toString();
    }

    private static String source(Verb.Rfc rfc) {
        if (rfc.number() == 0) {
            return "expired draft or custom";
        }
        String section = rfc.section().isEmpty() ? "" : " section " + rfc.section();
        return "RFC " + rfc.number() + section;
    }

    private static String feat(Verb verb) {
        if (verb.featLines().isEmpty()) {
            return "";
        }
        String lines = "`" + String.join("`, `", verb.featLines()) + "`";
        lines = lines.replace(Verb.FACTS, "...").replace(Verb.HASHES, "...");
        return switch (verb.feature()) {
            case ALWAYS -> lines;
            case AUTH -> lines + " where a connection may need it";
            case TLS -> lines + " where TLS is offered";
            case CLEAR_CONTROL -> lines + " where policy allows it";
            case VIRTUAL_HOSTS -> lines + " where there are virtual hosts";
            case SERVER_TO_SERVER -> lines + " where the user may reach other servers by TLS";
            case ACTIVE -> lines + " where active mode is on";
            case MODE_Z -> lines + " where data may be compressed";
        };
    }
}
