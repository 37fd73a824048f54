package io.sealane.core.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.wire.ClientHello;
import io.sealane.core.wire.ClientHello.Parsed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

final class CipherSuiteTest {
    /// The JDK knows names and code points of most; what it sends for a name is what we call it.
    @Test
    void names_are_those_that_the_jdk_has_for_the_same_code() throws SSLException {
        Set<String> supported =
                Set.of(JsseTestClient.trustingAll().createSSLEngine().getSupportedCipherSuites());
        int checked = 0;
        for (CipherSuite suite : CipherSuite.values()) {
            if (supported.contains(suite.name()) && isAllowedByTheJdk(suite)) {
                assertThat(offered(suite).cipherSuites()).as(suite.name()).contains(suite.code());
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(15);
    }

    @Test
    void what_has_no_name_is_shown_by_its_number() {
        assertThat(CipherSuite.shown(0x1301)).isEqualTo("TLS_AES_128_GCM_SHA256");
        assertThat(CipherSuite.shown(0xC0FF)).isEqualTo("0xC0FF");
        assertThat(NamedGroup.shown(0x001D)).isEqualTo("x25519");
        assertThat(NamedGroup.shown(0x0001)).isEqualTo("0x0001");
    }

    @Test
    void only_aead_with_forward_secrecy_is_served() {
        assertThat(CipherSuite.served(Strength.MODERN))
                .hasSize(9)
                .allSatisfy(suite ->
                        assertThat(suite.name())
                                .matches(
                                        "TLS_((ECDHE_(RSA|ECDSA)_WITH_)?(AES_.*_GCM|CHACHA20).*)"));
    }

    @Test
    void an_offer_has_a_bounded_length_in_the_log() {
        List<Integer> many = IntStream.range(0x2000, 0x2100).boxed().toList();
        ClientHello hello =
                new ClientHello(
                        many,
                        many,
                        many,
                        many,
                        many,
                        Optional.of("n".repeat(255)),
                        IntStream.range(0, 100)
                                .mapToObj(i -> "p".repeat(255))
                                .collect(Collectors.toList()),
                        Set.of());
        String words = ClientOffer.describe(Optional.of(hello));
        assertThat(words)
                .hasSizeLessThan(4_500)
                .contains("0x2027 and 216 more; groups=")
                .endsWith("sni=" + "n".repeat(64) + "...");
        assertThat(ClientOffer.describe(Optional.empty())).isEqualTo("-");
    }

    /// `jdk.tls.disabledAlgorithms` takes the others out of what is sent.
    private static boolean isAllowedByTheJdk(CipherSuite suite) {
        return Arrays.asList(
                                JsseTestClient.trustingAll()
                                        .getSupportedSSLParameters()
                                        .getCipherSuites())
                        .contains(suite.name())
                && !suite.name().matches("TLS_RSA_.*|.*_(3DES|DES|RC4|DES40)_.*|.*_DSS_.*|.*SCSV");
    }

    private static ClientHello offered(CipherSuite suite) throws SSLException {
        SSLEngine engine = JsseTestClient.trustingAll().createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {suite.isOfTls13() ? "TLSv1.3" : "TLSv1.2"});
        parameters.setCipherSuites(new String[] {suite.name()});
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return ((Parsed.Whole) ClientHello.parse(out.flip())).hello();
    }
}
