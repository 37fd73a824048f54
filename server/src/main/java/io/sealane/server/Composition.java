package io.sealane.server;

import io.sealane.accounts.AccountException;
import io.sealane.accounts.StoredAccountAuthenticator;
import io.sealane.accounts.VerificationLimits;
import io.sealane.config.CompressionConfig;
import io.sealane.config.LegacyNamesConfig;
import io.sealane.config.LimitsConfig;
import io.sealane.config.ListenerConfig;
import io.sealane.config.SealaneConfig;
import io.sealane.core.command.ListingSettings;
import io.sealane.core.event.Event;
import io.sealane.core.limit.Limits;
import io.sealane.core.limit.Ticker;
import io.sealane.core.server.ClientCharsets;
import io.sealane.core.server.FtpServer;
import io.sealane.core.server.ListenerSettings;
import io.sealane.core.server.ServerSettings;
import io.sealane.core.tls.TlsProvider;
import io.sealane.core.transfer.Compression;
import io.sealane.core.transfer.Compression.Availability;
import io.sealane.core.transfer.TransferSettings;
import io.sealane.core.transfer.TransferSettings.LineEnds;
import io.sealane.core.wire.AddressText;
import io.sealane.core.wire.NameCharsets;
import io.sealane.server.certificate.CertificateFault;
import io.sealane.server.certificate.Certificates;
import io.sealane.server.certificate.SelfSignedCertificate;
import io.sealane.server.log.EventLog;
import io.sealane.server.status.ServerStatus;
import io.sealane.server.status.StatusEndpoint;
import io.sealane.server.usage.TlsUsage;
import io.sealane.store.sql.Argon2idPasswordHash;
import io.sealane.store.sql.SqliteAccountStore;
import io.sealane.store.sql.SqliteTlsUsage;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A server put together from its configuration, running. The one place where modules meet.
public final class Composition implements AutoCloseable {
    /// Whether an account to try things with is made.
    public enum DemoAccount {
        NO,
        IF_NOBODY_IS_THERE
    }

    private static final String PRODUCT = "Sealane";

    private final Ends ends;
    private final EventLog log;
    private final List<String> announcement;

    private Composition(Ends ends, EventLog log, List<String> announcement) {
        this.ends = ends;
        this.log = log;
        this.announcement = announcement;
    }

    /// Starts the server.
    ///
    /// @throws StartFailure if anything it needs is missing or taken; nothing runs then
    public static Composition start(SealaneConfig config, DemoAccount demo, EventLog log)
            throws StartFailure {
        Ends ends = new Ends();
        try {
            return start(config, demo, log, ends);
        } catch (IOException | AccountException | CertificateFault | StartFailure failed) {
            endAll(ends, failed);
            throw failed instanceof StartFailure told
                    ? told
                    : new StartFailure(String.valueOf(failed.getMessage()), failed);
        } catch (RuntimeException | Error defect) {
            endAll(ends, defect);
            throw defect;
        }
    }

    private static void endAll(Ends ends, Throwable cause) {
        try {
            ends.close();
        } catch (RuntimeException also) {
            cause.addSuppressed(also);
        }
    }

