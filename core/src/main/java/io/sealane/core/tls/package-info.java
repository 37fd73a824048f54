/// Transport security of control and data connections: who may speak TLS, with what, and the byte
/// transports (plain and TLS) that everything above reads and writes. Entry types:
/// [io.sealane.core.tls.TlsProvider] (engines) and [io.sealane.core.tls.Transport]. A transport has
/// one reading and one writing thread at most; calls block. RFC 4217, RFC 8446, RFC 5246, RFC 5077.
@NullMarked
package io.sealane.core.tls;

import org.jspecify.annotations.NullMarked;
