package io.sealane.server.certificate;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/// How soon a certificate ends.
enum Expiry {
    /// It is not valid so far.
    NOT_BEGUN,
    FAR,
    /// In less than 21 days, or a quarter of its life if that is shorter.
    SOON,
    /// In less than 7 days, or a twelfth of its life.
    VERY_SOON,
    /// In less than a day, or a ninetieth of its life.
    NOW,
    OVER;

    static Expiry of(X509Certificate certificate, Instant now) {
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isBefore(begin)) {
            return NOT_BEGUN;
        }
        Duration life = Duration.between(begin, end);
        Duration left = Duration.between(now, end);
        if (left.isNegative()) {
            return OVER;
        }
        if (left.compareTo(shorter(Duration.ofDays(1), life.dividedBy(90))) < 0) {
            return NOW;
        }
        if (left.compareTo(shorter(Duration.ofDays(7), life.dividedBy(12))) < 0) {
            return VERY_SOON;
        }
        return left.compareTo(shorter(Duration.ofDays(21), life.dividedBy(4))) < 0 ? SOON : FAR;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
