package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.wire.ClientHello.Parsed;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientHelloTest {
    /// TLS 1.0 without extensions, as old devices say it: three suites.
    private static final String OLD =
            "16 0301 0031 01 00002d 0301 " + "00".repeat(32) + " 00 0006 0005 000a 002f 01 00";

    private static final String SSL_2 =
            "8025 01 0301 000c 0000 0010 010080 00000a 00002f 0700c0 " + "00".repeat(16);

    @Test
    void a_hello_of_the_jdk_is_understood() throws GeneralSecurityException, SSLException {
        ClientHello hello = whole(ofTheJdk());

        assertThat(hello.versions()).containsExactly(0x0304, 0x0303);
        assertThat(hello.cipherSuites()).contains(0x1302, 0x1301).doesNotContain(0x0005);
        assertThat(hello.groups()).contains(0x001D, 0x0017);
        assertThat(hello.keyShares()).isNotEmpty().isSubsetOf(hello.groups());
        assertThat(hello.signatureSchemes()).contains(0x0804, 0x0403);
        assertThat(hello.serverName()).contains("ftp.example.com");
        assertThat(hello.applicationProtocols()).containsExactly("ftp", "x\\x00y");
    }

    @Test
    void a_hello_without_extensions_has_the_version_of_the_message() {
        ClientHello hello = whole(octets(OLD));

        assertThat(hello)
                .isEqualTo(
                        new ClientHello(
                                List.of(0x0301),
                                List.of(0x0005, 0x000A, 0x002F),
                                List.of(),
                                List.of(),
                                List.of(),
                                Optional.empty(),
                                List.of(),
                                Set.of()));
    }

    /// As OpenSSL 0.9.8 says it: two suites of TLS between two of SSL 2.
    @Test
    void a_hello_in_the_format_of_ssl_2_names_the_version_it_wants() {
        ClientHello hello = whole(octets(SSL_2));

        assertThat(hello.versions()).containsExactly(0x0301);
        assertThat(hello.cipherSuites()).containsExactly(0x000A, 0x002F);
    }

    @Test
    void a_server_name_is_the_same_with_the_dot_of_the_root() {
        ClientHello hello =
                whole(
                        octets(
                                "16 0301 0040 01 00003c 0301 "
                                        + "00".repeat(32)
                                        + " 00 0006 0005 000a 002f 01 00"
                                        + " 000d 0000 0009 0007 00 0004 612e622e"));

        assertThat(hello.serverName()).contains("a.b");
    }

    @Test
    void each_beginning_says_how_much_is_missing_at_least() throws Exception {
        for (byte[] all :
                List.of(octets(OLD), octets(SSL_2), ofTheJdk(), inRecordsOf(7, octets(OLD)))) {
            for (int length = 1; length < all.length; length++) {
                Parsed parsed = ClientHello.parse(ByteBuffer.wrap(all, 0, length));
                assertThat(parsed).isInstanceOf(Parsed.Begun.class);
                assertThat(((Parsed.Begun) parsed).octetsMore()).isBetween(1, all.length - length);
            }
        }
    }

    @Test
    void a_message_may_be_cut_over_records_and_have_octets_behind_it() {
        byte[] cut = inRecordsOf(7, octets(OLD));

        assertThat(whole(cut)).isEqualTo(whole(octets(OLD)));
        assertThat(whole(Arrays.copyOf(octets(OLD), octets(OLD).length + 3)))
                .isEqualTo(whole(octets(OLD)));
    }

    /// RFC 8701: a client mixes in values that mean nothing.
    @Test
    void grease_is_left_out() {
        byte[] greased = octets(OLD.replace("0005", "1a1a"));

        assertThat(whole(greased).cipherSuites()).containsExactly(0x000A, 0x002F);
        assertThat(whole(octets(OLD.replace("0005", "1a2a"))).cipherSuites())
                .containsExactly(0x1A2A, 0x000A, 0x002F);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "55",
                "16 0301 0000",
                "16 0301 4001",
                "16 0301 0004 02 00002f",
                "16 0301 0004 01 008000",
                "16 0301 0006 01 000002 0301",
                "8025 02 0301 000c 0000 0010",
                "8025 01 0301 000d 0000 0010",
                "8025 01 0301 000c 0000 0011",
                "ff25 01 0301 000c 0000 0010",
            })
    void what_is_none_or_too_long_is_broken(String hex) {
        assertThat(ClientHello.parse(ByteBuffer.wrap(octets(hex))))
                .isInstanceOf(Parsed.Broken.class);
    }

    @Test
    void a_length_that_exceeds_its_list_is_broken() {
        assertThat(ClientHello.parse(ByteBuffer.wrap(octets(OLD.replace("0006", "0016")))))
                .isEqualTo(new Parsed.Broken("a length exceeds what holds it"));
    }

    private static ClientHello whole(byte[] octets) {
        Parsed parsed = ClientHello.parse(ByteBuffer.wrap(octets));
        assertThat(parsed).isInstanceOf(Parsed.Whole.class);
        return ((Parsed.Whole) parsed).hello();
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] inRecordsOf(int size, byte[] record) {
        ByteBuffer all = ByteBuffer.allocate(record.length * 3);
        for (int at = 5; at < record.length; at += size) {
            int here = Math.min(size, record.length - at);
            all.put((byte) 22).putShort((short) 0x0301).putShort((short) here);
            all.put(record, at, here);
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    private static byte[] ofTheJdk() throws GeneralSecurityException, SSLException {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setServerNames(List.of(new SNIHostName("ftp.example.com")));
        parameters.setApplicationProtocols(new String[] {"ftp", "x\u0000y"});
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }
}
