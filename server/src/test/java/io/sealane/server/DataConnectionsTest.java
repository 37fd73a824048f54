package io.sealane.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.config.AdvertiseRule;
import io.sealane.config.AdvertisedAddress;
import io.sealane.config.BindAddress;
import io.sealane.config.CidrBlock;
import io.sealane.config.LogFormat;
import io.sealane.config.PassiveConfig;
import io.sealane.config.PeerCheck;
import io.sealane.config.PortRange;
import io.sealane.core.data.PassiveSettings;
import io.sealane.server.log.EventLog;
import java.lang.System.Logger.Level;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DataConnectionsTest {
    private static final InetAddress LOCAL = InetAddress.ofLiteral("10.0.0.5");
    private static final InetAddress LOCAL_6 = InetAddress.ofLiteral("2001:db8::5");
    private static final InetAddress INSIDE = InetAddress.ofLiteral("10.7.7.7");
    private static final InetAddress OUTSIDE = InetAddress.ofLiteral("203.0.113.9");
    private static final AdvertisedAddress NONE = new AdvertisedAddress.OfControlConnection();
    private static final AdvertisedAddress PUBLIC = fixed("198.51.100.1");

    private static final List<AdvertiseRule> INNER =
            List.of(rule("10.7.0.0/16", fixed("10.0.0.7")), rule("10.0.0.0/8", fixed("10.0.0.8")));

    @Test
    void ports_without_an_address_are_on_the_control_connections_own() {
        PassiveSettings settings = settings(new BindAddress.Default(), NONE, List.of());
        assertThat(settings.advertised().addressFor(OUTSIDE)).isEmpty();
        assertThat(settings.binding().addressFor(LOCAL)).isEqualTo(LOCAL);
        assertThat(settings.binding().addressFor(LOCAL_6)).isEqualTo(LOCAL_6);
    }

    @Test
    void the_first_rule_that_holds_the_client_wins_over_the_general_address() {
        PassiveSettings settings = settings(new BindAddress.Default(), PUBLIC, INNER);
        assertThat(settings.advertised().addressFor(INSIDE)).contains(address("10.0.0.7"));
        assertThat(settings.advertised().addressFor(InetAddress.ofLiteral("10.9.9.9")))
                .contains(address("10.0.0.8"));
        assertThat(settings.advertised().addressFor(OUTSIDE)).contains(address("198.51.100.1"));
    }

    /// All on the same, or clients of one network would stand in the way of the other's ports.
    @Test
    void where_another_address_is_advertised_to_some_ports_are_on_every_address_for_all() {
        PassiveSettings settings = settings(new BindAddress.Default(), NONE, INNER);
        assertThat(settings.advertised().addressFor(OUTSIDE)).isEmpty();
        assertThat(settings.binding().addressFor(LOCAL).isAnyLocalAddress()).isTrue();
    }

    @Test
    void a_fixed_bind_address_is_for_clients_of_its_kind() {
        PassiveSettings settings = settings(new BindAddress.Fixed(LOCAL), PUBLIC, List.of());
        assertThat(settings.binding().addressFor(InetAddress.ofLiteral("10.0.0.99")))
                .isEqualTo(LOCAL);
        assertThat(settings.binding().addressFor(LOCAL_6).isAnyLocalAddress()).isTrue();
    }

    private static PassiveSettings settings(
            BindAddress bind, AdvertisedAddress advertise, List<AdvertiseRule> rules) {
        PassiveConfig config =
                new PassiveConfig(
                        new PortRange(40_000, 40_009),
                        List.of(),
                        bind,
                        advertise,
                        rules,
                        PeerCheck.SAME_ADDRESS);
        return DataConnections.passive(
                config, EventLog.toStandardError(LogFormat.TEXT, Level.WARNING));
    }

    private static AdvertiseRule rule(String clients, AdvertisedAddress address) {
        return new AdvertiseRule(CidrBlock.parse(clients).orElseThrow(), address);
    }

    private static AdvertisedAddress fixed(String text) {
        return new AdvertisedAddress.Fixed(address(text));
    }

    private static Inet4Address address(String text) {
        return Inet4Address.ofLiteral(text);
    }
}
