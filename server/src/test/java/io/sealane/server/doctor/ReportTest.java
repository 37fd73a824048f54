package io.sealane.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private static final Place PLACE = new Place(21, Door.EXPLICIT);

    @Test
    void text_has_severity_what_was_seen_and_a_remedy_where_one_is_needed() {
        assertThat(
                        TextReport.lines(
                                diagnosis(
                                        seen(Finding.EXPLICIT_TLS, "AUTH TLS"),
                                        seen(Finding.SSL_3, "SSL 3.0"))))
                .containsExactly(
                        "examined ftp.example (192.0.2.1)",
                        "",
                        "port 21, explicit",
                        "  ok       explicit-tls: AUTH TLS",
                        "  serious  ssl-3: SSL 3.0",
                        "           SSL 3.0 is accepted, which RFC 7568 forbids.",
                        "           -> Switch SSL 3.0 off.",
                        "",
                        "1 serious, 0 warning, 0 note, 1 ok");
    }

    @Test
    void no_line_is_wider_than_a_terminal() {
        List<String> lines =
                TextReport.lines(
                        diagnosis(
                                seen(Finding.CERTIFICATE_OF_ANOTHER, "a".repeat(300)),
                                seen(Finding.FEAT_INCOMPLETE, "some words ".repeat(40))));
        assertThat(lines).allMatch(line -> line.length() <= TextReport.COLUMNS);
        assertThat(String.join("", lines).chars().filter(c -> c == 'a').count())
                .isGreaterThanOrEqualTo(300);
    }

    @Test
    void json_has_a_stable_shape() {
        assertThat(
                        JsonReport.of(
                                diagnosis(
                                        seen(Finding.EXPLICIT_TLS, "AUTH \"TLS\""),
                                        new Observation(
                                                Finding.PORTS_SEEN, Optional.empty(), "TCP 21"))))
                .isEqualTo(
                        """
                        {"format":1,"host":"ftp.example","address":"192.0.2.1",\
                        "time":"2026-03-04T05:06:07Z","worst":"ok","exit-code":0,\
                        "ports":[{"port":21,"state":"ftp","doors":["explicit"],"seen":""}],\
                        "findings":[{"id":"explicit-tls","severity":"ok","port":21,\
                        "door":"explicit","seen":"AUTH \\"TLS\\"",\
                        "meaning":"Explicit TLS is offered: AUTH TLS is answered with 234.",\
                        "remedy":""},\
                        {"id":"ports-seen","severity":"ok","port":null,"door":null,\
                        "seen":"TCP 21","meaning":"%s","remedy":""}]}\
                        """
                                .formatted(Finding.PORTS_SEEN.meaning()));
    }

    @Test
    void the_exit_code_is_that_of_the_worst() {
        assertThat(diagnosis().exitCode()).isZero();
        assertThat(diagnosis(seen(Finding.FEAT_INCOMPLETE, "")).exitCode()).isZero();
        assertThat(diagnosis(seen(Finding.CLEAR_LOGIN, "")).exitCode()).isEqualTo(1);
        assertThat(diagnosis(seen(Finding.SSL_3, ""), seen(Finding.CLEAR_LOGIN, "")).exitCode())
                .isEqualTo(3);
        assertThat(diagnosis(seen(Finding.NOTHING_ANSWERS, "")).exitCode()).isEqualTo(4);
    }

    @Test
    void what_a_server_says_cannot_steer_the_terminal() {
        assertThat(Reply.shown("220 \u001b[2Jhello\u0007")).isEqualTo("220 ?[2Jhello?");
        assertThat(Reply.shown("220 gr\u00fc\u00df \u202etxt"))
                .isEqualTo("220 gr\u00fc\u00df ?txt");
        assertThat(Reply.shown("x".repeat(5000))).hasSizeLessThan(120);
    }

    private static Diagnosis diagnosis(Observation... observations) {
        return new Diagnosis(
                new Target("ftp.example", OptionalInt.empty()),
                "192.0.2.1",
                Instant.parse("2026-03-04T05:06:07Z"),
                List.of(new PortState(21, PortState.State.FTP, List.of(Door.EXPLICIT), "")),
                List.of(observations));
    }

    private static Observation seen(Finding finding, String seen) {
        return new Observation(finding, Optional.of(PLACE), seen);
    }
}
