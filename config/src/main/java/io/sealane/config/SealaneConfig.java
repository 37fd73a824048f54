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

    public SealaneConfig {
        listeners = List.copyOf(listeners);
        certificates = List.copyOf(certificates);
        if (!dataDir.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + dataDir);
        }
        new Bounds<>(1, LISTENERS_MAX).require("number of listeners", listeners.size());
        new Bounds<>(0, CERTIFICATES_MAX).require("number of certificates", certificates.size());
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

    private static boolean asksForCertificates(ListenerConfig listener) {
        return switch (listener.tls()) {
            case ListenerTls.None() -> false;
            case ListenerTls.Offered offered ->
                    offered.clientCertificate() != ClientCertificate.NONE;
        };
    }
}
