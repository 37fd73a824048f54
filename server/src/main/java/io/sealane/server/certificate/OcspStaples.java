package io.sealane.server.certificate;

import io.sealane.core.tls.OcspStaple;
import io.sealane.core.tls.TlsIdentity;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Staples for certificates, asked for beforehand and again at half of their validity. An old one
/// is shown until it ends. Safe from any thread; one thread of its own asks, one certificate after
/// the other, those first that must have one and have none.
final class OcspStaples implements AutoCloseable {
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(200);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(10);
    private static final Duration AGAIN_FIRST = Duration.ofMinutes(1);
    private static final Duration AGAIN_LAST = Duration.ofHours(1);

    /// Longest answer that is read. Most have 2 KiB, with a responder's certificate.
    private static final int ANSWER_BYTES_MAX = 64 * 1024;

    private static final int HTTP_OK = 200;
    private static final String NONE = "no OCSP staple: ";

    private record Staple(OcspStaple word, Instant until) {}

    /// A certificate that is to be stapled.
    ///
    /// @param label what people call it
    record Wanted(String label, TlsIdentity identity) {}

    /// One certificate that wants a staple. Fields that change are the thread's own, but for the
    /// staple and the problem.
    private static final class Wish {
        private final String label;
        private final X509Certificate leaf;
        private final OcspQuestion question;
        private final CountDownLatch asked = new CountDownLatch(1);
        private Appointment next = Appointment.AT_ONCE;
        private Duration again = AGAIN_FIRST;
        private boolean missingIsTold;
        private volatile Optional<Staple> staple = Optional.empty();
        private volatile Optional<String> problem = Optional.empty();

        Wish(String label, X509Certificate leaf, OcspQuestion question) {
            this.label = label;
            this.leaf = leaf;
            this.question = question;
        }
    }

    private final InstantSource clock;
    private final CertificateLog log;
    private final Map<X509Certificate, Wish> wishes = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread = Thread.ofVirtual().name("ocsp").unstarted(this::askInTime);

    OcspStaples(InstantSource clock, CertificateLog log) {
        this.clock = clock;
        this.log = log;
    }

