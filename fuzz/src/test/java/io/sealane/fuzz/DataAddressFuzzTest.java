package io.sealane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealane.core.wire.AddressText;
import io.sealane.core.wire.HostPort;
import io.sealane.core.wire.HostPort.Extended;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// The arguments of PORT and EPRT.
final class DataAddressFuzzTest {
    @FuzzTest
    @DictionaryEntries({"127,0,0,1,", "|1|", "|2|", "::ffff:", "::", "255", "65535", "256"})
    void an_address_is_a_literal_and_nothing_is_looked_up(byte[] octets) {
        String argument = CleanText.of(octets);
        HostPort.parsePort(argument).ifPresent(address -> assertPort(argument, address));
        switch (HostPort.parseExtended(argument)) {
            case Extended.Address(InetSocketAddress address) -> assertExtended(argument, address);
            case Extended.UnknownProtocol() ->
                    assertThat(argument.strip().split(delimiter(argument), -1)[1])
                            .as("the protocol of %s", argument)
                            .matches("[0-9]+")
                            .isNotIn("1", "2");
            case Extended.Malformed() -> {}
        }
    }

    private static void assertPort(String argument, InetSocketAddress address) {
        assertThat(argument.strip()).hasSizeLessThanOrEqualTo("255,255,255,255,255,255".length());
        assertLiteral(address);
        Inet4Address host = (Inet4Address) address.getAddress();
        String canonical = HostPort.format(host, address.getPort());
        assertThat(canonical).matches("\\d{1,3}(,\\d{1,3}){5}");
        assertThat(HostPort.parsePort(canonical)).contains(address);
        assertThat(argument.strip().replaceAll("\\b0+(?=\\d)", "")).isEqualTo(canonical);
    }

    private static void assertExtended(String argument, InetSocketAddress address) {
        assertLiteral(address);
        InetAddress host = address.getAddress();
        String[] parts = argument.strip().split(delimiter(argument), -1);
        if (parts[1].equals("1")) {
            assertThat(host).isInstanceOf(Inet4Address.class);
        }
        if (host instanceof Inet6Address six) {
            assertThat(six.getScopedInterface()).isNull();
            assertThat(six.getScopeId()).isZero();
        }
        String canonical =
                "|" + parts[1] + "|" + AddressText.of(host) + "|" + address.getPort() + "|";
        if (parts[1].equals("2") == host instanceof Inet6Address) {
            assertThat(HostPort.parseExtended(canonical)).isEqualTo(new Extended.Address(address));
        }
    }

    private static void assertLiteral(InetSocketAddress address) {
        assertThat(address.isUnresolved()).isFalse();
        assertThat(address.getAddress().toString()).as("no name").startsWith("/");
    }

    private static String delimiter(String argument) {
        return "\\Q" + argument.strip().charAt(0) + "\\E";
    }
}
