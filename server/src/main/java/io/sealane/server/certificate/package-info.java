/// Keys and certificates from PEM files, or self-signed where there are none. Entry types:
/// [io.sealane.server.certificate.PemFiles], [io.sealane.server.certificate.SelfSignedCertificate].
/// Runs on the main thread at start. RFC 7468, RFC 5280.
@NullMarked
package io.sealane.server.certificate;

import org.jspecify.annotations.NullMarked;
