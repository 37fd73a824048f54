package io.sealane.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.server.AdvertisedName.Resolver;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class AdvertisedNameTest {
    private static final String ONE = "192.0.2.1";
    private static final String TWO = "192.0.2.2";

    private volatile String record = ONE;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger lookups = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    @Test
    void a_changed_record_is_seen_once_the_answer_is_too_old() {
        AdvertisedName name = name(_ -> addresses(record));

        assertThat(name.address()).contains(Inet4Address.ofLiteral(ONE));
        record = TWO;
        advance(AdvertisedName.ANSWER_KEPT.minusNanos(1));
        assertThat(name.address()).contains(Inet4Address.ofLiteral(ONE));
        advance(Duration.ofNanos(1));
        assertThat(name.address()).contains(Inet4Address.ofLiteral(TWO));
        assertThat(lookups).hasValue(2);
    }

    @Test
    void the_old_answer_stays_where_a_lookup_fails() {
        AdvertisedName name =
                name(_ -> {
                    if (record.isEmpty()) {
                        throw new UnknownHostException("no answer");
                    }
                    return addresses(record);
                });

        assertThat(name.address()).contains(Inet4Address.ofLiteral(ONE));
        record = "";
        advance(AdvertisedName.ANSWER_KEPT);
        assertThat(name.address()).contains(Inet4Address.ofLiteral(ONE));
        assertThat(failures).containsExactly("no answer");
        record = TWO;
        advance(AdvertisedName.ANSWER_KEPT);
        assertThat(name.address()).contains(Inet4Address.ofLiteral(TWO));
    }

    @Test
    void ipv6_addresses_are_passed_over() {
        AdvertisedName both = name(_ -> addresses("2001:db8::1", ONE));
        assertThat(both.address()).contains(Inet4Address.ofLiteral(ONE));

        AdvertisedName six = name(_ -> addresses("2001:db8::1"));
        assertThat(six.address()).isEmpty();
        assertThat(failures).containsExactly("it has no IPv4 address");
    }

    /// The one that asks waits for a bounded time, the others not at all.
    @Test
    void while_a_lookup_hangs_the_old_answer_serves() {
        CountDownLatch hanging = new CountDownLatch(1);
        AdvertisedName name =
                name(_ -> {
                    try {
                        gate.await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    return addresses(ONE);
                });
        assertThat(name.address()).contains(Inet4Address.ofLiteral(ONE));
        gate = hanging;
        advance(AdvertisedName.ANSWER_KEPT);

        assertThat(name.address()).contains(Inet4Address.ofLiteral(ONE));
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(name.address()).contains(Inet4Address.ofLiteral(ONE));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AdvertisedName.PATIENCE);
        assertThat(lookups).hasValue(2);
        hanging.countDown();
    }

    private void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private AdvertisedName name(Resolver resolver) {
        return new AdvertisedName(
                "ftp.example.com",
                asked -> {
                    lookups.incrementAndGet();
                    assertThat(asked).isEqualTo("ftp.example.com");
                    return resolver.lookUp(asked);
                },
                nanos::get,
                failures::add);
    }

    private static InetAddress[] addresses(String... texts) {
        return List.of(texts).stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }
}
