package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "2001:DB8:0:0:0:0:0:0, 2001:db8::",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    })
    void addresses(String given, String text) {
        assertThat(AddressText.of(InetAddress.ofLiteral(given))).isEqualTo(text);
    }

    @Test
    void a_port_stands_behind_brackets() {
        assertThat(AddressText.of(new InetSocketAddress(InetAddress.ofLiteral("::1"), 21)))
                .isEqualTo("[::1]:21");
        assertThat(AddressText.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 21)))
                .isEqualTo("192.0.2.1:21");
    }
}
