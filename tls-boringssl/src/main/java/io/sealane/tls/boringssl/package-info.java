/// TLS engines from BoringSSL, by netty's engine and its static native library: the distribution's
/// default, about half of JSSE's CPU per byte. Entry type:
/// [io.sealane.tls.boringssl.BoringSslProvider]. Safe from any thread; engines and contexts are
/// native memory, counted and released once. RFC 8446, RFC 5246, RFC 5077, RFC 7301.
@NullMarked
package io.sealane.tls.boringssl;

import org.jspecify.annotations.NullMarked;
