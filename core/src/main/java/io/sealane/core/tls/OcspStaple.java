package io.sealane.core.tls;

/// An authority's own word that a certificate is not revoked: a signed OCSP response (RFC 6960) in
/// DER, given to clients that ask for one (`status_request`, RFC 6066 section 8). Immutable.
public final class OcspStaple {
    private final byte[] der;

    public OcspStaple(byte[] der) {
        this.der = der.clone();
    }

    /// A copy of the octets.
    public byte[] der() {
        return der.clone();
    }
}
