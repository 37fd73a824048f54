package io.sealane.server.certificate;

import io.sealane.core.wire.Printable;
import java.time.Instant;
import java.util.List;

/// What is to be known of a certificate that is served, for `status` and metrics.
///
/// @param label its place in the configuration: `certificates[0]`, or `self-signed`
/// @param names server names it is given for, lower case; empty if for none
/// @param subject distinguished name (RFC 2253)
/// @param issuer distinguished name (RFC 2253)
/// @param serial serial number, hexadecimal, lower case, without leading zeros
/// @param notAfter last instant at which it is valid
/// @param source where it comes from: the file of the chain
/// @param problems what keeps it from being renewed or trusted, for people; empty if nothing does.
///   Authorities have their say in them, so what would lead a terminal astray is replaced
public record CertificateStatus(
        String label,
        List<String> names,
        String subject,
        String issuer,
        String serial,
        KeyKind kind,
        Instant notBefore,
        Instant notAfter,
        String source,
        State state,
        List<String> problems) {
    /// The worst that holds.
    public enum State {
        GOOD,
        /// It ends soon; see [Expiry].
        EXPIRING,
        /// It has to come with an OCSP staple, and there is none: clients refuse it.
        NOT_STAPLED,
        /// ACME has not issued it yet; a self-signed one is served, which no client trusts.
        NOT_ISSUED,
        /// New files are there and not good, or ACME issues no new one; the old one is served on.
        NOT_RENEWED,
        /// It, or an issuer in its chain.
        NOT_VALID_YET,
        /// It, or an issuer in its chain.
        EXPIRED
    }

    public CertificateStatus {
        names = List.copyOf(names);
        problems = problems.stream().map(Printable::escape).toList();
    }
}
