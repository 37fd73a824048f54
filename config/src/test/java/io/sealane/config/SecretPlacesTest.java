package io.sealane.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretPlacesTest {
    @TempDir private Path temporary;

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolders() throws IOException {
        folder = temporary.toRealPath();
        for (String name : List.of("data/tls", "data/files/ann", "keys", "live", "homes/ann")) {
            Files.createDirectories(folder.resolve(name));
        }
        Files.writeString(folder.resolve("keys/key.pem"), "");
        Files.createSymbolicLink(folder.resolve("live/key.pem"), folder.resolve("keys/key.pem"));
        Files.createSymbolicLink(folder.resolve("datalink"), folder.resolve("data"));
    }

    @Test
    void a_folder_with_secrets_in_it_reaches_them() {
        SecretPlaces secrets = secrets();
        for (String name :
                List.of("", "data", "data/tls", "data/tls/deeper", "keys", "live", "datalink")) {
            assertThat(secrets.reachedFrom(folder.resolve(name))).as("%s", name).isPresent();
        }
        assertThat(secrets.reachedFrom(folder.resolve("keys")))
                .contains(folder.resolve("live/key.pem"));
    }

    @Test
    void a_folder_beside_them_or_between_them_reaches_none() {
        SecretPlaces secrets = secrets();
        for (String name : List.of("homes", "homes/ann", "homes/missing", "data/files/ann")) {
            assertThat(secrets.reachedFrom(folder.resolve(name))).as("%s", name).isEmpty();
        }
    }

    @Test
    void a_mount_that_is_a_link_is_refused_like_what_it_leads_to() {
        ConfigFile file = new ConfigFile(folder);
        for (String local :
                List.of(
                        "data",
                        "data/tls",
                        "data/tls/{user}",
                        "datalink",
                        "datalink/tls",
                        "keys")) {
            assertThat(file.errors(yaml(local)))
                    .as("%s", local)
                    .singleElement()
                    .asString()
                    .contains("storage.mounts[0].local", "which clients must not reach");
        }
        assertThat(file.errors(yaml("datalink/{user}"))).hasSize(1);
        assertThat(file.ok(yaml("homes/{user}")).config().storage().mounts()).hasSize(1);
    }

    private SecretPlaces secrets() {
        return SecretPlaces.of(new ConfigFile(folder).config(yaml("homes/{user}")));
    }

    private static String yaml(String local) {
        return """
        data-dir: data
        listeners: [{ name: a, ports: [2121], mode: explicit }]
        certificates: [{ chain: live/chain.pem, key: live/key.pem }]
        storage: { mounts: [{ path: /, local: "%s" }] }
        """
                .formatted(local);
    }
}
