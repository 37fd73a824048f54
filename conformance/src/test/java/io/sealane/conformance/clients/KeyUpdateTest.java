package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Run;
import io.sealane.testkit.ExternalClient.Tool;
import io.sealane.testkit.RandomBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// KeyUpdate of TLS 1.3 (RFC 8446 section 4.6.3): clients may send any number and are answered,
/// also while they are sent something; and the server, on whose side the JDK is told to want one
/// with each mebibyte, asks a client that uploads for none.
@Timeout(60)
final class KeyUpdateTest {
    private static final long LENGTH = 32L << 20;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jsse"})
    @Needs(Tool.CURL)
    void clients_may_change_keys_and_are_not_asked_to(String provider) throws Exception {
        Path limits = folder.resolve("limits.properties");
        Files.writeString(limits, RekeyingClient.KEY_LIMITS + "\n");
        try (PackagedServer server =
                PackagedServer.start(
                        folder,
                        PackagedServer.Settings.standard()
                                .provider(provider)
                                .java("-Djava.security.properties=" + limits))) {
            Run run = changeKeys(server, limits);
            assertThat(run.output().strip()).isEqualTo(RekeyingClient.SAME);
            assertThat(run.errors().split(RekeyingClient.ANSWERED, -1).length - 1)
                    .as("more than BoringSSL would take without a word of its own")
                    .isGreaterThan(32);
            assertThat(keyUpdatesOfAnUpload(server)).isZero();
            assertThat(server.defects()).isEmpty();
        }
    }

    private Run changeKeys(PackagedServer server, Path limits) throws IOException {
        return ExternalClient.at(Path.of(System.getProperty("java.home"), "bin", "java"))
                .in(folder)
                .run(RekeyingClient.commandLine(limits, server, server.newFolder("rekeyed")))
                .expectSuccess();
    }

    private long keyUpdatesOfAnUpload(PackagedServer server) throws IOException {
        Route route = new Route(Mode.EXPLICIT, Protection.TLS_1_3);
        String remote = server.newFolder("uploaded");
        String digest = Content.write(folder.resolve("large.bin"), new RandomBytes(4, LENGTH));
        Curl curl = new Curl(server, route, folder);
        Run run =
                curl.run("--verbose", "--upload-file", "large.bin", curl.url(remote, "large.bin"));
        assertThat(Content.sha256(server.home().resolve(remote).resolve("large.bin")))
                .isEqualTo(digest);
        assertThat(run.errors()).contains("TLS handshake, ");
        try (Stream<String> lines = run.errors().lines()) {
            return lines.filter(line -> line.toLowerCase(Locale.ROOT).contains("key update"))
                    .count();
        }
    }
}
