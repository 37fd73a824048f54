package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.wire.NameCharsets;
import io.sealane.testkit.Ending;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Names in GBK, for clients that are older than UTF-8 in FTP (RFC 2640): those that ask for it,
/// and those that never ask for anything and are known by their address.
final class LegacyNamesTest {
    private static final Charset GBK = Charset.forName("GBK");
    private static final String NAME = "\u6587\u4ef6.txt";
    private static final byte[] CONTENT = TestFiles.text("x");

    @ParameterizedTest
    @EnumSource
    void a_client_that_turns_utf8_off_names_files_in_the_legacy_set(Security security)
            throws IOException {
        TestServer.Options options = security.options().with(client -> NameCharsets.offering(GBK));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = security.member(server)) {
            server.files().put("/" + NAME, CONTENT);
            client.send("OPTS UTF8 OFF").expect(200, "Names are in GBK.");
            assertThat(listed(client)).contains(NAME.getBytes(GBK));
            command(client, "SIZE " + NAME, GBK).expect(213, "1");
            command(client, "RNFR " + NAME, GBK).expect(350);
            command(client, "RNTO \u65b0", GBK).expect(250);
            assertThat(server.files().exists("/\u65b0")).isTrue();
            client.send("OPTS UTF8 ON").expect(200);
            command(client, "SIZE \u65b0", StandardCharsets.UTF_8).expect(213, "1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_known_for_it_begins_with_the_legacy_set(Security security) throws IOException {
        TestServer.Options options =
                security.options().with(client -> NameCharsets.beginningWith(GBK));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = security.member(server)) {
            command(client, "MKD \u76ee\u5f55", GBK).expect(257);
            assertThat(listed(client)).contains("\u76ee\u5f55".getBytes(GBK));
            client.sendRaw(new byte[] {'C', 'W', 'D', ' ', (byte) 0xB0, '\r', '\n'});
            client.expect(501, "Not in the character set in use.");
        }
    }

    /// Emoji are in no legacy set: a question mark would be another name.
    @ParameterizedTest
    @EnumSource
    void a_letter_that_the_legacy_set_does_not_have_is_escaped_both_ways(Security security)
            throws IOException {
        TestServer.Options options =
                security.options().with(client -> NameCharsets.beginningWith(GBK));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = security.member(server)) {
            server.files().put("/\ud83d\ude00", CONTENT);
            assertThat(listed(client)).contains("{U+1F600}\r\n".getBytes(GBK));
            command(client, "SIZE {U+1F600}", GBK).expect(213, "1");
            command(client, "DELE {U+1F600}", GBK).expect(250);
            assertThat(server.files().exists("/\ud83d\ude00")).isFalse();
            command(client, "MKD {U+0100}", GBK).expect(257, "\"/{U+0100}\" created.");
            client.send("OPTS UTF8 ON").expect(200);
            command(client, "RMD \u0100", StandardCharsets.UTF_8).expect(250);
        }
    }

    /// The octets of one in UTF-8 are the other in GBK.
    @ParameterizedTest
    @EnumSource
    void names_that_look_alike_in_two_sets_are_two_in_a_listing(Security security)
            throws IOException {
        TestServer.Options options =
                security.options().with(client -> NameCharsets.beginningWith(GBK));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = security.member(server)) {
            server.files().put("/\u0100", CONTENT);
            server.files().put("/\u81a7", CONTENT);
            assertThat(listed(client)).contains("{U+0100}\r\n\u81a7\r\n".getBytes(GBK));
            command(client, "DELE {U+0100}", GBK).expect(250);
            assertThat(server.files().exists("/\u81a7")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_set_counts_for_what_was_sent_behind_it_while_something_ran(Security security)
            throws IOException {
        TestServer.Options options = security.options().with(client -> NameCharsets.offering(GBK));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = security.member(server);
                ProbeData data = client.openData()) {
            server.files().put("/" + NAME, CONTENT);
            client.send("STOR a").expect(150);
            data.establish();
            command(client, "OPTS UTF8 OFF\r\nSIZE " + NAME, GBK);
            data.finish(Ending.ORDERLY);
            client.expect(226).expect(200).expect(213, "1");
        }
    }

    private static byte[] listed(ProbeClient client) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        client.download("NLST", octets).expect(150, 226);
        return octets.toByteArray();
    }

    private static ProbeClient command(ProbeClient client, String line, Charset charset)
            throws IOException {
        return client.sendRaw((line + "\r\n").getBytes(charset));
    }
}
