package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Run;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `mget directory/*` and its kin. tnftp and ncftp have the server match (NLST with a pattern, its
/// lines taken for paths), lftp does it by itself from a listing.
@ExtendWith(SharedServer.class)
@Timeout(60)
final class PatternsTest {
    @TempDir private Path folder;

    /// A folder on the server with two files that match, one that does not, and links that lead
    /// nowhere.
    private static String prepared(PackagedServer server) throws IOException {
        String remote = server.newFolder("patterns");
        Path stored = server.home().resolve(remote);
        for (String name : List.of("one.txt", "two [2].txt", "other.bin")) {
            Files.writeString(stored.resolve(name), name);
        }
        Files.createSymbolicLink(stored.resolve("dangling.lnk"), Path.of("nowhere"));
        Files.createSymbolicLink(stored.resolve("loop.lnk"), Path.of("loop.lnk"));
        return remote;
    }

    @Test
    @Needs(Tool.TNFTP)
    void tnftp_gets_what_matches(PackagedServer server) throws IOException {
        String remote = prepared(server);
        Files.createDirectory(folder.resolve(remote));
        Run run =
                client(
                                Tool.TNFTP,
                                "user " + PackagedServer.USER + " " + PackagedServer.PASSWORD,
                                "mget " + remote + "/*.txt",
                                "cd " + remote,
                                "mget o*.bin",
                                "ls -la",
                                "mget *.zip",
                                "quit")
                        .run("-n", "-v", "-i", "-p", "-P", port(server), "127.0.0.1")
                        .expectSuccess();
        assertGot(folder.resolve(remote), "one.txt", "two [2].txt");
        assertGot(folder, "other.bin");
        assertThat(run.output())
                .contains("dangling.lnk -> nowhere", "loop.lnk -> loop.lnk")
                .doesNotContainPattern("(?m)^5\\d\\d ");
    }

    @Test
    @Needs(Tool.NCFTP)
    void ncftp_gets_what_matches(PackagedServer server) throws IOException {
        String remote = prepared(server);
        client(
                        Tool.NCFTP,
                        "open -u %s -p %s -P %s 127.0.0.1"
                                .formatted(
                                        PackagedServer.USER, PackagedServer.PASSWORD, port(server)),
                        "mget " + remote + "/*.txt",
                        "quit")
                .run()
                .expectSuccess();
        assertGot(folder, "one.txt", "two [2].txt");
    }

    @Test
    @Needs(Tool.LFTP)
    void lftp_gets_what_matches_by_every_kind_of_listing(PackagedServer server) throws IOException {
        String remote = prepared(server);
        for (String how : List.of("use-mlsd true", "use-mlsd false", "use-stat-for-list true")) {
            Path target = Files.createDirectory(folder.resolve(how));
            client(Tool.LFTP)
                    .in(target)
                    .run(
                            "-c",
                            ("set cmd:fail-exit yes; set ftp:ssl-allow false; set ftp:%s;"
                                            + " open -u %s,%s -p %s 127.0.0.1; mget %s/*.txt")
                                    .formatted(
                                            how,
                                            PackagedServer.USER,
                                            PackagedServer.PASSWORD,
                                            port(server),
                                            remote))
                    .expectSuccess();
            assertGot(target, "one.txt", "two [2].txt");
        }
    }

    private ExternalClient client(Tool tool, String... commands) {
        return ExternalClient.find(tool)
                .orElseThrow()
                .in(folder)
                .input(String.join("\n", commands) + "\n");
    }

    private static String port(PackagedServer server) {
        return Integer.toString(server.port(Mode.PLAIN));
    }

    private static void assertGot(Path folder, String... names) throws IOException {
        for (String name : names) {
            assertThat(folder.resolve(name)).hasContent(name);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder(names);
        }
    }
}