    private static Composition start(
            SealaneConfig config, DemoAccount demo, EventLog log, Ends ends)
            throws IOException, AccountException, CertificateFault, StartFailure {
        ends.add(DataFolder.take(config.dataDir())::close);
        TlsProviders providers = TlsProviders.load(config, log);
        SqliteAccountStore accounts = openAccounts(config);
        ends.add(() -> closeAccounts(accounts, log));
        TlsUsage usage = openUsage(config);
        ends.add(usage::close);
        StoredAccountAuthenticator authenticator = authenticator(config, accounts);
        ends.add(authenticator::close);
        Optional<Certificates> certificates = certificates(config, providers::chosen, log);
        certificates.ifPresent(opened -> ends.add(opened::close));
        providers.requireApartFromOldDevices(config);
        Optional<AskedClients> clients = clients(config, log);
        Optional<DemoUser> made =
                switch (demo) {
                    case NO -> Optional.empty();
                    case IF_NOBODY_IS_THERE -> DemoUser.makeIfNobodyIsThere(accounts);
                };
        ServerSettings settings =
                new ServerSettings(
                        PRODUCT,
                        listeners(config, providers, certificates, clients, authenticator),
                        DataConnections.passive(config.passive(), log),
                        DataConnections.active(config),
                        DataConnections.serverToServer(config.serverToServer()),
                        Hosts.of(config),
                        listing(config),
                        transfers(config),
                        charsets(config.legacyNames()),
                        limits(config.limits()),
                        authenticator,
                        event -> {
                            log.accept(event);
                            usage.accept(event);
                        },
                        InstantSource.system(),
                        Ticker.system(),
                        new SecureRandom());
        FtpServer server = FtpServer.start(settings);
        ends.add(() -> server.stop(config.limits().drain()));
        endpoint(config, providers.chosen(), server, certificates, log)
                .ifPresent(opened -> ends.add(opened::close));
        return new Composition(
                ends, log, new Announcement(server.ports(), made, selfSignedChain(config)).lines());
    }

    private static StoredAccountAuthenticator authenticator(
            SealaneConfig config, SqliteAccountStore accounts) {
        return new StoredAccountAuthenticator(
                accounts,
                Argon2idPasswordHash.withDefaults(),
                VerificationLimits.forProcessors(Runtime.getRuntime().availableProcessors()),
                config.accounts().oneTimePasswordGrace());
    }

    /// What is printed once the server runs; the last line begins with `ready`.
    public List<String> announcement() {
        return announcement;
    }

    /// Stops: sessions end with 421, running transfers get as long as `limits.drain` says. Blocks.
    @Override
    public void close() {
        log.note(Level.INFO, "stopping", "sessions end with 421");
        try {
            ends.close();
        } catch (RuntimeException defect) {
            log.accept(Event.Defect.of("-", "stop", defect));
        }
        log.note(Level.INFO, "stopped", "all sessions have ended");
    }

    /// Files go on where nobody can ask how: a second server on one machine has to be given another
    /// address, but not before it serves.
    private static Optional<StatusEndpoint> endpoint(
            SealaneConfig config,
            TlsProvider provider,
            FtpServer server,
            Optional<Certificates> certificates,
            EventLog log) {
        InstantSource clock = InstantSource.system();
        Instant startedAt = clock.instant();
        InetSocketAddress address = config.admin().address();
        try {
            StatusEndpoint endpoint =
                    StatusEndpoint.start(
                            address,
                            () ->
                                    new ServerStatus(
                                            clock.instant(),
                                            startedAt,
                                            provider.name(),
                                            server.sessions(),
                                            server.ports(),
                                            certificates
                                                    .map(Certificates::status)
                                                    .orElse(List.of())));
            String place = "http://" + AddressText.of(endpoint.address());
            log.note(Level.INFO, "admin-listening", place);
            return Optional.of(endpoint);
        } catch (IOException failed) {
            String place = "admin.address " + AddressText.of(address);
            log.note(Level.WARNING, "admin-not-listening", place + ": " + failed.getMessage());
            return Optional.empty();
        }
    }

    /// The certificates of the configuration, or the self-signed one. None where no listener speaks
    /// TLS.
    private static Optional<Certificates> certificates(
            SealaneConfig config, Supplier<TlsProvider> provider, EventLog log)
            throws CertificateFault {
        if (config.listeners().stream().noneMatch(ListenerPolicies::offersTls)) {
            return Optional.empty();
        }
        return Optional.of(
                Certificates.open(
                        config.certificates(),
                        config.tls().sni(),
                        provider,
                        config.keysFolder(),
                        InstantSource.system(),
                        log::note));
    }

