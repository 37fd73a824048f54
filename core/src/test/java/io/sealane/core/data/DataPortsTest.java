package io.sealane.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.limit.BufferPool;
import io.sealane.core.limit.Limits;
import io.sealane.core.limit.Ticker;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.tls.ProtectionLevel;
import io.sealane.core.tls.TlsRole;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DataPortsTest {
    private static final long SEED = 20_260_304;
    private static final int PORTS = 16;
    private static final int CHOICES = 3_200;

    /// What chi-square with 15 degrees of freedom exceeds once in a thousand times.
    private static final double CHI_SQUARE_MAX = 37.7;

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Limits LIMITS =
            new Limits(10, 10, 10, LONG, LONG, LONG, LONG, LONG, LONG, LONG);
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @Test
    void ports_are_chosen_uniformly_and_do_not_follow_one_from_the_other() throws IOException {
        int first = freeRange();
        int[] counts = new int[PORTS];
        int[] steps = new int[PORTS];
        try (Watchdog watchdog = new Watchdog(Ticker.system(), _ -> {})) {
            DataPorts ports = ports(PassiveSettings.range(first, first + PORTS - 1), watchdog);
            int previous = 0;
            for (int i = 0; i < CHOICES; i++) {
                PassiveOffer offer = open(ports).orElseThrow();
                int chosen = offer.port() - first;
                offer.close();
                counts[chosen]++;
                steps[Math.floorMod(chosen - previous, PORTS)]++;
                previous = chosen;
            }
        }
        assertThat(chiSquare(counts)).as("ports, seed %s", SEED).isLessThan(CHI_SQUARE_MAX);
        assertThat(chiSquare(steps)).as("steps, seed %s", SEED).isLessThan(CHI_SQUARE_MAX);
    }

    @Test
    void the_last_ports_are_found_and_then_none() throws IOException {
        int first = freeRange();
        try (Watchdog watchdog = new Watchdog(Ticker.system(), _ -> {})) {
            DataPorts ports = ports(PassiveSettings.range(first, first + PORTS - 1), watchdog);
            PassiveOffer[] offers = new PassiveOffer[PORTS];
            for (int i = 0; i < PORTS; i++) {
                offers[i] = open(ports).orElseThrow();
            }
            assertThat(offers).extracting(PassiveOffer::port).doesNotHaveDuplicates();
            assertThat(open(ports)).isEmpty();
            int freed = offers[PORTS / 2].port();
            offers[PORTS / 2].close();
            PassiveOffer again = open(ports).orElseThrow();
            assertThat(again.port()).isEqualTo(freed);
            again.close();
            for (PassiveOffer offer : offers) {
                offer.close();
            }
        }
    }

    /// A client told another address would find nobody there.
    @Test
    void a_client_is_told_the_one_address_that_the_ports_are_on() {
        assertThat(advertised("127.0.0.2")).isEqualTo(InetAddress.ofLiteral("127.0.0.2"));
        assertThat(advertised("0.0.0.0")).isEqualTo(LOOPBACK);
        assertThat(advertised("::")).isEqualTo(LOOPBACK);
    }

    private static InetAddress advertised(String bound) {
        PassiveSettings passive =
                new PassiveSettings(
                        0,
                        0,
                        Set.of(),
                        _ -> InetAddress.ofLiteral(bound),
                        _ -> Optional.empty(),
                        PeerCheck.SAME_ADDRESS);
        try (Watchdog watchdog = new Watchdog(Ticker.system(), _ -> {})) {
            return ports(passive, watchdog).advertisedAddress(client());
        }
    }

    private static double chiSquare(int[] counts) {
        double expected = (double) CHOICES / PORTS;
        double sum = 0;
        for (int count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    private static DataPorts.Client client() {
        return new DataPorts.Client(
                "1",
                "explicit",
                () -> "-",
                LOOPBACK,
                LOOPBACK,
                DataPorts.StandardPort.FTP_DATA,
                Optional::empty,
                Lingering.ofSession());
    }

    private static Optional<PassiveOffer> open(DataPorts ports) {
        return ports.openPassive(
                client(),
                new OtherServers.None(),
                new DataPorts.Security(ProtectionLevel.CLEAR, TlsRole.SERVER));
    }

    private static DataPorts ports(PassiveSettings passive, Watchdog watchdog) {
        return new DataPorts(
                passive,
                ActiveSettings.DEFAULTS,
                LIMITS,
                watchdog,
                new BufferPool(1 << 20),
                event -> {},
                new Random(SEED));
    }

    /// Ports in a row below those that Linux chooses itself.
    private static int freeRange() throws IOException {
        for (int first = 20_000; first < 32_000; first += PORTS) {
            if (isFree(first)) {
                return first;
            }
        }
        throw new AssertionError("no free ports");
    }

    private static boolean isFree(int first) throws IOException {
        for (int port = first; port < first + PORTS; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(port));
            } catch (BindException taken) {
                return false;
            }
        }
        return true;
    }
}
