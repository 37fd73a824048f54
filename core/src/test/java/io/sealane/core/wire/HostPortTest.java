package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.wire.HostPort.Extended;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostPortTest {
    @Test
    void port_is_six_numbers() {
        assertThat(HostPort.parsePort("127,0,0,1,4,210"))
                .contains(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1234));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127,0,0,1,4",
                "127,0,0,1,4,256",
                "127,0,0,1,4,2,3",
                "a,0,0,1,4,2",
                "-1,0,0,1,4,2",
                "1000,0,0,1,4,2",
                "127.0.0.1,4,2"
            })
    void port_takes_nothing_else(String argument) {
        assertThat(HostPort.parsePort(argument)).isEmpty();
    }

    @Test
    void passive_addresses_are_written_as_they_are_read() {
        Inet4Address host = (Inet4Address) InetAddress.ofLiteral("10.1.255.3");
        assertThat(HostPort.format(host, 50_000)).isEqualTo("10,1,255,3,195,80");
    }

    @Test
    void eprt_takes_both_protocols_and_any_delimiter() {
        assertThat(HostPort.parseExtended("|1|132.235.1.2|6275|"))
                .isEqualTo(
                        new Extended.Address(
                                new InetSocketAddress(InetAddress.ofLiteral("132.235.1.2"), 6275)));
        assertThat(HostPort.parseExtended("!2!1080::8:800:200C:417A!5282!"))
                .isEqualTo(
                        new Extended.Address(
                                new InetSocketAddress(
                                        InetAddress.ofLiteral("1080::8:800:200C:417A"), 5282)));
    }

    @Test
    void eprt_takes_what_clients_send() {
        // Interop: lftp 4.9 where it did not find out its own address.
        assertThat(HostPort.parseExtended("|2|::|21000|"))
                .isEqualTo(
                        new Extended.Address(
                                new InetSocketAddress(InetAddress.ofLiteral("::"), 21000)));
        assertThat(HostPort.parseExtended("|2|::ffff:192.0.2.1|21000|"))
                .isEqualTo(
                        new Extended.Address(
                                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 21000)));
    }

    @Test
    void eprt_of_another_protocol_is_told_from_a_malformed_one() {
        assertThat(HostPort.parseExtended("|3|whatever|6275|"))
                .isEqualTo(new Extended.UnknownProtocol());
        assertThat(HostPort.parseExtended("|12|whatever|6275|"))
                .isEqualTo(new Extended.UnknownProtocol());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "|1|127.0.0.1|",
                "|1|127.0.0.1|70000|",
                "|1|localhost|21000|",
                "|2|127.0.0.1|21000|",
                "|1|::1|21000|",
                "|2|::1%lo|21000|",
                "|1|127.0.0.1|-5|",
                "|1|127.0.0.1|21000",
                "|2|example.com:1|21000|",
                "||127.0.0.1|21000|",
                "|x|127.0.0.1|21000|",
                "|1|127.0.0.256|21000|"
            })
    void eprt_takes_nothing_else_and_looks_nothing_up(String argument) {
        assertThat(HostPort.parseExtended(argument)).isEqualTo(new Extended.Malformed());
    }
}
