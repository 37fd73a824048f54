package io.sealane.core.session;

import io.sealane.core.tls.Protection;
import io.sealane.core.wire.NameCharsets;
import java.util.Optional;

/// What is true of a control connection whoever is logged in.
///
/// @param bufferSize whether PBSZ was sent, as PROT wants (RFC 2228 section 3)
/// @param clientSoftware what CLNT said
/// @param names character sets, as OPTS UTF8 has set them
public record Link(
        Protection protection,
        BufferSize bufferSize,
        Optional<String> clientSoftware,
        NameCharsets names) {
    public enum BufferSize {
        UNSET,
        ZERO
    }

    public static Link inTheClear(NameCharsets names) {
        return new Link(Protection.NONE, BufferSize.UNSET, Optional.empty(), names.afresh());
    }

    /// After AUTH TLS: nothing said in the clear counts any more (RFC 4217 section 4.2).
    public static Link afterAuth(NameCharsets names) {
        return new Link(
                Protection.EXPLICIT_TLS, BufferSize.UNSET, Optional.empty(), names.afresh());
    }

    public static Link implicit(NameCharsets names) {
        return new Link(Protection.IMPLICIT_TLS, BufferSize.ZERO, Optional.empty(), names.afresh());
    }

    public Link withProtection(Protection changed) {
        return new Link(changed, bufferSize, clientSoftware, names);
    }

    public Link withBufferSizeZero() {
        return new Link(protection, BufferSize.ZERO, clientSoftware, names);
    }

    public Link withClientSoftware(String name) {
        return new Link(protection, bufferSize, Optional.of(name), names);
    }

    public Link withNames(NameCharsets changed) {
        return new Link(protection, bufferSize, clientSoftware, changed);
    }
}
