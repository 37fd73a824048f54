package io.sealane.server.certificate;

import io.sealane.core.tls.TlsIdentity;
import java.util.List;

/// What a chain's file and a key's file hold.
///
/// @param warnings what clients may stumble over, for people
public record PemIdentity(TlsIdentity identity, KeyKind kind, List<String> warnings) {
    public PemIdentity {
        warnings = List.copyOf(warnings);
    }
}
