package io.sealane.tls.boringssl;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.sealane.core.tls.AnyServer;
import io.sealane.core.tls.CipherSuite;
import io.sealane.core.tls.ClientCheck;
import io.sealane.core.tls.NamedGroup;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.Strength;
import io.sealane.core.tls.TlsException;
import io.sealane.core.tls.TlsProvider;
import io.sealane.core.tls.TlsSettings;
import io.sealane.core.tls.TlsVersion;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// TLS engines of BoringSSL. Safe from any thread.
///
/// A session is an `SSL_CTX` of its own with random ticket keys, which serves the control
/// connection and its data connections alike; see [BoringSslSession].
public final class BoringSslProvider implements TlsProvider {
    /// In TLS 1.3 BoringSSL chooses by itself: AES where the processor has instructions for it.
    private static final List<String> SUITES =
            CipherSuite.served(Strength.MODERN).stream().map(CipherSuite::name).toList();

    private static final Logger LOG = System.getLogger(BoringSslProvider.class.getName());

    /// TLS 1.2 sessions kept for resumption by id, oldest out first: one for the control
    /// connection, and one for each data connection that made a full handshake.
    private static final long SESSIONS_CACHED_MAX = 256;

    private final SecureRandom random = new SecureRandom();
    private final NativeIdentities identities = new NativeIdentities();

    private final InstantSource clock;

    private BoringSslProvider(InstantSource clock) {
        this.clock = clock;
    }

    /// The same by another clock.
    BoringSslProvider by(InstantSource other) {
        return new BoringSslProvider(other);
    }

    /// The provider, or nothing where the native library does not load: unknown processor, another
    /// libc, no permission to unpack it. Says why in the log; called once, at start.
    public static Optional<BoringSslProvider> load() {
        try {
            if (OpenSsl.isAvailable() && OpenSsl.versionString().equals("BoringSSL")) {
                BoringSslNative.ensureUsable();
                return Optional.of(new BoringSslProvider(InstantSource.system()));
            }
            LOG.log(
                    Level.WARNING,
                    "tls-library=boringssl unavailable, JSSE is used instead",
                    cause());
        } catch (LinkageError | IllegalStateException cause) {
            LOG.log(Level.WARNING, "tls-library=boringssl unusable, JSSE is used instead", cause);
        }
        return Optional.empty();
    }

    private static Throwable cause() {
        Throwable cause = OpenSsl.unavailabilityCause();
        return cause == null ? new IllegalStateException(OpenSsl.versionString()) : cause;
    }

    @Override
    public String name() {
        return "boringssl";
    }

    @Override
    public boolean staples() {
        return true;
    }

    @Override
    public SessionTls newSession(TlsSettings settings) throws TlsException {
        if (settings.strength() != Strength.MODERN) {
            throw new IllegalArgumentException("BoringSSL has not all that old devices need");
        }
        ReferenceCountedOpenSslContext context;
        ClientCheck clients = new ClientCheck(settings.clients());
        NativeIdentity identity;
        try {
            identity = identities.of(settings.identity());
            context = newContext(settings, clients);
        } catch (SSLException | IllegalArgumentException cause) {
            throw new TlsException("BoringSSL refused the certificate or its key", cause);
        }
        try {
            TicketKey ticketKey = new TicketKey(random);
            context.sessionContext().setTicketKeys(ticketKey.forNetty());
            BoringSslNative.askNoKeyManager(context);
            return new BoringSslSession(context, settings, identity, clients, ticketKey, clock);
        } catch (RuntimeException defect) {
            ReferenceCountUtil.release(context);
            throw defect;
        }
    }

    /// A context for one engine in client mode.
    static ReferenceCountedOpenSslContext newClientContext(TlsSettings settings)
            throws TlsException {
        try {
            return (ReferenceCountedOpenSslContext)
                    SslContextBuilder.forClient()
                            .sslProvider(SslProvider.OPENSSL_REFCNT)
                            .trustManager(new AnyServer())
                            .endpointIdentificationAlgorithm("")
                            .ciphers(SUITES)
                            .protocols(
                                    settings.versions().stream().map(TlsVersion::protocol).toList())
                            .option(OpenSslContextOption.GROUPS, groupNames(NamedGroup.SERVED))
                            .option(OpenSslContextOption.USE_TASKS, false)
                            .build();
        } catch (SSLException | IllegalArgumentException cause) {
            throw new TlsException("BoringSSL makes no client", cause);
        }
    }

    private static ReferenceCountedOpenSslContext newContext(
            TlsSettings settings, ClientCheck clients) throws SSLException {
        return (ReferenceCountedOpenSslContext)
                SslContextBuilder.forServer(new NoKeys())
                        .sslProvider(SslProvider.OPENSSL_REFCNT)
                        .trustManager(new BoringSslClientVerifier(clients))
                        .ciphers(SUITES)
                        .protocols(settings.versions().stream().map(TlsVersion::protocol).toList())
                        .applicationProtocolConfig(
                                new ApplicationProtocolConfig(
                                        ApplicationProtocolConfig.Protocol.ALPN,
                                        ApplicationProtocolConfig.SelectorFailureBehavior
                                                .NO_ADVERTISE,
                                        ApplicationProtocolConfig.SelectedListenerFailureBehavior
                                                .ACCEPT,
                                        settings.protocols().names()))
                        .option(OpenSslContextOption.GROUPS, groupNames(settings.groups()))
                        .option(OpenSslContextOption.USE_TASKS, false)
                        .enableOcsp(settings.identity().staple().isPresent())
                        .sessionTimeout(BoringSslSession.LIFETIME_SECONDS)
                        .sessionCacheSize(SESSIONS_CACHED_MAX)
                        .build();
    }

    /// BoringSSL has names of its own for two.
    private static String[] groupNames(List<NamedGroup> groups) {
        return groups.stream()
                .map(group ->
                        switch (group) {
                            case X25519 -> "X25519";
                            case SECP256R1 -> "P-256";
                            case SECP384R1 -> "P-384";
                            default -> group.registered();
                        })
                .toArray(String[]::new);
    }
}
