package io.sealane.tls.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import io.sealane.core.tls.ApplicationProtocols;
import io.sealane.core.tls.ClientCertificates;
import io.sealane.core.tls.NamedGroup;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.Strength;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.tls.TlsSettings;
import io.sealane.core.tls.TlsVersion;
import io.sealane.core.wire.ClientHello;
import io.sealane.core.wire.ClientHello.Parsed;
import io.sealane.core.wire.ServerFlight;
import io.sealane.testkit.TestCertificate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The group of the key exchange: post-quantum where the client can, and no second ClientHello
/// where the first has a key share that will do.
final class BoringSslGroupsTest {
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);
    private static final int FLIGHT_BYTES = 64 * 1024;

    /// Groups that the client offers, in its order, those that it sends key shares for, and the one
    /// that is taken. BoringSSL's client sends a share for its first group, and one of the other
    /// kind, post-quantum or not.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X25519MLKEM768 X25519 P-256 | 11ec 001d | 11ec",
                "X25519MLKEM768              | 11ec      | 11ec",
                "X25519 X25519MLKEM768       | 001d 11ec | 11ec",
                "X25519 P-256                | 001d      | 001d",
                "P-256 X25519MLKEM768 X25519 | 0017 11ec | 11ec",
                "P-384 X25519                | 0018      | 0018",
            })
    void a_key_share_that_will_do_is_taken_at_once(String offered, String shares, String taken)
            throws Exception {
        ByteBuffer hello = hello(List.of(offered.split(" ")));
        ClientHello read = ((Parsed.Whole) ClientHello.parse(hello)).hello();
        assertThat(read.keyShares())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(shares.split(" ")).map(HexFormat::fromHexDigits).toList());
        ByteBuffer answer = answerTo(hello);
        assertThat(ServerFlight.group(answer)).hasValue(HexFormat.fromHexDigits(taken));
        assertThat(HexFormat.of().formatHex(octets(answer))).doesNotContain(randomOfARetry());
    }

    /// That the test above would see one.
    @ParameterizedTest
    @CsvSource({"P-521 X25519"})
    void a_key_share_that_will_not_do_costs_a_second_client_hello(String offered) throws Exception {
        ByteBuffer answer = answerTo(hello(List.of(offered.split(" "))));
        assertThat(HexFormat.of().formatHex(octets(answer))).contains(randomOfARetry());
        assertThat(ServerFlight.group(answer)).hasValue(0x001D);
    }

    private static ByteBuffer hello(List<String> groups) throws Exception {
        SslContext context =
                SslContextBuilder.forClient()
                        .sslProvider(SslProvider.OPENSSL_REFCNT)
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .endpointIdentificationAlgorithm("")
                        .protocols("TLSv1.3")
                        .option(OpenSslContextOption.GROUPS, groups.toArray(String[]::new))
                        .build();
        SSLEngine client = context.newEngine(UnpooledByteBufAllocator.DEFAULT);
        try {
            ByteBuffer out = ByteBuffer.allocateDirect(FLIGHT_BYTES);
            client.beginHandshake();
            client.wrap(NOTHING, out);
            return out.flip();
        } finally {
            ReferenceCountUtil.release(client);
            ReferenceCountUtil.release(context);
        }
    }

    private static ByteBuffer answerTo(ByteBuffer hello) throws Exception {
        TestCertificate certificate = TestCertificate.ec();
        Set<TlsVersion> versions = EnumSet.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
        TlsIdentity identity = new TlsIdentity(certificate.key(), certificate.chain());
        try (SessionTls session =
                BoringSslProvider.load()
                        .orElseThrow()
                        .newSession(settings(identity, versions, hello))) {
            SSLEngine engine = session.newControlEngine();
            try {
                engine.beginHandshake();
                engine.unwrap(hello, ByteBuffer.allocateDirect(FLIGHT_BYTES));
                ByteBuffer out = ByteBuffer.allocateDirect(FLIGHT_BYTES);
                engine.wrap(NOTHING, out);
                return out.flip();
            } finally {
                session.release(engine);
            }
        }
    }

    private static TlsSettings settings(
            TlsIdentity identity, Set<TlsVersion> versions, ByteBuffer hello) {
        ClientHello read = ((Parsed.Whole) ClientHello.parse(hello)).hello();
        return new TlsSettings(
                identity,
                versions,
                Strength.MODERN,
                ClientCertificates.NONE,
                ApplicationProtocols.FTP,
                NamedGroup.inOrderFor(Optional.of(read), NamedGroup.SERVED));
    }

    /// RFC 8446 section 4.1.3.
    private static String randomOfARetry() throws Exception {
        byte[] text = "HelloRetryRequest".getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    }

    private static byte[] octets(ByteBuffer buffer) {
        byte[] all = new byte[buffer.remaining()];
        buffer.duplicate().get(all);
        return all;
    }
}
