package io.sealane.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// An authority that issues certificates by ACME (RFC 8555), and how the server proves to it that
/// the names are its own. To write this into the file is to agree to the authority's terms.
///
/// @param directory URL of the authority's directory, `https`
/// @param contact `mailto:` address that the authority may write to
/// @param httpAddress where http-01 challenges are answered, while one is pending
/// @param tlsAddress where tls-alpn-01 challenges are answered, while one is pending; if empty, the
///   listeners that begin with TLS answer them
/// @param trust PEM file with the authority that the directory's own certificate is checked by, an
///   absolute path; if empty, those of the JDK
public record AcmeConfig(
        URI directory,
        Optional<URI> contact,
        AcmeChallenge challenge,
        InetSocketAddress httpAddress,
        Optional<InetSocketAddress> tlsAddress,
        Optional<Path> trust) {
    /// Where authorities ask, on every address of this machine (RFC 8555 section 8.3).
    public static final InetSocketAddress HTTP_ADDRESS_DEFAULT =
            new InetSocketAddress(IpLiteral.parse("0.0.0.0").orElseThrow(), 80);
}
