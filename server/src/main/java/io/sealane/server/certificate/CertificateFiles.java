package io.sealane.server.certificate;

import io.sealane.config.CertificateName;
import io.sealane.config.Ocsp;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsException;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.tls.TlsProvider;
import io.sealane.core.tls.TlsSettings;
import io.sealane.core.tls.TlsVersion;
import io.sealane.server.certificate.CertificateStatus.State;
import io.sealane.server.certificate.PemIdentity.Shortcoming;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One chain and its key in files, and what was last read from them that could be served. Owned by
/// the thread of [Certificates].
///
/// Files are looked at by their [FileStamp], and not by the system's notifications: those say
/// nothing of a symbolic link that is swapped further up (certbot, Kubernetes), of bind mounts or
/// of network file systems.
final class CertificateFiles {
    /// Where a certificate is.
    ///
    /// @param label what people call it: `certificates[1]`
    /// @param names it is given for; if empty, those in the certificate itself
    record Place(
            String label,
            List<CertificateName> names,
            Path chain,
            Path key,
            Ocsp ocsp,
            Origin origin) {
        Place {
            names = List.copyOf(names);
        }

        /// Whether it comes from an authority that was not asked for it so far.
        boolean isYetToBeIssued() {
            return origin == Origin.ACME && !Files.exists(chain);
        }
    }

    /// Who writes the files.
    enum Origin {
        OPERATOR,
        SERVER,
        ACME
    }

    private record Stamps(FileStamp chain, FileStamp key) {
        static Stamps of(Place place) {
            return new Stamps(FileStamp.of(place.chain), FileStamp.of(place.key));
        }
    }

    /// After how long files that were refused are read again.
    private static final Duration RETRY = Duration.ofMinutes(1);

    private static final String RESTART = " (a restart takes it as it is)";

    private final Place place;
    private PemIdentity served;
    private Stamps seen;
    private Optional<String> refused = Optional.empty();
    private boolean isRead = true; // what `seen` is of
    private Optional<Instant> again = Optional.empty(); // when to read what was refused
    private List<String> lost = List.of();
    private Optional<List<String>> doubts = Optional.empty(); // of what is served

    private CertificateFiles(Place place, PemIdentity served, Stamps seen) {
        this.place = place;
        this.served = served;
        this.seen = seen;
    }

    /// Reads the files for the first time.
    static CertificateFiles open(Place place, Instant now) throws CertificateFault {
        Stamps stamps = Stamps.of(place);
        return new CertificateFiles(place, PemFiles.read(place.chain, place.key, now), stamps);
    }

    Place place() {
        return place;
    }

    TlsIdentity identity() {
        return served.identity();
    }

    CertificateTable.Row row() {
        return new CertificateTable.Row(place.label, names(), served.identity(), served.kind());
    }

    /// Looks at the files, and takes what is new in them if key and chain are good together, the
    /// TLS provider serves them, and clients have no reason to refuse them that they do not have
    /// with the old ones. Otherwise those stay, and an alarm is logged. What changed since the last
    /// look is left for the next: whoever writes may not be done. What was refused is looked at
    /// again, since the old ones end and the new ones may begin.
    ///
    /// @return whether another certificate is served now
    boolean poll(Instant now, TlsProvider provider, CertificateLog log) {
        Stamps found = Stamps.of(place);
        if (!found.equals(seen)) {
            seen = found;
            isRead = false;
            return false;
        }
        if (isRead && again.filter(then -> !now.isBefore(then)).isEmpty()) {
            return false;
        }
        isRead = true;
        again = Optional.empty();
        try {
            PemIdentity read = PemFiles.read(place.chain, place.key, now);
            requireServedBy(provider, read.identity());
            Optional<String> worse = worse(read, now);
            if (worse.isPresent()) {
                refuse(worse.get(), nextLook(read, now), log);
                return false;
            }
            refused = Optional.empty();
            boolean another = !read.identity().chain().equals(served.identity().chain());
            if (another) {
                lost = lost(read);
            }
            served = read;
            doubts = Optional.empty();
            return another;
        } catch (CertificateFault fault) {
            refuse(String.valueOf(fault.getMessage()), now.plus(RETRY), log);
            return false;
        }
    }

    /// As [#requireServedBy(TlsProvider, TlsIdentity)], of what is served.
    void requireServedBy(TlsProvider provider) throws CertificateFault {
        requireServedBy(provider, identity());
    }

