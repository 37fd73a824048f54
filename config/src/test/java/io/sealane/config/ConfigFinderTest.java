package io.sealane.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.config.ConfigSource.OfFile;
import io.sealane.config.ConfigSource.ZeroConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFinderTest {
    @TempDir Path folder;

    @Test
    void a_named_file_is_taken_even_if_it_is_not_there() {
        assertThat(finder().named(Path.of("other.yaml")))
                .isEqualTo(new OfFile(folder.resolve("other.yaml")));
        assertThat(finder().named(Path.of("/x/other.yaml")))
                .isEqualTo(new OfFile(Path.of("/x/other.yaml")));
    }

    @Test
    void the_working_folder_comes_before_the_system() throws IOException {
        Path system = Files.createFile(folder.resolve("system.yaml"));
        assertThat(finder().search()).isEqualTo(new OfFile(system));

        Path local = Files.createFile(folder.resolve("sealane.yaml"));
        assertThat(finder().search()).isEqualTo(new OfFile(local));
    }

    @Test
    void without_any_file_it_is_zero_config() {
        ConfigSource source = finder().search();

        assertThat(source).isEqualTo(new ZeroConfig(folder));
        assertThat(ConfigLoader.load(source))
                .isEqualTo(
                        new ConfigResult.Ok(
                                ConfigDefaults.zeroConfig(folder), List.of(), Map.of()));
    }

    @Test
    void a_link_that_leads_nowhere_is_not_passed_over() throws IOException {
        Path local = folder.resolve("sealane.yaml");
        Files.createSymbolicLink(local, folder.resolve("gone.yaml"));

        assertThat(finder().search()).isEqualTo(new OfFile(local));
        assertThat(ConfigLoader.load(finder().search())).isInstanceOf(ConfigResult.Bad.class);
    }

    @Test
    void a_system_folder_that_cannot_be_entered_is_not_passed_over() throws IOException {
        Path loop = folder.resolve("etc");
        Path blocked = Files.createSymbolicLink(loop, loop).resolve("sealane.yaml");

        assertThat(new ConfigFinder(folder, blocked).search()).isEqualTo(new OfFile(blocked));
    }

    @Test
    void the_system_file_is_in_etc() {
        assertThat(ConfigFinder.in(folder).systemFile())
                .isEqualTo(Path.of("/etc/sealane/sealane.yaml"));
    }

    private ConfigFinder finder() {
        return new ConfigFinder(folder, folder.resolve("system.yaml"));
    }
}
