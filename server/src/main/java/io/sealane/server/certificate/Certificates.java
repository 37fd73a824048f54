package io.sealane.server.certificate;

import io.sealane.config.AcmeConfig;
import io.sealane.config.CertificateConfig;
import io.sealane.config.CertificateSource;
import io.sealane.config.Ocsp;
import io.sealane.config.Sni;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsException;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.tls.TlsProvider;
import io.sealane.core.tls.TlsVersion;
import io.sealane.core.wire.ClientHello;
import io.sealane.server.certificate.CertificateFiles.Origin;
import io.sealane.server.certificate.CertificateFiles.Place;
import io.sealane.server.certificate.CertificateTable.UnknownName;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The certificates that are served, kept as new as their files. What a session was given stays its
/// own: its data connections resume with it, whatever happens here. One that must be stapled is not
/// served before its responder was asked.
///
/// Safe from any thread. A thread of its own looks at the files: no virtual one, since reading from
/// a network file system that hangs would hold a carrier.
public final class Certificates implements AutoCloseable {
    /// Between two looks at the files. New ones count for sessions that begin two looks later.
    public static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    private static final Duration EXPIRY_REPORT_INTERVAL = Duration.ofDays(1);
    private static final Duration END_PATIENCE = Duration.ofSeconds(5);

    /// How long the start waits for the first staple of certificates that must have one.
    private static final Duration FIRST_STAPLES_PATIENCE = Duration.ofSeconds(5);

    private final List<CertificateFiles> files;
    private final UnknownName unknownName;
    private final TlsProvider provider;
    private final Stapling stapling;
    private final OcspStaples staples;
    private final AcmeRenewals acme;
    private final InstantSource clock;
    private final CertificateLog log;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watcher;
    private Appointment expiryReport = Appointment.AT_ONCE;

    /// Taken, and not served so far. The watcher's own.
    private final Set<CertificateFiles> held = new HashSet<>();

    /// What is served of each. The watcher's own once it runs.
    private final Map<CertificateFiles, CertificateTable.Row> rows = new LinkedHashMap<>();

    private volatile CertificateTable table;
    private volatile List<CertificateStatus> status = List.of();

    private Certificates(
            List<CertificateFiles> files,
            UnknownName unknownName,
            TlsProvider provider,
            AcmeRenewals acme,
            Duration interval,
            InstantSource clock,
            CertificateLog log) {
        this.files = files;
        this.unknownName = unknownName;
        this.provider = provider;
        this.stapling = Stapling.of(provider);
        this.acme = acme;
        staples = new OcspStaples(clock, log);
        this.clock = clock;
        this.log = log;
        files.forEach(one -> rows.put(one, one.row()));
        table = new CertificateTable(List.copyOf(rows.values()), unknownName);
        watcher =
                Thread.ofPlatform().daemon().name("certificates").unstarted(() -> watch(interval));
    }

    /// Reads the certificates of a configuration, or the self-signed one, which is made if there is
    /// none, and begins to watch them.
    ///
    /// @param provider who is to serve them; asked for when the certificates are read, since
    ///   loading one takes as long as reading the other
    /// @param folder where the self-signed certificate is
    /// @throws CertificateFault if one of them cannot be served
    public static Certificates open(
            List<CertificateConfig> configured,
            Sni sni,
            Supplier<TlsProvider> provider,
            Path folder,
            InstantSource clock,
            CertificateLog log)
            throws CertificateFault {
        AcmeFiles acmeFiles = AcmeFiles.in(folder);
        AcmeRenewals acme = AcmeRenewals.start(configured, acmeFiles, clock, log);
        List<Place> places =
                configured.isEmpty()
                        ? List.of(SelfSignedCertificate.keptIn(folder, clock.instant()))
                        : places(configured, acmeFiles);
        UnknownName unknownName =
                switch (sni) {
                    case LENIENT -> UnknownName.DEFAULT_CERTIFICATE;
                    case STRICT -> UnknownName.REFUSAL;
                };
        try {
            return open(places, unknownName, provider, acme, LOOK_INTERVAL, clock, log);
        } catch (CertificateFault fault) {
            acme.close();
            throw fault;
        }
    }

    /// Reads all certificates and begins to watch them.
    ///
    /// @param places at least one; the first is the default
    /// @throws CertificateFault if one of them cannot be served
    static Certificates open(
            List<Place> places,
            UnknownName unknownName,
            Supplier<TlsProvider> provider,
            AcmeRenewals acme,
            Duration interval,
            InstantSource clock,
            CertificateLog log)
            throws CertificateFault {
        List<CertificateFiles> files = new ArrayList<>();
        for (Place place : places) {
            files.add(read(place, clock.instant()));
        }
        TlsProvider loaded = provider.get();
        for (CertificateFiles one : files) {
            requireServedBy(loaded, one);
        }
        Certificates all = new Certificates(files, unknownName, loaded, acme, interval, clock, log);
        warnings(files, unknownName, all.stapling)
                .forEach(warning -> log.note(Level.WARNING, "certificate-doubtful", warning));
        all.wantStaples();
        all.awaitFirstStaples();
        all.look();
        all.watcher.start();
        return all;
    }

