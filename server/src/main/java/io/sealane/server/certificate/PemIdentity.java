package io.sealane.server.certificate;

import io.sealane.core.tls.TlsIdentity;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a chain's file and a key's file hold.
///
/// @param shortcomings what clients refuse it for, in words for people
/// @param remarks what else is to be known, for people
record PemIdentity(
        TlsIdentity identity,
        KeyKind kind,
        Map<Shortcoming, String> shortcomings,
        List<String> remarks) {
    /// Why clients refuse a certificate that is valid and goes with its key.
    enum Shortcoming {
        /// An issuer is missing that they do not have.
        INCOMPLETE_CHAIN,
        /// Nobody has issued it. That is for the operator to know, unless it takes the place of one
        /// that was issued.
        SELF_SIGNED,
        /// An issuer in the chain is no authority (RFC 5280 section 4.2.1.9).
        NO_AUTHORITY,
        WEAK_KEY,
        NOT_FOR_SERVERS
    }

    PemIdentity {
        Map<Shortcoming, String> copy = new EnumMap<>(Shortcoming.class);
        copy.putAll(shortcomings);
        shortcomings = Collections.unmodifiableMap(copy);
        remarks = List.copyOf(remarks);
    }

    /// What an operator may not know, for people.
    List<String> warnings() {
        return Stream.concat(
                        shortcomings.entrySet().stream()
                                .filter(one -> one.getKey() != Shortcoming.SELF_SIGNED)
                                .map(Map.Entry::getValue),
                        remarks.stream())
                .toList();
    }
}
