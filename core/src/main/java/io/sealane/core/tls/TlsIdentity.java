package io.sealane.core.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// A private key and the certificate chain that belongs to it, leaf first.
///
/// @param staple word that the leaf is not revoked, for clients that ask for it
public record TlsIdentity(
        PrivateKey key, List<X509Certificate> chain, Optional<OcspStaple> staple) {
    public TlsIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain holds at least the leaf certificate");
        }
    }

    public TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
        this(key, chain, Optional.empty());
    }

    public TlsIdentity stapled(OcspStaple word) {
        return new TlsIdentity(key, chain, Optional.of(word));
    }

    public X509Certificate leaf() {
        return chain.getFirst();
    }

    @Override
    public String toString() {
        return "TlsIdentity[" + leaf().getSubjectX500Principal() + "]";
    }
}