    /// The certificate for a client, of this moment.
    ///
    /// @param hello what the client said first; without it, the default
    /// @param versions TLS versions that the client is served
    /// @throws TlsException where names that no certificate has are refused
    public TlsIdentity choose(Optional<ClientHello> hello, Set<TlsVersion> versions)
            throws TlsException {
        return staples.staple(table.choose(hello, versions));
    }

    /// The TLS for a client that is no FTP client but an ACME authority, which checks that a name
    /// is this server's (RFC 8737); empty for all others.
    public Optional<SessionTls> answer(Optional<ClientHello> hello) throws TlsException {
        return hello.isPresent() ? acme.answer(hello.get()) : Optional.empty();
    }

    /// All certificates, in the order of the configuration, as they were at the last look.
    public List<CertificateStatus> status() {
        return status;
    }

    /// What is wrong with certificates before any is served.
    ///
    /// @param faults what keeps the server from starting
    /// @param warnings what clients may stumble over
    public record Findings(List<String> faults, List<String> warnings) {
        public Findings {
            faults = List.copyOf(faults);
            warnings = List.copyOf(warnings);
        }
    }

    /// Reads the certificates of a configuration, and serves none.
    ///
    /// @param provider who is to serve them
    /// @param folder where the server keeps what it makes itself for TLS
    public static Findings check(
            List<CertificateConfig> configured, TlsProvider provider, Path folder, Instant now) {
        List<String> faults = new ArrayList<>();
        List<CertificateFiles> files = new ArrayList<>();
        for (Place place : places(configured, AcmeFiles.in(folder))) {
            if (place.isYetToBeIssued()) {
                continue;
            }
            try {
                CertificateFiles read = read(place, now);
                requireServedBy(provider, read);
                files.add(read);
            } catch (CertificateFault fault) {
                faults.add(String.valueOf(fault.getMessage()));
            }
        }
        List<String> warnings =
                new ArrayList<>(
                        warnings(files, UnknownName.DEFAULT_CERTIFICATE, Stapling.of(provider)));
        files.stream()
                .flatMap(one -> expiry(one, now).stream())
                .map(ExpiryNote::message)
                .forEach(warnings::add);
        return new Findings(faults, warnings);
    }