    private static Optional<AskedClients> clients(SealaneConfig config, EventLog log)
            throws StartFailure {
        if (config.clientCertificates().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    AskedClients.of(
                            config.clientCertificates().get(), InstantSource.system(), log::note));
        } catch (CertificateFault fault) {
            throw new StartFailure("client-certificates: " + fault.getMessage(), fault);
        }
    }

    private static Optional<Path> selfSignedChain(SealaneConfig config) {
        return config.certificates().isEmpty()
                ? Optional.of(config.keysFolder().resolve(SelfSignedCertificate.CHAIN_FILE))
                : Optional.empty();
    }

    private static SqliteAccountStore openAccounts(SealaneConfig config) throws StartFailure {
        try {
            return SqliteAccountStore.open(config.accounts().database().jdbcUrl());
        } catch (AccountException failed) {
            throw new StartFailure(String.valueOf(failed.getMessage()), failed);
        }
    }

    private static TlsUsage openUsage(SealaneConfig config) throws StartFailure {
        try {
            return new TlsUsage(
                    SqliteTlsUsage.open(config.accounts().database().jdbcUrl()),
                    InstantSource.system(),
                    Ticker.system());
        } catch (AccountException failed) {
            throw new StartFailure(String.valueOf(failed.getMessage()), failed);
        }
    }

    private static void closeAccounts(SqliteAccountStore accounts, EventLog log) {
        try {
            accounts.close();
        } catch (AccountException failed) {
            log.note(Level.WARNING, "accounts-not-closed", String.valueOf(failed.getMessage()));
        }
    }

    private static List<ListenerSettings> listeners(
            SealaneConfig config,
            TlsProviders providers,
            Optional<Certificates> certificates,
            Optional<AskedClients> clients,
            StoredAccountAuthenticator authenticator) {
        return config.listeners().stream()
                .map((ListenerConfig listener) ->
                        ListenerPolicies.of(
                                listener,
                                providers.of(listener),
                                certificates,
                                clients,
                                authenticator::hasOneTimePasswords))
                .toList();
    }

    private static ListingSettings listing(SealaneConfig config) {
        return new ListingSettings(
                switch (config.storage().hiddenFiles()) {
                    case SHOW -> ListingSettings.Visibility.SHOW;
                    case HIDE -> ListingSettings.Visibility.HIDE;
                },
                switch (config.storage().symbolicLinks()) {
                    case FOLLOW, SHOW -> ListingSettings.Links.SHOW;
                    case AS_TARGETS -> ListingSettings.Links.AS_TARGETS;
                    case HIDE -> ListingSettings.Links.HIDE;
                },
                config.listing().zone());
    }

    private static TransferSettings transfers(SealaneConfig config) {
        CompressionConfig compression = config.compression();
        return new TransferSettings(
                switch (config.storage().ascii()) {
                    case CONVERT -> LineEnds.CONVERTED;
                    case BINARY -> LineEnds.AS_STORED;
                },
                new Compression(
                        switch (compression.modeZ()) {
                            case OFF -> Availability.OFF;
                            case CLEAR_ONLY -> Availability.CLEAR_ONLY;
                            case ON -> Availability.ON;
                        },
                        compression.level(),
                        compression.expansionMax()));
    }

    private static ClientCharsets charsets(LegacyNamesConfig names) {
        Charset legacy = names.charset();
        if (legacy.equals(StandardCharsets.UTF_8)) {
            return ClientCharsets.UTF_8_ALONE;
        }
        return client ->
                names.clients().stream().anyMatch(block -> block.contains(client))
                        ? NameCharsets.beginningWith(legacy)
                        : NameCharsets.offering(legacy);
    }

    private static Limits limits(LimitsConfig limits) {
        return new Limits(
                limits.sessions(),
                limits.sessionsPerUser(),
                limits.sessionsPerAddress(),
                limits.idle(),
                limits.login(),
                limits.handshake(),
                limits.stall(),
                limits.dataConnect(),
                limits.linger(),
                limits.keepalive());
    }
}
