package io.sealane.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.data.ExpectedPeer.Verdict;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpectedPeerTest {
    private static final OtherServers NONE = new OtherServers.None();

    @ParameterizedTest
    @CsvSource({
        "SAME_ADDRESS, 192.0.2.1, 192.0.2.1, WELCOME",
        "SAME_ADDRESS, 192.0.2.1, 192.0.2.2, FOREIGN",
        "SAME_ADDRESS, 192.0.2.1, 2001:db8::1, FOREIGN",
        "SAME_ADDRESS, 2001:db8::1, 2001:db8::1, WELCOME",
        "SAME_ADDRESS, 2001:db8::1, 2001:db8::2, FOREIGN",
        "SAME_NETWORK, 192.0.2.1, 192.0.2.255, WELCOME",
        "SAME_NETWORK, 192.0.2.1, 192.0.3.1, FOREIGN",
        "SAME_NETWORK, 2001:db8:0:7::1, 2001:db8:0:7:ffff::, WELCOME",
        "SAME_NETWORK, 2001:db8:0:7::1, 2001:db8:0:8::1, FOREIGN",
        "SAME_NETWORK, 192.0.2.1, ::c000:201, FOREIGN",
        "ANY_IF_RESUMED, 192.0.2.1, 192.0.2.1, WELCOME",
        "ANY_IF_RESUMED, 192.0.2.1, 192.0.2.2, MUST_PROVE",
        "ANY_IF_RESUMED, 192.0.2.1, 2001:db8::1, MUST_PROVE",
    })
    void the_verdict_hangs_on_the_check(
            PeerCheck check, String client, String peer, Verdict verdict) {
        ExpectedPeer expected = ExpectedPeer.of(InetAddress.ofLiteral(client), check, NONE);
        assertThat(expected.verdict(InetAddress.ofLiteral(peer))).isEqualTo(verdict);
    }

    @Test
    void an_ipv4_mapped_address_is_the_ipv4_address() throws UnknownHostException {
        byte[] octets = new byte[16];
        octets[10] = (byte) 0xFF;
        octets[11] = (byte) 0xFF;
        octets[12] = (byte) 192;
        octets[14] = 2;
        octets[15] = 1;
        // The one way to such an object: the JDK's parsers unmap by themselves.
        InetAddress mapped = Inet6Address.getByAddress("", octets, 0);
        InetAddress plain = InetAddress.ofLiteral("192.0.2.1");
        assertThat(mapped).isInstanceOf(Inet6Address.class);
        for (PeerCheck check : PeerCheck.values()) {
            assertThat(ExpectedPeer.of(mapped, check, NONE).verdict(plain))
                    .isEqualTo(Verdict.WELCOME);
            assertThat(ExpectedPeer.of(plain, check, NONE).verdict(mapped))
                    .isEqualTo(Verdict.WELCOME);
        }
    }

    @Test
    void only_where_the_address_tells_is_a_port_shared() {
        InetAddress client = InetAddress.ofLiteral("192.0.2.1");
        OtherServers others = new OtherServers.Within(address -> true);
        assertThat(ExpectedPeer.of(client, PeerCheck.SAME_ADDRESS, NONE).mayShare()).isTrue();
        assertThat(ExpectedPeer.of(client, PeerCheck.SAME_NETWORK, NONE).mayShare()).isTrue();
        assertThat(ExpectedPeer.of(client, PeerCheck.ANY_IF_RESUMED, NONE).mayShare()).isFalse();
        assertThat(ExpectedPeer.of(client, PeerCheck.SAME_ADDRESS, others).mayShare()).isFalse();
    }
}