    /// Has the TLS provider begin to serve a certificate: each is strict about something of its
    /// own, and the first client would be the one to find out.
    private void requireServedBy(TlsProvider provider, TlsIdentity read) throws CertificateFault {
        TlsSettings settings = new TlsSettings(read, TlsVersion.modern());
        try (SessionTls session = provider.newSession(settings)) {
            session.release(session.newControlEngine());
        } catch (TlsException refused) {
            Throwable why = refused.getCause() == null ? refused : refused.getCause();
            throw new CertificateFault(
                    place.chain
                            + ": the TLS provider "
                            + provider.name()
                            + " does not serve the certificate: "
                            + why.getMessage()
                            + "; it takes another certificate, or another tls.provider",
                    refused);
        }
    }

    private static Instant nextLook(PemIdentity read, Instant now) {
        return Stream.concat(
                        Stream.of(now.plus(RETRY)),
                        read.identity().chain().stream()
                                .map(part -> part.getNotBefore().toInstant())
                                .filter(now::isBefore))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /// Why clients refuse what was read and take what is served.
    private Optional<String> worse(PemIdentity read, Instant now) {
        X509Certificate leaf = identity().leaf();
        if (SelfSignedCertificate.standsIn(leaf) || untimely(leaf, now).isPresent()) {
            return Optional.empty();
        }
        boolean isWholeTimely = untimely(now).isEmpty();
        Stream<String> untimely =
                untimely(read, now).stream()
                        .filter(part -> part.isLeaf() || isWholeTimely)
                        .map(part ->
                                part.words("the new certificate") + (part.isLeaf() ? "" : RESTART));
        // An authority that was asked for it has no reason to be doubted.
        return Stream.concat(untimely, place.origin == Origin.ACME ? Stream.empty() : faults(read))
                .findFirst();
    }

    private Stream<String> faults(PemIdentity read) {
        // A longer chain may end at an authority that clients know and the JDK does not.
        boolean isBare = read.identity().chain().size() == 1 && identity().chain().size() > 1;
        Stream<String> shortcomings =
                read.shortcomings().entrySet().stream()
                        .filter(one -> !served.shortcomings().containsKey(one.getKey()))
                        .filter(one -> isBare || one.getKey() != Shortcoming.INCOMPLETE_CHAIN)
                        .map(Map.Entry::getValue);
        Stream<String> names =
                place.names.stream()
                        .filter(name -> CertificateNames.covers(identity().leaf(), name))
                        .filter(name -> !CertificateNames.covers(read.identity().leaf(), name))
                        .map(this::notFor);
        return Stream.concat(shortcomings, names).map(words -> words + RESTART);
    }

    /// Names that nobody asked for and clients may know the server by.
    private List<String> lost(PemIdentity read) {
        return place.names.isEmpty()
                ? CertificateNames.of(identity().leaf()).stream()
                        .filter(name -> !CertificateNames.covers(read.identity().leaf(), name))
                        .map(name -> notFor(name) + "; the one before it was")
                        .toList()
                : List.of();
    }

    private String notFor(CertificateName name) {
        return place.chain + ": the certificate is not for the name " + name;
    }

    /// What clients may stumble over.
    List<String> warnings(Stapling provider) {
        if (doubts.isEmpty()) {
            doubts = Optional.of(List.copyOf(doubts(provider)));
        }
        return doubts.get();
    }

    private List<String> doubts(Stapling provider) {
        List<String> warnings = new ArrayList<>(served.warnings());
        place.names.stream()
                .filter(name -> !CertificateNames.covers(identity().leaf(), name))
                .map(name -> notFor(name) + ", and clients that check it refuse it")
                .forEach(warnings::add);
        warnings.addAll(lost);
        stapling(provider).ifPresent(warnings::add);
        return warnings;
    }

    /// Why a certificate that must be stapled will not be.
    private Optional<String> stapling(Stapling provider) {
        X509Certificate leaf = identity().leaf();
        if (!OcspQuestion.mustStaple(leaf)) {
            return Optional.empty();
        }
        return switch (provider) {
            case NONE -> Optional.of(mustBeStapled("this TLS provider staples nothing"));
            case OCSP -> {
                if (place.ocsp == Ocsp.OFF) {
                    yield Optional.of(mustBeStapled("ocsp is off"));
                }
                yield OcspQuestion.isPossible(identity().chain())
                        ? Optional.empty()
                        : Optional.of(
                                mustBeStapled(
                                        "it names no OCSP responder, or its issuer is missing"));
            }
        };
    }

    private String mustBeStapled(String why) {
        return place.chain
                + ": the certificate must be stapled, and clients refuse it without: "
                + why;
    }

    /// What is to be known of it.
    ///
    /// @param provider what the TLS provider is able to do
    /// @param staples there are
    /// @param unused why clients do not get it
    /// @param acmeFailure why ACME gives no new one
    CertificateStatus status(
            Instant now,
            Stapling provider,
            OcspStaples staples,
            List<String> unused,
            Optional<String> acmeFailure) {
        List<String> problems = new ArrayList<>(warnings(provider));
        problems.addAll(unused);
        untimely(now).forEach(part -> problems.add(words(part)));
        staples.problem(identity().leaf()).ifPresent(problems::add);
        refused.ifPresent(problems::add);
        if (SelfSignedCertificate.standsIn(identity().leaf())) {
            problems.add("not issued yet by ACME, a self-signed one is served");
        }
        acmeFailure.ifPresent(why -> problems.add("acme-failed: " + why));
        return new CertificateStatus(
                place.label,
                names().stream().map(CertificateName::text).toList(),
                identity().leaf().getSubjectX500Principal().getName(),
                identity().leaf().getIssuerX500Principal().getName(),
                identity().leaf().getSerialNumber().toString(16),
                served.kind(),
                identity().leaf().getNotBefore().toInstant(),
                end(served),
                place.chain.toString(),
                state(now, staples, refused.isEmpty() && acmeFailure.isEmpty()),
                problems);
    }

    String words(Untimely part) {
        return part.words(place.chain + ": the certificate");
    }

    /// A certificate of a chain that is not valid at this moment.
    ///
    /// @param expiry `NOT_BEGUN` or `OVER`
    /// @param issuer its name, where it is not the leaf
    /// @param why for people
    record Untimely(Expiry expiry, Optional<String> issuer, String why) {
        boolean isLeaf() {
            return issuer.isEmpty();
        }

        /// @param certificate how the leaf is called
        String words(String certificate) {
            return certificate + issuer.map(name -> "'s issuer " + name).orElse("") + " " + why;
        }
    }

    /// What of the chain is not valid at this moment.
    List<Untimely> untimely(Instant now) {
        return untimely(served, now);
    }

    private static List<Untimely> untimely(PemIdentity read, Instant now) {
        List<Untimely> untimely = new ArrayList<>();
        Optional<X509Certificate> issued = Optional.empty();
        for (X509Certificate part : read.identity().chain()) {
            Optional<String> why = untimely(part, now);
            if (why.isPresent() && issued.filter(ChainOrder::isKnownToTheWorld).isPresent()) {
                break; // Clients take the root that they have: the rest is for older ones.
            }
            Optional<String> issuer = issued.map(_ -> part.getSubjectX500Principal().toString());
            why.map(words -> new Untimely(Expiry.of(part, now), issuer, words))
                    .ifPresent(untimely::add);
            issued = Optional.of(part);
        }
        return untimely;
    }

    private static Optional<String> untimely(X509Certificate certificate, Instant now) {
        return switch (Expiry.of(certificate, now)) {
            case NOT_BEGUN ->
                    Optional.of("is not valid before " + certificate.getNotBefore().toInstant());
            case OVER -> Optional.of("expired at " + certificate.getNotAfter().toInstant());
            case FAR, SOON, VERY_SOON, NOW -> Optional.empty();
        };
    }

    private State state(Instant now, OcspStaples staples, boolean isRenewed) {
        X509Certificate leaf = identity().leaf();
        if (SelfSignedCertificate.standsIn(leaf)) {
            return State.NOT_ISSUED;
        }
        List<Expiry> untimely = untimely(now).stream().map(Untimely::expiry).toList();
        if (!untimely.isEmpty()) {
            return untimely.contains(Expiry.OVER) ? State.EXPIRED : State.NOT_VALID_YET;
        }
        State otherwise = Expiry.of(leaf, now) == Expiry.FAR ? State.GOOD : State.EXPIRING;
        return stateWhileValid(staples, isRenewed, otherwise);
    }

    private State stateWhileValid(OcspStaples staples, boolean isRenewed, State otherwise) {
        if (OcspQuestion.mustStaple(identity().leaf()) && !staples.has(identity().leaf())) {
            return State.NOT_STAPLED;
        }
        return isRenewed ? otherwise : State.NOT_RENEWED;
    }

    private List<CertificateName> names() {
        return place.names.isEmpty() ? CertificateNames.of(identity().leaf()) : place.names;
    }

    private void refuse(String why, Instant nextLook, CertificateLog log) {
        again = Optional.of(nextLook);
        if (refused.equals(Optional.of(why))) {
            return;
        }
        refused = Optional.of(why);
        log.note(
                Level.ERROR,
                "certificate-not-renewed",
                place.label
                        + ": "
                        + why
                        + "; the old certificate is served on, until "
                        + end(served));
    }

    private static Instant end(PemIdentity read) {
        return read.identity().leaf().getNotAfter().toInstant();
    }
}
