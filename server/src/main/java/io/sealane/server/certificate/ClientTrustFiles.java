package io.sealane.server.certificate;

import io.sealane.core.limit.Ticker;
import io.sealane.core.tls.ClientTrust;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The authorities that vouch for clients, and their revocation lists, as the files have them now.
/// Safe from any thread.
///
/// Files are looked at when they are asked for, at most once a second, and read again when their
/// [FileStamp] has changed. What cannot be read then changes nothing: the old state stays, and with
/// it its lists' end of validity, and the log has a warning.
public final class ClientTrustFiles {
    /// Where to tell what happens to the files.
    @FunctionalInterface
    public interface Notes {
        void note(Level level, String event, String message);
    }

    private record State(ClientTrust trust, Map<Path, FileStamp> stamps) {}

    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    /// After how long files that could not be read are read again, though nothing about them has
    /// changed: want of descriptors and a network file system's failures pass.
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final Path trust;
    private final List<Path> crl;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Notes notes;

    /// Held by the one that looks; nobody waits for it.
    private final ReentrantLock looking = new ReentrantLock();

    private volatile State state;
    private long lookedNanos;
    private Optional<Failure> failure = Optional.empty();

    private ClientTrustFiles(
            Path trust, List<Path> crl, InstantSource clock, Ticker ticker, Notes notes)
            throws CertificateFault {
        this.trust = trust;
        this.crl = List.copyOf(crl);
        this.clock = clock;
        this.ticker = ticker;
        this.notes = notes;
        Map<Path, FileStamp> stamps = stamps();
        this.state = new State(read(), stamps);
        this.lookedNanos = ticker.nanos();
    }

    /// Reads the files for the first time.
    ///
    /// @param trust PEM or DER, 1 to [ClientTrust#ANCHORS_MAX] certificates
    /// @param crl PEM or DER, each with a list at least
    /// @throws CertificateFault if one of them cannot be read
    public static ClientTrustFiles open(
            Path trust, List<Path> crl, InstantSource clock, Notes notes) throws CertificateFault {
        return open(trust, crl, clock, Ticker.system(), notes);
    }

    static ClientTrustFiles open(
            Path trust, List<Path> crl, InstantSource clock, Ticker ticker, Notes notes)
            throws CertificateFault {
        return new ClientTrustFiles(trust, crl, clock, ticker, notes);
    }

    /// What the files say. Asks the file system now and then, and so may block.
    public ClientTrust current() {
        if (looking.tryLock()) {
            try {
                long now = ticker.nanos();
                if (now - lookedNanos >= LOOK_INTERVAL.toNanos()) {
                    lookedNanos = now;
                    look(now);
                }
            } finally {
                looking.unlock();
            }
        }
        return state.trust;
    }

    private void look(long now) {
        Map<Path, FileStamp> stamps = stamps();
        if (stamps.equals(state.stamps)) {
            failure = Optional.empty();
            return;
        }
        Optional<Failure> before = failure.filter(failed -> failed.stamps.equals(stamps));
        if (before.filter(failed -> now - failed.nanos < RETRY.toNanos()).isPresent()) {
            return;
        }
        try {
            state = new State(read(), stamps);
            failure = Optional.empty();
            notes.note(Level.INFO, "client-trust-read", "the new files count from now on");
        } catch (CertificateFault unreadable) {
            String message = String.valueOf(unreadable.getMessage());
            failure = Optional.of(new Failure(stamps, now, message));
            if (before.filter(failed -> failed.message.equals(message)).isEmpty()) {
                notes.note(
                        Level.WARNING,
                        "client-trust-not-read",
                        message + "; what was read before goes on counting");
            }
        }
    }

    private ClientTrust read() throws CertificateFault {
        List<X509Certificate> anchors = PemFiles.readCertificates(trust);
        if (anchors.size() > ClientTrust.ANCHORS_MAX) {
            throw new CertificateFault(
                    trust
                            + " has "
                            + anchors.size()
                            + " certificates; allowed: 1 to "
                            + ClientTrust.ANCHORS_MAX);
        }
        Map<X509CRL, Path> lists = new LinkedHashMap<>();
        for (Path file : crl) {
            readLists(file).forEach(list -> lists.put(list, file));
        }
        ClientTrust read = new ClientTrust(anchors, lists.keySet(), clock);
        List<X509CRL> overdue = read.overdueLists();
        lists.forEach((list, file) -> {
            if (overdue.contains(list)) {
                warn(list, file);
            }
        });
        return read;
    }

    private Collection<X509CRL> readLists(Path file) throws CertificateFault {
        try (InputStream input = Files.newInputStream(file)) {
            List<X509CRL> lists = new ArrayList<>();
            CertificateFactory.getInstance("X.509")
                    .generateCRLs(input)
                    .forEach(list -> lists.add((X509CRL) list));
            if (lists.isEmpty()) {
                throw new CertificateFault("no revocation list in " + file);
            }
            return lists;
        } catch (IOException | CRLException | CertificateException unreadable) {
            throw PemFiles.unreadable(file, unreadable);
        }
    }

    private void warn(X509CRL overdue, Path file) {
        notes.note(
                Level.WARNING,
                "client-crl-expired",
                file
                        + ": the list of "
                        + overdue.getIssuerX500Principal()
                        + " should have been renewed; its clients are refused");
    }

    /// Files that could not be read, and when.
    private record Failure(Map<Path, FileStamp> stamps, long nanos, String message) {}

    private Map<Path, FileStamp> stamps() {
        Map<Path, FileStamp> stamps = new HashMap<>();
        stamps.put(trust, FileStamp.of(trust));
        crl.forEach(file -> stamps.put(file, FileStamp.of(file)));
        return stamps;
    }
}
