package io.sealane.vfs.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.vfs.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// With native calls, as on any Linux server.
final class LocalStorageTest extends LocalStorageContract {
    @Override
    LocalStorage openRoot(Path root, LocalStorageOptions options) throws StorageException {
        return LocalStorage.open(root, options);
    }

    @Test
    void native_calls_are_available_on_the_machines_we_test_on() {
        assertThat(NativeCalls.available()).isTrue();
    }

    @Test
    void hard_links_are_counted_and_have_one_key() throws IOException {
        store("file", "x");
        Files.createLink(root().resolve("second"), root().resolve("file"));
        assertThat(storage().stat(at("file")).links()).isEqualTo(2);
        assertThat(storage().stat(at("second")).fileKey())
                .isEqualTo(storage().stat(at("file")).fileKey());
    }

    @Test
    void an_owner_without_a_name_is_shown_by_number() {
        OwnerNames owners = new OwnerNames();
        assertThat(owners.user(0)).isEqualTo("root");
        assertThat(owners.group(0)).isEqualTo("root");
        assertThat(owners.user(-2)).isEqualTo("4294967294");
    }
}
