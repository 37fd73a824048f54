package io.sealane.core.tls;

import java.util.Set;

/// What a record with a KeyUpdate in it (RFC 8446 section 4.6.3) looks like from outside, where its
/// type is not to be seen: each suite of TLS 1.3 makes it as long.
public final class KeyUpdateRecord {
    /// Header, message, type and tag; and the same with the 16 octets of padding that JSSE puts
    /// behind everything but application data. Alerts are three octets shorter.
    private static final Set<Integer> OCTETS = Set.of(5 + 5 + 1 + 16, 5 + 5 + 1 + 16 + 16);

    private KeyUpdateRecord() {}

    /// Whether a record may be one.
    ///
    /// @param octets its length, header included
    public static boolean mayHave(int octets) {
        return OCTETS.contains(octets);
    }
}
