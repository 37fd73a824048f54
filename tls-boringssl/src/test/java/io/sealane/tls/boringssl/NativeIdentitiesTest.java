package io.sealane.tls.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsException;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.tls.TlsSettings;
import io.sealane.core.tls.TlsVersion;
import io.sealane.testkit.TestCertificate;
import java.security.PrivateKey;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class NativeIdentitiesTest {
    private static final TestCertificate RSA = TestCertificate.rsa();
    private static final TestCertificate EC = TestCertificate.ec();

    private final NativeIdentities identities = new NativeIdentities();

    @BeforeAll
    static void load() {
        assertThat(BoringSslProvider.load()).isPresent();
    }

    @Test
    void one_is_read_once() throws SSLException {
        NativeIdentity first = identities.of(new TlsIdentity(RSA.key(), RSA.chain()));
        assertThat(identities.of(new TlsIdentity(RSA.key(), List.copyOf(RSA.chain()))))
                .isSameAs(first);
        assertThat(identities.of(new TlsIdentity(EC.key(), EC.chain()))).isNotSameAs(first);
    }

    @Test
    void another_chain_behind_the_leaf_is_another_one() throws SSLException {
        NativeIdentity alone = identities.of(new TlsIdentity(RSA.key(), RSA.chain()));
        TlsIdentity longer =
                new TlsIdentity(RSA.key(), List.of(RSA.certificate(), EC.certificate()));
        NativeIdentity chained = identities.of(longer);
        assertThat(chained).isNotSameAs(alone);
        assertThat(identities.of(longer)).isSameAs(chained);
    }

    @Test
    void a_key_that_stays_in_its_store_is_refused() {
        assertThatThrownBy(() -> identities.of(new TlsIdentity(new HiddenKey(), RSA.chain())))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("cannot be taken out of its store");
    }

    @Test
    void a_key_of_another_certificate_makes_no_engine() throws TlsException {
        TlsSettings settings =
                new TlsSettings(new TlsIdentity(EC.key(), RSA.chain()), TlsVersion.modern());
        try (SessionTls session = BoringSslProvider.load().orElseThrow().newSession(settings)) {
            assertThatThrownBy(session::newControlEngine)
                    .isInstanceOf(TlsException.class)
                    .hasMessageContaining("BoringSSL refused the certificate or its key");
        }
    }

    private static final class HiddenKey implements PrivateKey {
        private static final long serialVersionUID = 1L;

        @Override
        public String getAlgorithm() {
            return "RSA";
        }

        @Override
        public String getFormat() {
            return "none";
        }

        @Override
        @SuppressWarnings("NullAway") // As the JDK has it of keys in hardware.
        public byte[] getEncoded() {
            return null;
        }
    }
}
