package io.sealane.core.tls;

import java.util.List;
import java.util.Set;

/// What a listener asks of TLS.
///
/// @param identity the server's key and chain
/// @param versions accepted versions, at least one; those before TLS 1.2 with [Strength#LEGACY]
///   alone
/// @param clients what is done about certificates of clients
/// @param protocols what is spoken inside
/// @param groups of the key exchange, in the order in which one is taken; a provider passes over
///   those that it has not
public record TlsSettings(
        TlsIdentity identity,
        Set<TlsVersion> versions,
        Strength strength,
        ClientCertificates clients,
        ApplicationProtocols protocols,
        List<NamedGroup> groups) {
    public TlsSettings {
        groups = List.copyOf(groups);
        versions = Set.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("at least one TLS version");
        }
        if (strength == Strength.MODERN && !versions.stream().allMatch(TlsVersion::isModern)) {
            throw new IllegalArgumentException("too old for today: " + versions);
        }
    }

    /// Of today's strength, without certificates of clients.
    public TlsSettings(TlsIdentity identity, Set<TlsVersion> versions) {
        this(identity, versions, Strength.MODERN);
    }

    /// Without certificates of clients.
    public TlsSettings(TlsIdentity identity, Set<TlsVersion> versions, Strength strength) {
        this(identity, versions, strength, ClientCertificates.NONE);
    }

    /// With the registered protocol inside.
    public TlsSettings(
            TlsIdentity identity,
            Set<TlsVersion> versions,
            Strength strength,
            ClientCertificates clients) {
        this(identity, versions, strength, clients, ApplicationProtocols.FTP, NamedGroup.SERVED);
    }

    /// The same of other versions.
    TlsSettings with(Set<TlsVersion> others) {
        return new TlsSettings(identity, others, strength, clients, protocols, groups);
    }
}
