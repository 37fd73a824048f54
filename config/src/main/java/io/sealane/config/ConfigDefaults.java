package io.sealane.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The configuration of a server that was given none. Defaults that do not hang on a folder are in
/// the records themselves.
public final class ConfigDefaults {
    /// A listener without an address is reachable from this machine alone.
    public static final InetAddress ADDRESS = InetAddress.ofLiteral("127.0.0.1");

    static final String DATA_DIR = "sealane-data";

    private static final PortRange ZERO_CONFIG_PASSIVE_PORTS = new PortRange(42_000, 42_999);

    private ConfigDefaults() {}

    /// What `serve` runs with where no file is found: loopback only, explicit on 2121, implicit on
    /// 2990, TLS required, everything kept in `sealane-data` below `workingFolder`. Touches no
    /// file.
    public static SealaneConfig zeroConfig(Path workingFolder) {
        Path dataDir = workingFolder.resolve(DATA_DIR).toAbsolutePath().normalize();
        return new SealaneConfig(
                dataDir,
                listeners(),
                PassiveConfig.withPorts(ZERO_CONFIG_PASSIVE_PORTS),
                ActiveConfig.DEFAULTS,
                ServerToServerConfig.DEFAULTS,
                TlsConfig.DEFAULTS,
                List.of(),
                Optional.empty(),
                new AccountsConfig(
                        database(dataDir), AccountsConfig.ONE_TIME_PASSWORD_GRACE_DEFAULT),
                new StorageConfig(
                        List.of(rootMount(dataDir)),
                        StorageConfig.DURABILITY_DEFAULT,
                        StorageConfig.PARTIALS_KEPT_DEFAULT,
                        StorageConfig.HIDDEN_FILES_DEFAULT,
                        StorageConfig.SYMBOLIC_LINKS_DEFAULT,
                        StorageConfig.ASCII_DEFAULT),
                List.of(),
                ListingConfig.DEFAULTS,
                CompressionConfig.DEFAULTS,
                LegacyNamesConfig.DEFAULTS,
                LimitsConfig.DEFAULTS,
                AdminConfig.DEFAULTS,
                LogConfig.DEFAULTS);
    }

    static List<ListenerConfig> listeners() {
        return List.of(
                listener(ListenerMode.EXPLICIT, 2121), listener(ListenerMode.IMPLICIT, 2990));
    }

    static AccountsDatabase database(Path dataDir) {
        return new AccountsDatabase.Sqlite(dataDir.resolve("sealane.db"));
    }

    /// Whether [#rootMount] can be in `dataDir`: braces stand for the user's name.
    static boolean hasRootMount(Path dataDir) {
        return dataDir.toString().chars().noneMatch(c -> c == '{' || c == '}');
    }

    static MountConfig rootMount(Path dataDir) {
        return new MountConfig(
                "/", new LocalFolder(dataDir.resolve("files").resolve(LocalFolder.USER)));
    }

    /// The port that a mode has by its specification or by custom, for a listener without any.
    static int port(ListenerMode mode) {
        return switch (mode) {
            case EXPLICIT, AUTO, PLAIN -> 21;
            case IMPLICIT -> 990;
        };
    }

    private static ListenerConfig listener(ListenerMode mode, int port) {
        return new ListenerConfig(
                mode.text(),
                ADDRESS,
                List.of(port),
                mode,
                ListenerTls.Offered.DEFAULTS,
                List.of(),
                List.of(),
                ListenerConfig.SNIFF_DEFAULT);
    }
}
