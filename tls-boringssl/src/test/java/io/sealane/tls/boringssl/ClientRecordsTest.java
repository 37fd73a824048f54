package io.sealane.tls.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.core.tls.KeyUpdateRecord;
import io.sealane.tls.boringssl.ClientRecords.Content;
import io.sealane.tls.boringssl.RecordCipher.Suite;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The client's end and BoringSSL's, both played by a cipher each.
final class ClientRecordsTest {
    private static final byte[] SECRET = new byte[48];
    private static final byte[] UPDATE = {24, 0, 0, 1, 0, 22};
    private static final byte[] UPDATE_REQUESTED = {24, 0, 0, 1, 1, 22};
    private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o', 23};

    @ParameterizedTest
    @EnumSource
    void boringssl_hears_of_those_that_want_an_answer_and_of_what_comes_behind(Suite suite)
            throws GeneralSecurityException {
        RecordCipher client = new RecordCipher(suite, SECRET);
        RecordCipher boringSsl = new RecordCipher(suite, SECRET);
        ClientRecords records = new ClientRecords(suite.name(), () -> SECRET);

        for (int round = 0; round < 40; round++) {
            assertThat(records.open(client.seal(UPDATE))).isEqualTo(Content.KEY_UPDATE);
            client.update();
            byte[] padded = Arrays.copyOf(UPDATE_REQUESTED, UPDATE_REQUESTED.length + 16);
            byte[] record = client.seal(padded);
            assertThat(KeyUpdateRecord.mayHave(record.length)).isTrue();
            assertThat(records.open(record)).isEqualTo(Content.KEY_UPDATE_THAT_WANTS_AN_ANSWER);
            client.update();
            ByteBuffer told = records.sealedKeyUpdate();
            assertThat(boringSsl.open(next(told))).isEqualTo(padded);
            boringSsl.update();
            assertThat(boringSsl.open(next(told))).containsExactly(0, 23);
            assertThat(told.hasRemaining()).isFalse();
        }
        assertThat(records.changed()).isTrue();
        for (int round = 0; round < 3; round++) {
            assertThat(records.open(client.seal(HELLO))).isEqualTo(Content.OTHER);
            assertThat(boringSsl.open(next(records.sealed()))).isEqualTo(HELLO);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_only_looks_like_one_changes_nothing(Suite suite) throws GeneralSecurityException {
        RecordCipher client = new RecordCipher(suite, SECRET);
        ClientRecords records = new ClientRecords(suite.name(), () -> SECRET);
        byte[] record = client.seal(HELLO);

        assertThat(KeyUpdateRecord.mayHave(record.length)).isTrue();
        assertThat(records.open(record)).isEqualTo(Content.OTHER);
        assertThat(records.changed()).isFalse();
        byte[] forged = client.seal(UPDATE);
        forged[forged.length - 1] ^= 1;
        assertThatThrownBy(() -> records.open(forged)).isInstanceOf(GeneralSecurityException.class);
        assertThat(records.changed()).isFalse();
    }

    private static byte[] next(ByteBuffer records) {
        byte[] record =
                new byte
                        [RecordCipher.HEADER_BYTES
                                + Short.toUnsignedInt(records.getShort(records.position() + 3))];
        records.get(record);
        return record;
    }
}
