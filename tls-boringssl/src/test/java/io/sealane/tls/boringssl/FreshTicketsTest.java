package io.sealane.tls.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class FreshTicketsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final Instant NOW = Instant.ofEpochSecond(0x6000_0000L + 3600);

    /// A version, a long field, time, timeout, a field with a long tag, and age_add.
    private static final String STATE =
            "30819d 020101 0481 80"
                    + "ab".repeat(0x80)
                    + "a103020105 a20302010a bf21020101 b5060404 01020304";

    private final TicketKey key = new TicketKey(new SecureRandom());

    @Test
    void times_and_age_are_new_and_all_else_is_as_it_was() throws Exception {
        byte[] renewed = key.open(ticket(fresh().next(NOW)));
        assertThat(HEX.formatHex(renewed))
                .matches(
                        "3081a2" // The two numbers have five octets more.
                                + "020101048180"
                                + "ab".repeat(0x80)
                                + "a106020460000000" // An hour before.
                                + "a2050203094890" // A week and an hour.
                                + "bf21020101b5060404[0-9a-f]{8}");
    }

    @Test
    void no_two_are_alike() throws Exception {
        FreshTickets tickets = fresh();
        byte[] first = tickets.next(NOW);
        byte[] second = tickets.next(NOW);
        assertThat(ByteBuffer.wrap(first).getInt(4)).isEqualTo(604_800);
        assertThat(ByteBuffer.wrap(first).getInt(8))
                .isNotEqualTo(ByteBuffer.wrap(second).getInt(8));
        assertThat(ticket(first)).isNotEqualTo(ticket(second)).hasSameSizeAs(ticket(second));
        assertThat(Arrays.copyOfRange(first, 12, 15)).containsExactly(2, 7, 8);
        assertThat(Arrays.copyOfRange(first, first.length - 2, first.length)).containsOnly(0);
        assertThat(first).hasSize(4 + (ByteBuffer.wrap(first).getInt(0) & 0xFFFFFF));
    }

    @Test
    void a_ticket_of_another_key_is_none() {
        TicketKey other = new TicketKey(new SecureRandom());
        assertThatThrownBy(() -> new FreshTickets(message(other), key))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void what_is_cut_is_refused() throws Exception {
        byte[] whole = message(key);
        for (int length : new int[] {0, 4, 12, 15, whole.length - 3}) {
            assertThatThrownBy(() -> new FreshTickets(Arrays.copyOf(whole, length), key))
                    .isInstanceOf(GeneralSecurityException.class);
        }
        SessionState state = new SessionState(HEX.parseHex("3003a10302"));
        assertThatThrownBy(() -> state.renewed(NOW, Duration.ofDays(1), new byte[4]))
                .isInstanceOf(GeneralSecurityException.class);
    }

    private FreshTickets fresh() throws GeneralSecurityException {
        return new FreshTickets(message(key), key);
    }

    /// With a nonce of two octets and no extensions.
    private static byte[] message(TicketKey key) throws GeneralSecurityException {
        byte[] ticket = key.seal(HEX.parseHex(STATE.replace(" ", "")));
        int length = 4 + 4 + 3 + 2 + ticket.length + 2;
        return ByteBuffer.allocate(4 + length)
                .putInt((FreshTickets.NEW_SESSION_TICKET << 24) | length)
                .putInt(172_800)
                .putInt(1)
                .put(new byte[] {2, 7, 8})
                .putShort((short) ticket.length)
                .put(ticket)
                .putShort((short) 0)
                .array();
    }

    private static byte[] ticket(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).position(15);
        byte[] ticket = new byte[in.getShort() & 0xFFFF];
        in.get(ticket);
        return ticket;
    }
}
