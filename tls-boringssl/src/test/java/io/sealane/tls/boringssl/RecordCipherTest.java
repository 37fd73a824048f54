package io.sealane.tls.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.tls.boringssl.RecordCipher.Suite;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RecordCipherTest {
    /// A connection's record as BoringSSL has it, and as the client gets it.
    private static final class Connection {
        private final RecordCipher sender;
        private final RecordCipher receiver;

        Connection(Suite suite, int secret) throws GeneralSecurityException {
            sender = cipher(suite, secret);
            receiver = cipher(suite, secret);
        }

        static RecordCipher cipher(Suite suite, int secret) throws GeneralSecurityException {
            byte[] octets = new byte[suite == Suite.TLS_AES_256_GCM_SHA384 ? 48 : 32];
            Arrays.fill(octets, (byte) secret);
            return new RecordCipher(suite, octets);
        }

        byte[] move(String text) throws GeneralSecurityException {
            return receiver.open(sender.seal(octets(text)));
        }
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void connections_do_not_disturb_each_other(Suite suite) throws Exception {
        Connection one = new Connection(suite, 1);
        Connection other = new Connection(suite, 2);

        for (int i = 0; i < 3; i++) {
            assertThat(one.move("150 one" + i)).isEqualTo(octets("150 one" + i));
            assertThat(other.move("226 other" + i)).isEqualTo(octets("226 other" + i));
        }
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void what_was_opened_is_sealed_with_the_same_key_and_nonce(Suite suite) throws Exception {
        byte[] record = sealedElsewhere(suite, "226 Done");
        RecordCipher opener = Connection.cipher(suite, 1);
        RecordCipher sealer = Connection.cipher(suite, 1);

        assertThat(sealer.seal(opener.open(record))).isEqualTo(record);
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void the_next_secret_has_keys_of_its_own(Suite suite) throws Exception {
        Connection connection = new Connection(suite, 1);
        byte[] before = sealedElsewhere(suite, "226");
        connection.move("226");
        connection.sender.update();
        connection.receiver.update();

        byte[] record = connection.sender.seal(octets("226"));

        assertThat(record).isNotEqualTo(before);
        assertThat(connection.receiver.open(record)).isEqualTo(octets("226"));
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void a_record_that_was_changed_is_refused_and_others_still_open(Suite suite) throws Exception {
        Connection connection = new Connection(suite, 1);
        connection.move("220");
        byte[] changed = connection.sender.seal(octets("226"));
        changed[RecordCipher.HEADER_BYTES] ^= 1;

        assertThatThrownBy(() -> connection.receiver.open(changed))
                .isInstanceOf(AEADBadTagException.class);
        assertThat(new Connection(suite, 3).move("230")).isEqualTo(octets("230"));
    }

    /// The first record of connection 1 as BoringSSL would seal it. Here the JDK's cipher did, so
    /// another key has to make it forget this one.
    private static byte[] sealedElsewhere(Suite suite, String text)
            throws GeneralSecurityException {
        byte[] record = Connection.cipher(suite, 1).seal(octets(text));
        Connection.cipher(suite, 4).seal(octets(text));
        return record;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