    /// Ends the watching; what was given stays good. Blocks shortly.
    @Override
    public void close() {
        closed.countDown();
        acme.close();
        staples.close();
        try {
            watcher.join(END_PATIENCE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Places as the configuration has them.
    private static List<Place> places(List<CertificateConfig> configured, AcmeFiles files) {
        List<Place> places = new ArrayList<>();
        for (CertificateConfig one : configured) {
            String label = "certificates[" + places.size() + "]";
            places.add(
                    switch (one.source()) {
                        case CertificateSource.Files(Path chain, Path key) ->
                                new Place(
                                        label,
                                        one.names(),
                                        chain,
                                        key,
                                        one.ocsp(),
                                        Origin.OPERATOR);
                        case CertificateSource.Acme(AcmeConfig acme) -> {
                            Path file = files.certificate(one.names(), acme);
                            yield new Place(
                                    label, one.names(), file, file, one.ocsp(), Origin.ACME);
                        }
                    });
        }
        return places;
    }

    private static CertificateFiles read(Place place, Instant now) throws CertificateFault {
        try {
            return CertificateFiles.open(place, now);
        } catch (CertificateFault fault) {
            throw labelled(place, fault);
        }
    }

    private static void requireServedBy(TlsProvider provider, CertificateFiles one)
            throws CertificateFault {
        try {
            one.requireServedBy(provider);
        } catch (CertificateFault fault) {
            throw labelled(one.place(), fault);
        }
    }

    private static CertificateFault labelled(Place place, CertificateFault fault) {
        return new CertificateFault(place.label() + ": " + fault.getMessage(), fault);
    }

    private static CertificateTable table(List<CertificateFiles> files, UnknownName unknownName) {
        return new CertificateTable(
                files.stream().map(CertificateFiles::row).toList(), unknownName);
    }

    private static List<String> warnings(
            List<CertificateFiles> files, UnknownName unknownName, Stapling stapling) {
        if (files.isEmpty()) {
            return List.of();
        }
        CertificateTable table = table(files, unknownName);
        return files.stream().flatMap(one -> warnings(one, table, stapling).stream()).toList();
    }

    private static List<String> warnings(
            CertificateFiles one, CertificateTable table, Stapling stapling) {
        String label = one.place().label();
        return Stream.concat(one.warnings(stapling).stream(), table.unused(label).stream())
                .map(warning -> label + ": " + warning)
                .toList();
    }

    // ---- on the watcher's thread

    private void watch(Duration interval) {
        try {
            while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                look();
            }
        } catch (InterruptedException toldToEnd) {
            // Nobody interrupts this thread; if somebody does, it is to end.
            return;
        }
    }

    private void look() {
        try {
            Instant now = clock.instant();
            for (CertificateFiles one : files) {
                if (one.poll(now, provider, log)) {
                    held.add(one);
                    wantStaples();
                }
                if (held.contains(one) && !staples.isAwaited(one.identity().leaf())) {
                    held.remove(one);
                    taken(one, now);
                }
            }
            status = files.stream().map(one -> status(one, now)).toList();
            if (expiryReport.isDue(now)) {
                expiryReport = new Appointment(now, now.plus(EXPIRY_REPORT_INTERVAL));
                files.stream()
                        .flatMap(one -> expiry(one, now).stream())
                        .forEach(note -> log.note(note.level, note.event, note.message));
            }
        } catch (RuntimeException defect) {
            log.note(Level.ERROR, "certificates-not-watched", "this time: " + defect);
        }
    }

    private CertificateStatus status(CertificateFiles one, Instant now) {
        String label = one.place().label();
        return one.status(now, stapling, staples, table.unused(label), acme.failure(label));
    }

    /// Also for what is served still, while its successor waits for a first one.
    private void wantStaples() {
        staples.want(
                rows.entrySet().stream()
                        .filter(one -> stapling == Stapling.OCSP)
                        .filter(one -> one.getKey().place().ocsp() == Ocsp.AUTO)
                        .flatMap(one ->
                                Stream.of(one.getKey().identity(), one.getValue().identity())
                                        .map(identity ->
                                                new OcspStaples.Wanted(
                                                        one.getKey().place().label(), identity)))
                        .toList());
    }

    private void awaitFirstStaples() {
        long start = System.nanoTime();
        for (CertificateFiles one : files) {
            X509Certificate leaf = one.identity().leaf();
            if (staples.isAwaited(leaf)) {
                Duration gone = Duration.ofNanos(System.nanoTime() - start);
                staples.await(leaf, FIRST_STAPLES_PATIENCE.minus(gone));
            }
        }
    }

    private void taken(CertificateFiles renewed, Instant now) {
        CertificateTable before = table;
        rows.put(renewed, renewed.row());
        table = new CertificateTable(List.copyOf(rows.values()), unknownName);
        wantStaples();
        CertificateStatus facts = status(renewed, now);
        log.note(
                Level.INFO,
                "certificate-renewed",
                facts.label()
                        + ": new sessions get serial "
                        + facts.serial()
                        + " of "
                        + facts.subject()
                        + ", which ends "
                        + facts.notAfter());
        List<String> known = files.stream().flatMap(one -> unused(one, before)).toList();
        Stream.concat(
                        renewed.warnings(stapling).stream()
                                .map(warning -> facts.label() + ": " + warning),
                        files.stream()
                                .flatMap(one -> unused(one, table))
                                .filter(warning -> !known.contains(warning)))
                .forEach(warning -> log.note(Level.WARNING, "certificate-doubtful", warning));
    }

    private static Stream<String> unused(CertificateFiles one, CertificateTable table) {
        String label = one.place().label();
        return table.unused(label).stream().map(warning -> label + ": " + warning);
    }

    private record ExpiryNote(Level level, String event, String message) {}

    private static List<ExpiryNote> expiry(CertificateFiles one, Instant now) {
        List<ExpiryNote> notes = new ArrayList<>();
        String label = one.place().label();
        for (CertificateFiles.Untimely part : one.untimely(now)) {
            String event =
                    part.expiry() == Expiry.OVER
                            ? "certificate-expired"
                            : "certificate-not-valid-yet";
            notes.add(new ExpiryNote(Level.ERROR, event, label + ": " + one.words(part)));
        }
        Instant end = one.identity().leaf().getNotAfter().toInstant();
        long days = Duration.between(now, end).toDays();
        String ends = label + ": " + one.place().chain() + ": ends in " + days + " days, at " + end;
        switch (Expiry.of(one.identity().leaf(), now)) {
            case NOT_BEGUN, FAR, OVER -> {}
            case SOON -> notes.add(new ExpiryNote(Level.INFO, "certificate-expires", ends));
            case VERY_SOON -> notes.add(new ExpiryNote(Level.WARNING, "certificate-expires", ends));
            case NOW -> notes.add(new ExpiryNote(Level.ERROR, "certificate-expires", ends));
        }
        return notes;
    }
}
