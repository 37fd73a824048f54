package io.sealane.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CheckConfigCommandTest {
    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int check(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("sealane.yaml"), yaml);
        return execute(file.toString());
    }

    private int execute(String... arguments) {
        return new CommandLine(new CheckConfigCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void a_good_configuration_is_called_so() throws IOException {
        assertThat(check("data-dir: data\n")).isZero();
        assertThat(out.toString()).contains("the configuration is good");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void of_two_files_none_is_passed_over() {
        assertThat(execute("one.yaml", "--config", "other.yaml")).isEqualTo(1);
        assertThat(err.toString()).contains("FILE and --config name a file each");
    }

    @Test
    void a_mount_that_no_login_can_make_is_warned_of() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        String yaml =
                """
                storage:
                  mounts:
                    - { path: /, local: "files/{user}" }
                    - { path: /pub, local: file/pub }
                    - { path: /own, local: "file/{user}" }
                hosts:
                  - { names: [ftp.example.com] }
                  - names: [ftp.example.org]
                    mounts: [{ path: /, local: file/org }]
                """;
        assertThat(check(yaml)).isZero();
        assertThat(err.toString().lines())
                .hasSize(3)
                .anyMatch(line -> line.contains("hosts[1].mounts[0].local: "))
                .allMatch(line -> line.contains("/file is no folder that can be read: logins"))
                .anyMatch(line -> line.contains("storage.mounts[1].local: "))
                .anyMatch(line -> line.contains("storage.mounts[2].local: "));
    }

    @Test
    void a_certificate_that_is_not_there_is_an_error_before_the_start() throws IOException {
        assertThat(check("certificates: [{ chain: none.pem, key: none.key }]\n")).isEqualTo(1);
        assertThat(err.toString())
                .contains("sealane.yaml:1: certificates[0]: ")
                .contains("none.key cannot be read: there is no such file");
        assertThat(out.toString()).isEmpty();
    }

    /// Nobody looks at it then.
    @Test
    void a_certificate_counts_for_nothing_where_no_listener_has_tls() throws IOException {
        String yaml =
                """
                listeners: [{ mode: plain }]
                certificates: [{ chain: none.pem, key: none.key }]
                """;
        assertThat(check(yaml)).as(err.toString()).isZero();
    }

    @Test
    void an_authority_of_clients_that_is_not_there_is_an_error_before_the_start()
            throws IOException {
        String yaml =
                """
                listeners: [{ tls: { client-certificate: required } }]
                client-certificates: { trust: none.pem }
                """;
        assertThat(check(yaml)).isEqualTo(1);
        assertThat(err.toString())
                .contains("sealane.yaml:2: client-certificates: ")
                .contains("none.pem cannot be read: there is no such file");
        assertThat(out.toString()).isEmpty();
    }
}
