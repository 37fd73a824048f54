package io.sealane.core.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class RecordBoundsTest {
    private static final byte[] TWO_RECORDS = {
        22, 3, 1, 0, 2, 7, 7, //
        23, 3, 3, 0, 0
    };

    @Test
    void the_first_record_ends_where_its_length_says() {
        assertThat(RecordBounds.endOfFirst(ByteBuffer.wrap(TWO_RECORDS))).isEqualTo(7);
        assertThat(RecordBounds.endOfFirst(ByteBuffer.wrap(TWO_RECORDS).position(7))).isEqualTo(12);
    }

    @Test
    void of_a_record_that_is_not_all_there_nothing_is_taken() {
        for (int octets = 0; octets < 7; octets++) {
            assertThat(RecordBounds.endOfFirst(ByteBuffer.wrap(TWO_RECORDS).limit(octets)))
                    .isZero();
        }
    }

    @Test
    void what_can_be_no_record_is_taken_as_it_is() {
        assertThat(RecordBounds.endOfFirst(ByteBuffer.wrap("USER demo".getBytes(US_ASCII))))
                .isEqualTo(9);
        byte[] tooLong = {22, 3, 1, (byte) 0xff, (byte) 0xff, 1};
        assertThat(RecordBounds.endOfFirst(ByteBuffer.wrap(tooLong))).isEqualTo(6);
    }

    @Test
    void the_first_may_be_one_of_ssl_2() {
        ByteBuffer records = ByteBuffer.wrap(new byte[] {(byte) 0x80, 3, 1, 3, 1, 22, 3, 1, 0, 0});
        RecordBounds bounds = new RecordBounds();
        for (int octet = 0; octet < 10; octet++) {
            bounds.pass(records, octet, octet + 1);
            assertThat(bounds.isWithinRecord()).isEqualTo(octet != 4 && octet != 9);
        }
    }

    @Test
    void only_between_records_is_none_begun_however_they_come() {
        ByteBuffer records = ByteBuffer.wrap(TWO_RECORDS);
        for (int first = 0; first <= TWO_RECORDS.length; first++) {
            RecordBounds bounds = new RecordBounds();
            bounds.pass(records, 0, first);
            assertThat(bounds.isWithinRecord())
                    .as("behind %s octets", first)
                    .isEqualTo(first != 0 && first != 7 && first != 12);
            bounds.pass(records, first, TWO_RECORDS.length);
            assertThat(bounds.isWithinRecord()).isFalse();
        }
    }
}
