package io.sealane.core.tls;

import java.security.GeneralSecurityException;
import java.security.Security;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// TLS engines of the JDK. Used where the BoringSSL library does not load, and by embedders that
/// want no third party. Safe from any thread.
///
/// A session is an [SSLContext] of its own (15-20 microseconds, about 4 KiB): ticket keys live in
/// the context, so no other session's ticket opens here. A control connection gives 127 TLS 1.3
/// tickets in its life and then no more, so a client that uses each once resumes that often.
///
/// To load this class is to switch JSSE's key limits off in the whole process
/// (`jdk.tls.keyLimits`).
public final class JsseProvider implements TlsProvider {
    /// Interop: once so much has come (2^37 octets by default), JSSE asks for a KeyUpdate with each
    /// record that it receives, until one is answered. A client that only uploads does not read
    /// them: they fill its buffers, and in the end both wait. BoringSSL sends no KeyUpdate of its
    /// own either. Those of clients are answered.
    private static final String NO_KEY_LIMITS =
            "AES/GCM/NoPadding KeyUpdate 2^62, ChaCha20-Poly1305 KeyUpdate 2^62";

    static {
        Security.setProperty("jdk.tls.keyLimits", NO_KEY_LIMITS);
    }

    private final Strength weakest;

    /// Serves no old devices.
    public JsseProvider() {
        this(Strength.MODERN);
    }

    private JsseProvider(Strength weakest) {
        this.weakest = weakest;
    }

    /// Serves old devices, too. What the JDK refuses it refuses in the whole process, so this must
    /// be the first use of TLS in it; see [JsseRestrictions].
    ///
    /// @throws TlsException if the JDK goes on refusing them
    public static JsseProvider forOldDevicesToo() throws TlsException {
        JsseRestrictions.liftForOldDevices(JsseRestrictions.Users.OTHERS_TOO);
        return new JsseProvider(Strength.LEGACY);
    }

    /// The same in a process whose other listeners have another provider.
    public static JsseProvider forOldDevices() throws TlsException {
        JsseRestrictions.liftForOldDevices(JsseRestrictions.Users.OLD_DEVICES);
        return new JsseProvider(Strength.LEGACY);
    }

    @Override
    public String name() {
        return "jsse";
    }

    /// JSSE gives nothing but what it fetches itself, by a switch of the whole process, and keeps
    /// it with the context: here that would be a fetch for each control connection, in the middle
    /// of its handshake.
    @Override
    public boolean staples() {
        return false;
    }

    @Override
    public SessionTls newSession(TlsSettings settings) throws TlsException {
        if (settings.strength().compareTo(weakest) > 0) {
            throw new IllegalArgumentException("not made for old devices");
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            JsseIdentity identity = new JsseIdentity(settings.identity());
            ClientCheck clients = new ClientCheck(settings.clients());
            context.init(
                    new JsseIdentity[] {identity},
                    new TrustManager[] {new ClientVerifier(clients)},
                    null);
            return new JsseSession(context, settings, clients);
        } catch (GeneralSecurityException cause) {
            throw new TlsException("JSSE refused the certificate or its key", cause);
        }
    }
}
