package io.sealane.core.session;

import io.sealane.core.tls.ApplicationProtocols;
import io.sealane.core.tls.Protection;
import io.sealane.core.tls.ProtectionLevel;
import io.sealane.core.tls.TlsRole;
import io.sealane.core.wire.HostArgument;
import io.sealane.core.wire.NameCharsets;
import java.util.Optional;

/// What is true of a control connection whoever is logged in.
///
/// @param bufferSize whether PBSZ was sent, as PROT wants (RFC 2228 section 3)
/// @param clientSoftware what CLNT said
/// @param names character sets, as OPTS UTF8 has set them
/// @param host what HOST chose
/// @param dataRole this server's in the handshakes of data connections, as SSCN has set it
public record Link(
        Protection protection,
        BufferSize bufferSize,
        Optional<String> clientSoftware,
        NameCharsets names,
        Optional<HostArgument> host,
        TlsRole dataRole) {
    public enum BufferSize {
        UNSET,
        ZERO
    }

    public static Link inTheClear(NameCharsets names) {
        return beginning(Protection.NONE, BufferSize.UNSET, names);
    }

    /// After AUTH TLS: nothing said in the clear counts any more (RFC 4217 section 4.2).
    public static Link afterAuth(NameCharsets names) {
        return beginning(Protection.EXPLICIT_TLS, BufferSize.UNSET, names);
    }

    public static Link implicit(NameCharsets names) {
        return beginning(Protection.IMPLICIT_TLS, BufferSize.ZERO, names);
    }

    private static Link beginning(
            Protection protection, BufferSize bufferSize, NameCharsets names) {
        return new Link(
                protection,
                bufferSize,
                Optional.empty(),
                names.afresh(),
                Optional.empty(),
                TlsRole.SERVER);
    }

    /// Behind a handshake, with what the protocol inside sets up by itself.
    public Link speaking(ApplicationProtocols spoken) {
        return spoken.equals(ApplicationProtocols.FILEZILLA)
                ? withProtection(protection.withData(ProtectionLevel.PRIVATE))
                        .withBufferSizeZero()
                        .withNames(names.utf8())
                : this;
    }

    public Link withProtection(Protection changed) {
        return new Link(changed, bufferSize, clientSoftware, names, host, dataRole);
    }

    public Link withBufferSizeZero() {
        return new Link(protection, BufferSize.ZERO, clientSoftware, names, host, dataRole);
    }

    /// What the client says it is, or `-`.
    String softwareInLog() {
        return clientSoftware.orElse("-");
    }

    public Link withClientSoftware(String name) {
        return new Link(protection, bufferSize, Optional.of(name), names, host, dataRole);
    }

    public Link withNames(NameCharsets changed) {
        return new Link(protection, bufferSize, clientSoftware, changed, host, dataRole);
    }

    public Link withHost(Optional<HostArgument> chosen) {
        return new Link(protection, bufferSize, clientSoftware, names, chosen, dataRole);
    }

    public Link withDataRole(TlsRole role) {
        return new Link(protection, bufferSize, clientSoftware, names, host, role);
    }
}
