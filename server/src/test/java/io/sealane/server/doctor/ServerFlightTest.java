package io.sealane.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealane.server.doctor.ServerAnswer.Accepted;
import io.sealane.server.doctor.ServerAnswer.Round;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ServerFlightTest {
    private static final long SEED = 20_261_125;
    private static final int MUTATIONS = 20_000;

    private static final String RANDOM = "11".repeat(32);

    /// How the random of a HelloRetryRequest reads (RFC 8446 section 4.1.3).
    private static final String RETRY_RANDOM =
            "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    /// Version 1.3, and a key share of x25519 whose key is one octet.
    private static final String SHARE = "002b00020304" + "00330005001d000109";

    /// Version 1.3, and X25519MLKEM768 for the key share to come.
    private static final String WISH = "002b00020304" + "0033000211ec";

    private static final String CERTIFICATE = vector(3, vector(3, "308201"));
    private static final String CURVE = "03" + "0017" + "0104" + "beef";
    private static final String PRIME = vector(2, "ff".repeat(128)) + "000102" + "000103";

    @Test
    void a_server_hello_of_tls_1_3_names_the_group_of_its_key_share() throws IOException {
        Accepted answer = accepted(record(hello("0303", RANDOM, "1301", SHARE)));
        assertThat(answer.version()).isEqualTo(TlsVersion.TLS_1_3.code());
        assertThat(answer.suite()).isEqualTo(0x1301);
        assertThat(answer.group()).hasValue(Group.X25519.code());
        assertThat(answer.round()).isEqualTo(Round.FIRST);
    }

    @Test
    void a_hello_retry_request_is_told_from_it() throws IOException {
        Accepted answer = accepted(record(hello("0303", RETRY_RANDOM, "1302", WISH)));
        assertThat(answer.round()).isEqualTo(Round.AGAIN);
        assertThat(answer.group()).hasValue(Group.X25519MLKEM768.code());
    }

    @Test
    void a_flight_of_tls_1_2_has_certificates_and_a_curve() throws IOException {
        Accepted answer = accepted(flight("0303", "c02f", CURVE));
        assertThat(answer.version()).isEqualTo(TlsVersion.TLS_1_2.code());
        assertThat(answer.group()).hasValue(Group.SECP256R1.code());
        assertThat(answer.chain()).containsExactly(HexFormat.of().parseHex("308201"));
    }

    @Test
    void a_flight_of_tls_1_0_may_have_a_prime() throws IOException {
        Accepted answer = accepted(flight("0301", "0033", PRIME));
        assertThat(answer.version()).isEqualTo(TlsVersion.TLS_1_0.code());
        assertThat(answer.dhBits()).hasValue(1024);
    }

    @Test
    void messages_may_be_spread_over_records() throws IOException {
        String messages = messages("0303", "c02f", CURVE);
        StringBuilder records = new StringBuilder();
        for (int at = 0; at < messages.length(); at += 14) {
            records.append(record(messages.substring(at, Math.min(at + 14, messages.length()))));
        }
        assertThat(accepted(records.toString()).group()).hasValue(Group.SECP256R1.code());
    }

    @Test
    void an_alert_an_end_and_another_protocol_are_told_apart() throws IOException {
        assertThat(read("15030100020228")).isEqualTo(new ServerAnswer.Refused(40));
        assertThat(read("")).isEqualTo(new ServerAnswer.Hung());
        assertThat(read("160303")).isEqualTo(new ServerAnswer.Hung());
        assertThat(read("3232302068656c6c6f0d0a")).isEqualTo(new ServerAnswer.Foreign());
        assertThat(read("1503010002010a" + "15030100020228"))
                .as("a warning goes before")
                .isEqualTo(new ServerAnswer.Refused(40));
    }

    @Test
    void messages_that_end_too_early_cannot_be_used() {
        assertThatExceptionOfType(UnusableAnswer.class)
                .isThrownBy(() -> read(record("02" + vector(3, "0303"))));
        assertThatExceptionOfType(UnusableAnswer.class).isThrownBy(() -> read(record("0e000000")));
    }

    /// Each ends with an answer or with the one exception that says it cannot be used.
    @Test
    void whatever_is_changed_in_a_flight_is_read_without_harm() throws IOException {
        byte[][] flights = {
            HexFormat.of().parseHex(record(hello("0303", RANDOM, "1301", SHARE))),
            HexFormat.of().parseHex(flight("0303", "c02f", CURVE)),
            HexFormat.of().parseHex(flight("0301", "0033", PRIME))
        };
        Random random = new Random(SEED);
        int answers = 0;
        for (int number = 0; number < MUTATIONS; number++) {
            byte[] octets = flights[number % flights.length].clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            try {
                read(octets);
                answers++;
            } catch (UnusableAnswer expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
        assertThat(answers).isBetween(1, MUTATIONS - 1);
    }

    private static Accepted accepted(String octets) throws IOException {
        return (Accepted) read(octets);
    }

    private static ServerAnswer read(String octets) throws IOException {
        return read(HexFormat.of().parseHex(octets));
    }

    private static ServerAnswer read(byte[] octets) throws IOException {
        return ServerFlight.read(new ByteArrayInputStream(octets)::read);
    }

    private static String flight(String version, String suite, String exchange) {
        return record(messages(version, suite, exchange));
    }

    private static String messages(String version, String suite, String exchange) {
        return hello(version, RANDOM, suite, "ff01000100")
                + "0b"
                + vector(3, CERTIFICATE)
                + "0c"
                + vector(3, exchange)
                + "0e000000";
    }

    private static String hello(String version, String random, String suite, String extensions) {
        return "02" + vector(3, version + random + "00" + suite + "00" + vector(2, extensions));
    }

    private static String record(String messages) {
        return "160303" + vector(2, messages);
    }

    /// Octets behind their number.
    private static String vector(int lengthOctets, String content) {
        return ("%0" + lengthOctets * 2 + "x").formatted(content.length() / 2) + content;
    }
}
