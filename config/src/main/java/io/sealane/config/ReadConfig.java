package io.sealane.config;

import io.sealane.config.Setting.Origin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A whole file, read but not yet checked across its keys: values that such a check needs carry
/// their place, the others are in their records. Whatever was wrong has a stand-in.
///
/// @param listenersOrigin whether the file has `listeners`; if not, `listeners` is empty
record ReadConfig(
        Setting<Path> dataDir,
        Origin listenersOrigin,
        List<ReadListener> listeners,
        ReadPassive passive,
        ActiveConfig active,
        ServerToServerConfig serverToServer,
        TlsConfig tls,
        List<ReadCertificate> certificates,
        Optional<ReadClientCertificates> clientCertificates,
        ReadAccounts accounts,
        ReadStorage storage,
        List<ReadHost> hosts,
        ListingConfig listing,
        CompressionConfig compression,
        LegacyNamesConfig legacyNames,
        LimitsConfig limits,
        Setting<AdminConfig> admin,
        LogConfig log) {
    record ReadPassive(
            Setting<PortRange> ports,
            List<Setting<Integer>> exclude,
            BindAddress bind,
            Setting<AdvertisedAddress> advertise,
            List<AdvertiseRule> advertiseTo,
            PeerCheck peerCheck) {
        PassiveConfig toConfig() {
            return new PassiveConfig(
                    ports.value(),
                    exclude.stream().map(Setting::value).toList(),
                    bind,
                    advertise.value(),
                    advertiseTo,
                    peerCheck);
        }
    }

    record ReadCertificate(
            Place place, List<Setting<CertificateName>> names, Ocsp ocsp, ReadSource source) {}

    /// Where a certificate comes from.
    sealed interface ReadSource {
        record Files(Setting<Path> chain, Setting<Path> key) implements ReadSource {}

        record Acme(AcmeConfig config) implements ReadSource {}
    }

    record ReadClientCertificates(
            Place place,
            Setting<Path> trust,
            List<Setting<Path>> crl,
            Setting<CertificateUser> user,
            Setting<CertificatePassword> password) {
        ClientCertificatesConfig toConfig() {
            return new ClientCertificatesConfig(
                    trust.value(),
                    crl.stream().map(Setting::value).toList(),
                    user.value(),
                    password.value());
        }
    }

    record ReadAccounts(Setting<AccountsDatabase> database, Duration oneTimePasswordGrace) {
        AccountsConfig toConfig() {
            return new AccountsConfig(database.value(), oneTimePasswordGrace);
        }
    }

    record ReadMount(Setting<String> path, Setting<LocalFolder> local, TlsDemands tls) {
        MountConfig toConfig() {
            return new MountConfig(path.value(), local.value(), tls);
        }
    }

    /// @param mounts empty if the file names none
    record ReadHost(
            List<Setting<HostConfig.Name>> names,
            boolean enabled,
            Optional<String> realm,
            TlsDemands tls,
            List<ReadMount> mounts) {
        HostConfig toConfig() {
            return new HostConfig(
                    names.stream().map(Setting::value).toList(),
                    enabled,
                    realm,
                    tls,
                    mounts.stream().map(ReadMount::toConfig).toList());
        }
    }

    /// @param mounts empty if the file names none
    record ReadStorage(
            List<ReadMount> mounts,
            Durability durability,
            Duration partialsKept,
            Visibility hiddenFiles,
            SymbolicLinks symbolicLinks,
            Ascii ascii) {}

    /// Where what is read only later stands in the file.
    Map<String, Integer> lines() {
        return Stream.concat(
                        certificates.stream().map(ReadCertificate::place),
                        clientCertificates.stream().map(ReadClientCertificates::place))
                .collect(Collectors.toUnmodifiableMap(Place::key, Place::line));
    }

    /// The configuration; only to be asked for if nothing was wrong.
    SealaneConfig toConfig() {
        return new SealaneConfig(
                dataDir.value(),
                switch (listenersOrigin) {
                    case DEFAULT -> ConfigDefaults.listeners();
                    case FILE, BAD -> listeners.stream().map(ReadListener::toConfig).toList();
                },
                passive.toConfig(),
                active,
                serverToServer,
                tls,
                certificates.stream().map(ReadConfig::toConfig).toList(),
                clientCertificates.map(ReadClientCertificates::toConfig),
                accounts.toConfig(),
                new StorageConfig(
                        mounts(),
                        storage.durability,
                        storage.partialsKept,
                        storage.hiddenFiles,
                        storage.symbolicLinks,
                        storage.ascii),
                hosts.stream().map(ReadHost::toConfig).toList(),
                listing,
                compression,
                legacyNames,
                limits,
                admin.value(),
                log);
    }

    private List<MountConfig> mounts() {
        return storage.mounts.isEmpty()
                ? List.of(ConfigDefaults.rootMount(dataDir.value()))
                : storage.mounts.stream().map(ReadMount::toConfig).toList();
    }

    private static CertificateConfig toConfig(ReadCertificate certificate) {
        return new CertificateConfig(
                certificate.names.stream().map(Setting::value).toList(),
                switch (certificate.source) {
                    case ReadSource.Files(Setting<Path> chain, Setting<Path> key) ->
                            new CertificateSource.Files(chain.value(), key.value());
                    case ReadSource.Acme(AcmeConfig config) -> new CertificateSource.Acme(config);
                },
                certificate.ocsp);
    }
}
