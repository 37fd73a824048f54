package io.sealane.core.session;

import io.sealane.core.tls.Protection;
import java.util.Optional;

/// What is true of a control connection whoever is logged in.
///
/// @param bufferSize whether PBSZ was sent, as PROT wants (RFC 2228 section 3)
/// @param clientSoftware what CLNT said
public record Link(Protection protection, BufferSize bufferSize, Optional<String> clientSoftware) {
    public enum BufferSize {
        UNSET,
        ZERO
    }

    public static Link inTheClear() {
        return new Link(Protection.NONE, BufferSize.UNSET, Optional.empty());
    }

    /// After AUTH TLS: nothing said in the clear counts any more (RFC 4217 section 4.2).
    public static Link afterAuth() {
        return new Link(Protection.EXPLICIT_TLS, BufferSize.UNSET, Optional.empty());
    }

    public static Link implicit() {
        return new Link(Protection.IMPLICIT_TLS, BufferSize.ZERO, Optional.empty());
    }

    public Link withProtection(Protection changed) {
        return new Link(changed, bufferSize, clientSoftware);
    }

    public Link withBufferSizeZero() {
        return new Link(protection, BufferSize.ZERO, clientSoftware);
    }

    public Link withClientSoftware(String name) {
        return new Link(protection, bufferSize, Optional.of(name));
    }
}
