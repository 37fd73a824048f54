package io.sealane.server.certificate;

import io.sealane.config.CertificateName;
import io.sealane.config.Ocsp;
import io.sealane.core.tls.TlsIdentity;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One chain and its key in files, and what was last read from them that could be served. Owned by
/// the thread of [Certificates].
///
/// Files are looked at by their real path, inode, size and times, and not by the system's
/// notifications: those say nothing of a symbolic link that is swapped further up (certbot,
/// Kubernetes), of bind mounts or of network file systems.
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

    /// What tells that a file is another one than before; `absent` of one that cannot be had.
    private record Stamp(String text) {
        static Stamp of(Path file) {
            try {
                Path real = file.toRealPath();
                BasicFileAttributes found = Files.readAttributes(real, BasicFileAttributes.class);
                return new Stamp(
                        String.join(
                                " ",
                                real.toString(),
                                String.valueOf(found.fileKey()),
                                String.valueOf(found.size()),
                                String.valueOf(found.lastModifiedTime())));
            } catch (IOException absent) {
                return new Stamp("absent");
            }
        }
    }

    private record Stamps(Stamp chain, Stamp key) {
        static Stamps of(Place place) {
            return new Stamps(Stamp.of(place.chain), Stamp.of(place.key));
        }
    }

    private final Place place;
    private PemIdentity served;
    private Stamps seen;
    private Optional<String> refused = Optional.empty();
    private boolean told = true;
    private Optional<List<String>> doubts = Optional.empty(); // of what is served

    private CertificateFiles(Place place, PemIdentity served, Stamps seen) {
        this.place = place;
        this.served = served;
        this.seen = seen;
    }

    /// Reads the files for the first time.
    static CertificateFiles open(Place place) throws CertificateFault {
        Stamps stamps = Stamps.of(place);
        return new CertificateFiles(place, PemFiles.read(place.chain, place.key), stamps);
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

    /// Looks at the files, and takes what is new in them if key and chain are good together.
    /// Otherwise the old ones stay, and an alarm is logged once nothing has changed from one look
    /// to the next: whoever writes two files, one after the other, causes none.
    ///
    /// @return whether another certificate is served now
    boolean poll(Instant now, CertificateLog log) {
        Stamps found = Stamps.of(place);
        if (found.equals(seen)) {
            tellOnce(log);
            return false;
        }
        seen = found;
        try {
            PemIdentity read = PemFiles.read(place.chain, place.key);
            if (isOver(read, now) && !isOver(served, now)) {
                refuse("the new certificate expired at " + end(read));
                return false;
            }
            refused = Optional.empty();
            told = true;
            boolean another = !read.identity().chain().equals(served.identity().chain());
            served = read;
            doubts = Optional.empty();
            return another;
        } catch (CertificateFault fault) {
            refuse(String.valueOf(fault.getMessage()));
            return false;
        }
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
                .map(name ->
                        place.chain
                                + ": the certificate is not for the name "
                                + name
                                + ", and clients that check it refuse it")
                .forEach(warnings::add);
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
    /// @param unstapled why there is no staple
    CertificateStatus status(Instant now, Stapling provider, Optional<String> unstapled) {
        List<String> problems = new ArrayList<>(warnings(provider));
        unstapled.ifPresent(problems::add);
        refused.ifPresent(problems::add);
        if (SelfSignedCertificate.standsIn(identity().leaf())) {
            problems.add("not issued yet by ACME, a self-signed one is served: see acme-failed");
        }
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
                state(now),
                problems);
    }

    private CertificateStatus.State state(Instant now) {
        if (SelfSignedCertificate.standsIn(identity().leaf())) {
            return CertificateStatus.State.NOT_ISSUED;
        }
        return switch (Expiry.of(identity().leaf(), now)) {
            case OVER -> CertificateStatus.State.EXPIRED;
            case SOON, VERY_SOON, NOW ->
                    refused.isPresent()
                            ? CertificateStatus.State.NOT_RENEWED
                            : CertificateStatus.State.EXPIRING;
            case FAR ->
                    refused.isPresent()
                            ? CertificateStatus.State.NOT_RENEWED
                            : CertificateStatus.State.GOOD;
        };
    }

    private List<CertificateName> names() {
        return place.names.isEmpty() ? CertificateNames.of(identity().leaf()) : place.names;
    }

    private void refuse(String why) {
        refused = Optional.of(why);
        told = false;
    }

    private void tellOnce(CertificateLog log) {
        if (told) {
            return;
        }
        told = true;
        refused.ifPresent(why ->
                log.note(
                        Level.ERROR,
                        "certificate-not-renewed",
                        place.label
                                + ": "
                                + why
                                + "; the old certificate is served on, until "
                                + end(served)));
    }

    private static boolean isOver(PemIdentity read, Instant now) {
        return Expiry.of(read.identity().leaf(), now) == Expiry.OVER;
    }

    private static Instant end(PemIdentity read) {
        return read.identity().leaf().getNotAfter().toInstant();
    }
}
