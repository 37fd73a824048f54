package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CertificateVerifyTest {
    private static final int HEADER = 5;

    private static final byte[] CERTIFICATE = octets("0b 000005 0f 02 01 00 00");
    private static final byte[] KEY_EXCHANGE = octets("10 000003 0f0201");
    private static final byte[] VERIFY = octets("0f 000006 0201 0002 abcd");
    private static final byte[] NOTHING_VERIFIED = octets("0f 000000");
    private static final byte[] SWITCH = octets("14 0303 0001 01");

    /// One message to a record, all in one, and each record of one octet or a few.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 100})
    void the_scheme_is_found_however_messages_lie_in_records(int octetsEach) {
        byte[] flight = joined(CERTIFICATE, KEY_EXCHANGE, VERIFY);
        CertificateVerify read = new CertificateVerify();
        for (int at = 0; at < flight.length; at += octetsEach) {
            int end = Math.min(at + octetsEach, flight.length);
            read.pass(record(Arrays.copyOfRange(flight, at, end)));
        }
        read.pass(ByteBuffer.wrap(SWITCH));
        assertThat(read.scheme()).hasValue(0x0201);
    }

    @Test
    void a_warning_hides_nothing() {
        CertificateVerify read = new CertificateVerify();
        read.pass(ByteBuffer.wrap(octets("15 0303 0002 01 64")));
        read.pass(record(joined(CERTIFICATE, KEY_EXCHANGE)));
        read.pass(ByteBuffer.wrap(octets("15 0303 0002 01 64")));
        read.pass(record(VERIFY));
        assertThat(read.scheme()).hasValue(0x0201);
    }

    @Test
    void what_is_protected_is_not_looked_at() {
        CertificateVerify read = new CertificateVerify();
        read.pass(record(KEY_EXCHANGE));
        read.pass(ByteBuffer.wrap(SWITCH));
        read.pass(record(VERIFY));
        assertThat(read.scheme()).isEqualTo(OptionalInt.empty());
    }

    @Test
    void a_message_of_nothing_has_none() {
        CertificateVerify read = new CertificateVerify();
        read.pass(record(joined(NOTHING_VERIFIED, KEY_EXCHANGE)));
        assertThat(read.scheme()).isEmpty();
        read.pass(ByteBuffer.wrap(octets("16 03")));
        assertThat(read.scheme()).isEmpty();
    }

    private static ByteBuffer record(byte[] messages) {
        return ByteBuffer.allocate(HEADER + messages.length)
                .put((byte) 0x16)
                .putShort((short) 0x0303)
                .putShort((short) messages.length)
                .put(messages)
                .flip();
    }

    private static byte[] joined(byte[]... messages) {
        int length = Arrays.stream(messages).mapToInt(message -> message.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] message : messages) {
            all.put(message);
        }
        return all.array();
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
