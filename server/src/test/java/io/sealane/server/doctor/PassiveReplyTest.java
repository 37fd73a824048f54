package io.sealane.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PassiveReplyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "227 Entering Passive Mode (192,0,2,7,168,42).",
                "227 Entering Passive Mode (192,0,2,7,168,42)",
                "227 ok 192,0,2,7,168,42"
            })
    void the_address_of_pasv_is_found_with_or_without_parentheses(String line) {
        assertThat(PassiveReply.address(new Reply(227, List.of(line))))
                .contains(
                        new InetSocketAddress(Inet4Address.ofLiteral("192.0.2.7"), 168 * 256 + 42));
    }

    @ParameterizedTest
    @CsvSource({"229 ok (|||42000|), 42000", "229 ok (!!!21!), 21"})
    void the_port_of_epsv_is_found(String line, int port) {
        assertThat(PassiveReply.port(new Reply(229, List.of(line)))).contains(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "229 ok (|||0|)",
                "229 ok (|||65536|)",
                "229 ok (|||1|!)",
                "229 ok",
                "229 |||42|"
            })
    void what_is_no_port_is_none(String line) {
        assertThat(PassiveReply.port(new Reply(229, List.of(line)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"227 ok (192,0,2,256,1,1)", "227 ok (192,0,2,7,1)", "227 ok"})
    void what_is_no_address_is_none(String line) {
        assertThat(PassiveReply.address(new Reply(227, List.of(line)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, true",
        "172.16.0.1, true",
        "192.168.1.1, true",
        "100.64.0.1, true",
        "127.0.0.1, true",
        "169.254.1.1, true",
        "100.128.0.1, false",
        "203.0.113.9, false"
    })
    void private_addresses_are_known(String address, boolean expected) {
        assertThat(DataChecks.isPrivate(InetAddress.ofLiteral(address))).isEqualTo(expected);
    }
}