    /// Which certificates want staples from now on. Those that name no responder, or come without
    /// their issuer, get none.
    void want(List<Wanted> wanted) {
        wishes.keySet()
                .removeIf(
                        leaf -> wanted.stream().noneMatch(one -> one.identity.leaf().equals(leaf)));
        for (Wanted one : wanted) {
            X509Certificate leaf = one.identity.leaf();
            question(one.identity.chain())
                    .ifPresent(question ->
                            wishes.putIfAbsent(leaf, new Wish(one.label, leaf, question)));
        }
        if (!wishes.isEmpty() && started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    /// The identity with its staple, if there is a fresh one.
    TlsIdentity staple(TlsIdentity identity) {
        return fresh(identity.leaf()).map(identity::stapled).orElse(identity);
    }

    /// Whether there is a fresh one for the certificate.
    boolean has(X509Certificate leaf) {
        return fresh(leaf).isPresent();
    }

    /// Whether a certificate that must be stapled is about to get its first one: nobody knows so
    /// far that there is none.
    boolean isAwaited(X509Certificate leaf) {
        Wish wish = wishes.get(leaf);
        return wish != null && wish.asked.getCount() > 0 && OcspQuestion.mustStaple(leaf);
    }

    /// Waits until that is known, or for so long. Blocks.
    void await(X509Certificate leaf, Duration patience) {
        Wish wish = wishes.get(leaf);
        try {
            if (wish != null && !wish.asked.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                log.note(
                        Level.WARNING,
                        "ocsp-not-stapled",
                        wish.label + ": " + wish.question.responder() + ": no answer so far");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// What keeps a certificate from being stapled, or its staple from being renewed.
    Optional<String> problem(X509Certificate leaf) {
        return Optional.ofNullable(wishes.get(leaf))
                .flatMap(wish -> wish.problem)
                .map(why ->
                        (has(leaf) ? "OCSP staple not renewed, the old one is shown: " : NONE)
                                + why);
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    private static Optional<OcspQuestion> question(List<X509Certificate> chain) {
        return chain.size() < 2
                ? Optional.empty()
                : OcspQuestion.about(chain.getFirst(), chain.get(1));
    }

    private Optional<OcspStaple> fresh(X509Certificate leaf) {
        return Optional.ofNullable(wishes.get(leaf))
                .flatMap(wish -> wish.staple)
                .filter(staple -> staple.until.isAfter(clock.instant()))
                .map(Staple::word);
    }

    // ---- on its own thread

    private void askInTime() {
        HttpClient http =
                HttpClient.newBuilder()
                        .connectTimeout(ANSWER_PATIENCE)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build();
        try {
            do {
                for (Wish wish : urgentFirst()) {
                    if (closed.getCount() > 0 && wish.next.isDue(clock.instant())) {
                        ask(wish, http);
                    }
                    tellIfMissed(wish);
                }
            } while (!closed.await(LOOK_INTERVAL.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException toldToEnd) {
            return;
        } finally {
            http.shutdownNow();
        }
    }

    private List<Wish> urgentFirst() {
        return wishes.values().stream()
                .sorted(Comparator.comparing((Wish wish) -> !isMissed(wish)))
                .toList();
    }

    private void ask(Wish wish, HttpClient http) throws InterruptedException {
        try {
            byte[] answer = fetch(wish.question, http); // blocks
            Instant now = clock.instant();
            OcspQuestion.Good good = wish.question.check(answer, now);
            wish.staple = Optional.of(new Staple(new OcspStaple(answer), good.until()));
            wish.problem = Optional.empty();
            wish.again = AGAIN_FIRST;
            wish.missingIsTold = false;
            Instant half =
                    good.since().plus(Duration.between(good.since(), good.until()).dividedBy(2));
            Instant earliest = now.plus(AGAIN_FIRST);
            wish.next = new Appointment(now, half.isAfter(earliest) ? half : earliest);
            log.note(
                    Level.INFO,
                    "ocsp-stapled",
                    wish.label + ": good from " + good.since() + " to " + good.until());
        } catch (IOException | OcspFault | RuntimeException failed) {
            missed(wish, failed);
        } finally {
            wish.asked.countDown();
        }
    }

    private void missed(Wish wish, Exception failed) {
        String why = wish.question.responder() + ": " + failed.getMessage();
        wish.problem = Optional.of(why);
        Instant now = clock.instant();
        wish.next = new Appointment(now, now.plus(wish.again));
        Duration doubled = wish.again.multipliedBy(2);
        wish.again = doubled.compareTo(AGAIN_LAST) < 0 ? doubled : AGAIN_LAST;
        if (!isMissed(wish)) {
            log.note(Level.WARNING, "ocsp-not-stapled", wish.label + ": " + why);
        }
        wish.missingIsTold = false;
    }

    /// Also when a staple that could not be renewed ends.
    private void tellIfMissed(Wish wish) {
        Optional<String> why = wish.problem;
        if (why.isPresent() && isMissed(wish) && !wish.missingIsTold) {
            wish.missingIsTold = true;
            log.note(
                    Level.ERROR,
                    "ocsp-not-stapled",
                    wish.label
                            + ": "
                            + why.get()
                            + "; the certificate must be stapled, and clients refuse it without");
        }
    }

    private boolean isMissed(Wish wish) {
        return OcspQuestion.mustStaple(wish.leaf) && !has(wish.leaf);
    }

    private byte[] fetch(OcspQuestion question, HttpClient http)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(question.responder())
                        .header("Content-Type", "application/ocsp-request")
                        .header("Accept", "application/ocsp-response")
                        .POST(BodyPublishers.ofByteArray(question.encoded()))
                        .build();
        CompletableFuture<HttpResponse<byte[]>> coming =
                http.sendAsync(
                        request,
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        try {
            HttpResponse<byte[]> response =
                    coming.get(ANSWER_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            if (response.statusCode() != HTTP_OK) {
                throw new IOException("HTTP status " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getCause()), failed);
        } catch (TimeoutException late) {
            coming.cancel(true);
            throw new IOException("no answer within " + ANSWER_PATIENCE, late);
        }
    }
}
