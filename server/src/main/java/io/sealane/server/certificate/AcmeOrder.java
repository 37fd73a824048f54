package io.sealane.server.certificate;

import io.sealane.config.AcmeConfig;
import io.sealane.config.CertificateName;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.server.certificate.AcmeAnswers.Pending;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/// One order at an ACME authority, from the account to the certificate's file (RFC 8555 section 7).
final class AcmeOrder {
    /// For one request.
    private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(30);

    /// For an authority to check a challenge, or to issue. Most take seconds.
    private static final Duration STEP_PATIENCE = Duration.ofMinutes(3);

    /// acme4j's own log: what it tries again by itself is no news. Kept here, or it would be
    /// forgotten that it was told so.
    private static final Logger LIBRARY = Logger.getLogger("org.shredzone.acme4j");

    static {
        LIBRARY.setLevel(Level.WARNING);
    }

    private final List<CertificateName> names;
    private final AcmeConfig acme;
    private final AcmeFiles files;
    private final AcmeAnswers answers;
    private final InstantSource clock;

    AcmeOrder(
            List<CertificateName> names,
            AcmeConfig acme,
            AcmeFiles files,
            AcmeAnswers answers,
            InstantSource clock) {
        this.names = List.copyOf(names);
        this.acme = acme;
        this.files = files;
        this.answers = answers;
        this.clock = clock;
    }

    /// Has a certificate issued, and puts it and its new key in the place of the old ones. Blocks
    /// for as long as the authority takes.
    void run() throws AcmeFault, InterruptedException {
        try {
            Order order =
                    login().newOrder()
                            .domains(names.stream().map(CertificateName::text).toList())
                            .create();
            for (Authorization authorization : order.getAuthorizations()) {
                authorize(authorization);
            }
            if (order.waitUntilReady(STEP_PATIENCE) != Status.READY) {
                throw fault("the order is not ready", order.getError());
            }
            KeyPair pair = SelfSignedCertificate.newKey();
            order.execute(pair);
            if (order.waitForCompletion(STEP_PATIENCE) != Status.VALID) {
                throw fault("the order is not completed", order.getError());
            }
            StringBuilder pem = new StringBuilder(pem(pair));
            for (X509Certificate one : order.getCertificate().getCertificateChain()) {
                pem.append(SelfSignedCertificate.pem(one));
            }
            PrivateFiles.write(files.certificate(names, acme), pem.toString());
        } catch (AcmeRateLimitedException limited) {
            throw new AcmeFault(
                    acme.directory() + ": " + limited.getMessage(),
                    limited,
                    limited.getRetryAfter());
        } catch (AcmeException | IOException | GeneralSecurityException failed) {
            throw new AcmeFault(acme.directory() + ": " + reason(failed), failed, Optional.empty());
        }
    }

    /// The account that belongs to the kept key; the authority makes it if it has none yet.
    private Login login() throws AcmeException, IOException, GeneralSecurityException {
        Session session = new Session(acme.directory(), new Authority(trust()));
        session.setLocale(Locale.ENGLISH);
        session.networkSettings().setTimeout(REQUEST_PATIENCE);
        AccountBuilder account =
                new AccountBuilder().agreeToTermsOfService().useKeyPair(accountKey());
        acme.contact().ifPresent(account::addContact);
        return account.createLogin(session);
    }

    private KeyPair accountKey() throws IOException {
        Path file = files.account(acme);
        if (!Files.exists(file)) {
            KeyPair made = SelfSignedCertificate.newKey();
            PrivateFiles.write(file, pem(made) + SelfSignedCertificate.pem(made.getPublic()));
        }
        return PemFiles.readPair(file);
    }

    private static String pem(KeyPair pair) throws IOException {
        return SelfSignedCertificate.pem(new JcaPKCS8Generator(pair.getPrivate(), null));
    }

    private void authorize(Authorization authorization)
            throws AcmeException, AcmeFault, IOException, InterruptedException {
        if (authorization.getStatus() == Status.VALID) {
            return;
        }
        String name = authorization.getIdentifier().getDomain();
        switch (acme.challenge()) {
            case HTTP_01 -> {
                Http01Challenge challenge = challenge(authorization, Http01Challenge.class, name);
                try (Pending _ =
                        answers.byHttp(
                                challenge.getToken(),
                                challenge.getAuthorization(),
                                acme.httpAddress())) {
                    pass(challenge, name);
                }
            }
            case TLS_ALPN_01 -> {
                TlsAlpn01Challenge challenge =
                        challenge(authorization, TlsAlpn01Challenge.class, name);
                TlsIdentity shown =
                        SelfSignedCertificate.challenge(
                                name, challenge.getAcmeValidation(), clock.instant());
                try (Pending _ =
                        acme.tlsAddress().isPresent()
                                ? answers.byTls(name, shown, acme.tlsAddress().get())
                                : answers.byTls(name, shown)) {
                    pass(challenge, name);
                }
            }
        }
    }

    private <T extends Challenge> T challenge(
            Authorization authorization, Class<T> type, String name) throws AcmeFault {
        return authorization
                .findChallenge(type)
                .orElseThrow(() ->
                        new AcmeFault(
                                acme.directory()
                                        + ": offers no "
                                        + acme.challenge().text()
                                        + " for "
                                        + name));
    }

    private void pass(Challenge challenge, String name)
            throws AcmeException, AcmeFault, InterruptedException {
        challenge.trigger();
        if (challenge.waitForCompletion(STEP_PATIENCE) != Status.VALID) {
            throw fault(acme.challenge().text() + " for " + name + " failed", challenge.getError());
        }
    }

    private AcmeFault fault(String what, Optional<Problem> problem) {
        return new AcmeFault(
                acme.directory() + ": " + what + problem.map(found -> ": " + found).orElse(""));
    }

    /// What is at the bottom of it: a refused connection says more than a failed request.
    private static String reason(Throwable failed) {
        StringBuilder all = new StringBuilder(String.valueOf(failed.getMessage()));
        Throwable cause = failed.getCause();
        for (int depth = 0; cause != null && depth < 3; depth++) {
            all.append(": ").append(cause.getMessage() == null ? cause : cause.getMessage());
            cause = cause.getCause();
        }
        return all.toString();
    }

    private Optional<SSLContext> trust() throws IOException, GeneralSecurityException {
        if (acme.trust().isEmpty()) {
            return Optional.empty();
        }
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        try (InputStream pem = Files.newInputStream(acme.trust().get())) {
            for (var root : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                roots.setCertificateEntry("root-" + roots.size(), root);
            }
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return Optional.of(context);
    }

    /// An authority that may have a certificate of its own authority.
    private static final class Authority extends GenericAcmeProvider {
        private final Optional<SSLContext> trust;

        Authority(Optional<SSLContext> trust) {
            this.trust = trust;
        }

        @Override
        public boolean accepts(URI directory) {
            return true;
        }

        @Override
        public HttpClient createHttpClient(NetworkSettings settings) {
            HttpClient.Builder builder =
                    HttpClient.newBuilder()
                            .followRedirects(HttpClient.Redirect.NORMAL)
                            .connectTimeout(settings.getTimeout());
            trust.ifPresent(builder::sslContext);
            return builder.build();
        }
    }
}
