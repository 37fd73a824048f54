package io.sealane.tls.boringssl;

import io.sealane.core.tls.TlsIdentity;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;

/// The identities that BoringSSL has read, as long as somebody holds their certificates. Safe from
/// any thread.
final class NativeIdentities {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<X509Certificate, NativeIdentity> byLeaf = new WeakHashMap<>();

    /// @throws SSLException if BoringSSL does not take the chain or the key
    NativeIdentity of(TlsIdentity identity) throws SSLException {
        List<X509Certificate> issuers = NativeIdentity.issuersOf(identity);
        lock.lock();
        try {
            NativeIdentity known = byLeaf.get(identity.leaf());
            if (known != null && known.hasIssuers(issuers)) {
                return known;
            }
            NativeIdentity read = new NativeIdentity(identity);
            byLeaf.remove(identity.leaf()); // Or the key would stay the old object.
            byLeaf.put(identity.leaf(), read);
            return read;
        } finally {
            lock.unlock();
        }
    }
}
