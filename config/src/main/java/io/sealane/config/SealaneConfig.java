package io.sealane.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A whole configuration. Reloading makes a new one.
///
/// @param dataDir where the server keeps what it makes itself, an absolute path
/// @param listeners 1 to [#LISTENERS_MAX], no two of the same name
/// @param certificates at most [#CERTIFICATES_MAX]; the first is the default. Empty: the server
///   makes a self-signed one in `dataDir`
/// @param hosts at most [#HOSTS_MAX], no two with the same name
/// @param clientCertificates there if a listener asks for certificates of clients
public record SealaneConfig(
        Path dataDir,
        List<ListenerConfig> listeners,
        PassiveConfig passive,
        ActiveConfig active,
        ServerToServerConfig serverToServer,
        TlsConfig tls,
        List<CertificateConfig> certificates,
        Optional<ClientCertificatesConfig> clientCertificates,
        AccountsConfig accounts,
        StorageConfig storage,
        List<HostConfig> hosts,
        ListingConfig listing,
        CompressionConfig compression,
        LegacyNamesConfig legacyNames,
        LimitsConfig limits,
        AdminConfig admin,
        LogConfig log) {
    /// One for each combination of address and policy: some dozens are plenty.
    public static final int LISTENERS_MAX = 64;

    /// All are read at the start and held in memory.
    public static final int CERTIFICATES_MAX = 1024;

    /// One for each tenant: as many as there may be certificates.
    public static final int HOSTS_MAX = 1024;

    /// Where in `dataDir` the private keys are that the server makes itself.
    private static final String KEYS_FOLDER = "tls";

    public SealaneConfig {
        listeners = List.copyOf(listeners);
        certificates = List.copyOf(certificates);
        hosts = List.copyOf(hosts);
        if (!dataDir.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + dataDir);
        }
        new Bounds<>(1, LISTENERS_MAX).require("number of listeners", listeners.size());
        new Bounds<>(0, CERTIFICATES_MAX).require("number of certificates", certificates.size());
        new Bounds<>(0, HOSTS_MAX).require("number of hosts", hosts.size());
        requireDifferentNames(hosts);
        Set<String> names = new HashSet<>();
        for (ListenerConfig listener : listeners) {
            if (!names.add(listener.name())) {
                throw new IllegalArgumentException("two listeners named " + listener.name());
            }
            if (clientCertificates.isEmpty() && asksForCertificates(listener)) {
                throw new IllegalArgumentException("no client certificate is trusted");
            }
        }
    }

    /// Where certificates and private keys are that the server makes or has made.
    public Path keysFolder() {
        return keysFolder(dataDir);
    }

    static Path keysFolder(Path dataDir) {
        return dataDir.resolve(KEYS_FOLDER);
    }

    private static void requireDifferentNames(List<HostConfig> hosts) {
        Set<HostConfig.Name> names = new HashSet<>();
        for (HostConfig host : hosts) {
            for (HostConfig.Name name : host.names()) {
                if (!names.add(name)) {
                    throw new IllegalArgumentException("two hosts named " + name.text());
                }
            }
        }
    }

    private static boolean asksForCertificates(ListenerConfig listener) {
        return switch (listener.tls()) {
            case ListenerTls.None() -> false;
            case ListenerTls.Offered offered ->
                    offered.clientCertificate() != ClientCertificate.NONE;
        };
    }
}
