package io.sealane.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.limit.SessionPermits.Entrance;
import io.sealane.core.limit.SessionPermits.Permit;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class SessionPermitsTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress THERE = InetAddress.ofLiteral("127.0.0.2");

    private static Permit admitted(Entrance entrance) {
        assertThat(entrance).isInstanceOf(Entrance.Admitted.class);
        return ((Entrance.Admitted) entrance).permit();
    }

    @Test
    void an_address_gets_no_more_than_its_share_and_others_still_get_in() {
        SessionPermits permits = new SessionPermits(10, 1, 10);
        try (Permit first = admitted(permits.enter(HERE))) {
            assertThat(permits.enter(HERE)).isEqualTo(new Entrance.AddressFull(1));
            try (Permit other = admitted(permits.enter(THERE))) {
                assertThat(permits.sessions()).isEqualTo(2);
                assertThat(first).isNotSameAs(other);
            }
        }
        assertThat(permits.sessions()).isZero();
    }

    @Test
    void the_server_gets_no_more_than_its_limit() {
        SessionPermits permits = new SessionPermits(1, 10, 10);
        try (Permit only = admitted(permits.enter(HERE))) {
            assertThat(permits.enter(THERE)).as("%s", only).isEqualTo(new Entrance.Full());
        }
    }

    @Test
    void a_user_gets_no_more_than_the_limit_and_a_place_is_free_again_at_once() {
        SessionPermits permits = new SessionPermits(10, 10, 1);
        Permit first = admitted(permits.enter(HERE));
        try (Permit second = admitted(permits.enter(HERE))) {
            assertThat(first.becomeUser("alice")).isTrue();
            assertThat(second.becomeUser("alice")).isFalse();
            assertThat(second.becomeUser("bob")).isTrue();
            first.close();
            first.close();
            assertThat(second.becomeUser("alice")).isTrue();
            assertThat(permits.sessions()).isEqualTo(1);
        }
    }
}
