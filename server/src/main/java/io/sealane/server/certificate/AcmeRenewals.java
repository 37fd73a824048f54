package io.sealane.server.certificate;

import io.sealane.config.AcmeConfig;
import io.sealane.config.CertificateConfig;
import io.sealane.config.CertificateName;
import io.sealane.config.CertificateSource;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsException;
import io.sealane.core.wire.ClientHello;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps the certificates of ACME authorities fresh: gets the first, and another when a third of
/// the life of one is left. One order at a time, on a thread of its own; safe from any thread.
final class AcmeRenewals implements AutoCloseable {
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    /// Authorities allow some five failed checks of a name in an hour.
    private static final Duration AGAIN_FIRST = Duration.ofMinutes(5);

    private static final Duration AGAIN_LAST = Duration.ofHours(6);
    private static final int LIFE_THIRDS_SERVED = 2;

    private static final class Wish {
        private final String label;
        private final Path file;
        private final AcmeConfig acme;
        private final AcmeOrder order;
        private Appointment next = Appointment.AT_ONCE;
        private Duration again = AGAIN_FIRST;

        /// Why the last order failed, and when the next begins.
        private volatile Optional<String> failure = Optional.empty();

        /// The file as it was then.
        private FileStamp failedWith;

        Wish(String label, Path file, AcmeConfig acme, AcmeOrder order) {
            this.label = label;
            this.file = file;
            this.acme = acme;
            this.order = order;
            this.failedWith = FileStamp.of(file);
        }

        /// Whether somebody else has put a file there since an order failed.
        private boolean isReplaced() {
            if (failure.isEmpty()) {
                return false;
            }
            FileStamp before = failedWith;
            failedWith = FileStamp.of(file);
            return !failedWith.equals(before);
        }
    }

    private final AcmeAnswers answers = new AcmeAnswers();
    private final List<Wish> wishes = new ArrayList<>();
    private final InstantSource clock;
    private final CertificateLog log;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("acme").unstarted(this::orderInTime);

    private AcmeRenewals(InstantSource clock, CertificateLog log) {
        this.clock = clock;
        this.log = log;
    }

    /// Sees to it that each certificate has a file, self-signed where nothing was issued yet, and
    /// begins.
    static AcmeRenewals start(
            List<CertificateConfig> configured,
            AcmeFiles files,
            InstantSource clock,
            CertificateLog log)
            throws CertificateFault {
        AcmeRenewals all = new AcmeRenewals(clock, log);
        for (int number = 0; number < configured.size(); number++) {
            if (configured.get(number).source()
                    instanceof CertificateSource.Acme(AcmeConfig acme)) {
                all.add(
                        "certificates[" + number + "]",
                        configured.get(number).names(),
                        acme,
                        files);
            }
        }
        if (!all.wishes.isEmpty()) {
            all.thread.start();
        }
        return all;
    }

    /// The TLS for an authority that checks a challenge; empty for all other clients.
    Optional<SessionTls> answer(ClientHello hello) throws TlsException {
        return answers.answer(hello);
    }

    /// Why the last order for a certificate failed, and when the next begins; empty if it did not.
    Optional<String> failure(String label) {
        return wishes.stream()
                .filter(wish -> wish.label.equals(label))
                .flatMap(wish -> wish.failure.stream())
                .findFirst();
    }

    /// Gives up an order that runs.
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    private void add(String label, List<CertificateName> names, AcmeConfig acme, AcmeFiles files)
            throws CertificateFault {
        Path file = files.certificate(names, acme);
        Wish wish = new Wish(label, file, acme, new AcmeOrder(names, acme, files, answers, clock));
        wishes.add(wish);
        if (issued(file).isPresent()) {
            return;
        }
        try {
            PrivateFiles.createFolder(files.folder());
            SelfSignedCertificate.write(file, names, clock.instant());
        } catch (IOException failed) {
            throw new CertificateFault(
                    label + ": " + file + " cannot be written: " + failed, failed);
        }
        log.note(
                Level.WARNING,
                "acme-pending",
                label + ": self-signed until " + acme.directory() + " has issued the certificate");
    }

    /// The certificate in a file, unless there is none or it is the self-signed stand-in.
    private Optional<X509Certificate> issued(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(PemFiles.read(file, file, clock.instant()).identity().leaf())
                    .filter(leaf -> !ChainOrder.isSelfIssued(leaf));
        } catch (CertificateFault broken) {
            return Optional.empty(); // Made anew, like one that is not there.
        }
    }

    private void orderInTime() {
        try {
            while (!closed.await(LOOK_INTERVAL.toNanos(), TimeUnit.NANOSECONDS)) {
                for (Wish wish : wishes) {
                    if (wish.next.isDue(clock.instant())) {
                        look(wish);
                    } else if (wish.isReplaced()) {
                        isFresh(wish);
                    }
                }
            }
        } catch (InterruptedException toldToEnd) {
            return;
        }
    }

    private void look(Wish wish) throws InterruptedException {
        if (isFresh(wish)) {
            return;
        }
        try {
            wish.order.run(); // blocks
            if (!isFresh(wish)) {
                throw new AcmeFault(
                        "what was issued is due to be renewed already; is this machine's clock"
                                + " right?");
            }
            log.note(
                    Level.INFO,
                    "acme-issued",
                    wish.label + ": a certificate of " + wish.acme.directory());
        } catch (AcmeFault | RuntimeException failed) {
            Instant now = clock.instant();
            Instant next = now.plus(wish.again);
            if (failed instanceof AcmeFault fault) {
                next = later(next, fault.notBefore().orElse(next));
            }
            wish.next = new Appointment(now, next);
            Duration doubled = wish.again.multipliedBy(2);
            wish.again = doubled.compareTo(AGAIN_LAST) < 0 ? doubled : AGAIN_LAST;
            String failure = reason(failed) + "; tried again at " + next;
            wish.failedWith = FileStamp.of(wish.file);
            wish.failure = Optional.of(failure);
            log.note(Level.ERROR, "acme-failed", wish.label + ": " + failure);
        }
    }

    /// Whether there is a certificate that has a third of its life before it, or more. Then it is
    /// looked at again in time.
    private boolean isFresh(Wish wish) {
        Instant now = clock.instant();
        Optional<Instant> renewal = issued(wish.file).map(AcmeRenewals::renewal);
        if (renewal.filter(then -> then.isAfter(now)).isEmpty()) {
            return false;
        }
        wish.failure = Optional.empty();
        wish.again = AGAIN_FIRST;
        wish.next = new Appointment(now, earlier(renewal.get(), now.plus(AGAIN_LAST)));
        return true;
    }

    /// A defect of the library has its kind in the log.
    private static String reason(Exception failed) {
        return failed instanceof AcmeFault
                ? String.valueOf(failed.getMessage())
                : failed.toString();
    }

    private static Instant renewal(X509Certificate leaf) {
        Instant begin = leaf.getNotBefore().toInstant();
        Duration life = Duration.between(begin, leaf.getNotAfter().toInstant());
        return begin.plus(life.dividedBy(3).multipliedBy(LIFE_THIRDS_SERVED));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
