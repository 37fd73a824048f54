package io.sealane.server.doctor;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Looks at the certificates that a server showed.
///
/// @param chain as the server sent it, one at least
record CertificateChecks(List<X509Certificate> chain, Target target, Trust trust, Instant now) {
    static final Duration SOON = Duration.ofDays(14);

    private static final int RSA_BITS_MIN = 2048;
    private static final int EC_BITS_MIN = 256;
    private static final int NAMES_SHOWN_MAX = 10;

    /// Whether a client that checks certificates goes on.
    boolean areGood() {
        X509Certificate own = chain.getFirst();
        return trust.judge(chain, now) == Trust.Verdict.TRUSTED
                && HostNames.match(own, target)
                && !now.isBefore(own.getNotBefore().toInstant())
                && !now.isAfter(own.getNotAfter().toInstant());
    }

    void report(Notebook notes) {
        trust(notes);
        order(notes);
        name(notes);
        time(notes);
        strength(notes);
    }

    private void trust(Notebook notes) {
        String seen =
                chain.size()
                        + (chain.size() == 1 ? " certificate" : " certificates")
                        + ", issued by "
                        + Reply.shown(chain.getLast().getIssuerX500Principal().getName());
        notes.add(
                switch (trust.judge(chain, now)) {
                    case TRUSTED -> Finding.CERTIFICATE_TRUSTED;
                    case SELF_SIGNED -> Finding.CERTIFICATE_SELF_SIGNED;
                    case INCOMPLETE -> Finding.CHAIN_INCOMPLETE;
                    case UNTRUSTED -> Finding.CERTIFICATE_UNTRUSTED;
                },
                seen);
    }

    private void order(Notebook notes) {
        for (int at = 1; at < chain.size(); at++) {
            if (!Trust.isSignedBy(chain.get(at - 1), chain.get(at))) {
                notes.add(
                        Finding.CHAIN_DISORDERED,
                        "certificate " + (at + 1) + " did not sign certificate " + at);
                return;
            }
        }
        if (chain.size() > 1) {
            notes.add(Finding.CHAIN_IN_ORDER, chain.size() + " certificates");
        }
    }

    private void name(Notebook notes) {
        List<String> names = HostNames.all(chain.getFirst());
        String seen =
                names.isEmpty()
                        ? "it has no subjectAltName"
                        : "it is for "
                                + names.stream()
                                        .limit(NAMES_SHOWN_MAX)
                                        .map(Reply::shown)
                                        .collect(Collectors.joining(", "))
                                + (names.size() > NAMES_SHOWN_MAX ? ", ..." : "");
        notes.add(
                HostNames.match(chain.getFirst(), target)
                        ? Finding.CERTIFICATE_NAME
                        : Finding.CERTIFICATE_OF_ANOTHER,
                seen);
    }

    private void time(Notebook notes) {
        Instant from = chain.getFirst().getNotBefore().toInstant();
        Instant to = chain.getFirst().getNotAfter().toInstant();
        if (now.isBefore(from)) {
            notes.add(Finding.CERTIFICATE_NOT_YET_VALID, "valid from " + from);
        } else if (now.isAfter(to)) {
            notes.add(Finding.CERTIFICATE_EXPIRED, "since " + to);
        } else {
            Duration left = Duration.between(now, to);
            notes.add(
                    left.compareTo(SOON) < 0
                            ? Finding.CERTIFICATE_EXPIRES_SOON
                            : Finding.CERTIFICATE_VALID,
                    left.toDays() + " days left, until " + to);
        }
    }

    private void strength(Notebook notes) {
        X509Certificate own = chain.getFirst();
        String seen = key(own.getPublicKey()) + ", signed with " + own.getSigAlgName();
        List<String> weak =
                chain.stream()
                        .filter(certificate -> !Trust.isSelfSigned(certificate))
                        .map(X509Certificate::getSigAlgName)
                        .filter(CertificateChecks::isWeakSignature)
                        .toList();
        if (!weak.isEmpty()) {
            notes.add(Finding.CERTIFICATE_SIGNATURE_WEAK, String.join(", ", weak));
        }
        if (isWeakKey(own.getPublicKey())) {
            notes.add(Finding.CERTIFICATE_KEY_WEAK, seen);
        } else if (weak.isEmpty()) {
            notes.add(Finding.CERTIFICATE_KEY, seen);
        }
    }

    private static boolean isWeakSignature(String algorithm) {
        String upper = algorithm.toUpperCase(Locale.ROOT);
        return upper.startsWith("SHA1") || upper.startsWith("MD");
    }

    private static boolean isWeakKey(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() < RSA_BITS_MIN;
            case ECPublicKey ec -> ec.getParams().getOrder().bitLength() < EC_BITS_MIN;
            default -> key.getAlgorithm().equals("DSA");
        };
    }

    private static String key(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength() + " bits";
            case ECPublicKey ec -> "EC " + ec.getParams().getOrder().bitLength() + " bits";
            case EdECPublicKey edwards -> edwards.getParams().getName();
            default -> key.getAlgorithm();
        };
    }
}
