/// Keys and certificates: from PEM files, watched for renewal, from ACME authorities, or
/// self-signed where there are none; their OCSP staples; and which of them a client gets. Entry
/// type: [io.sealane.server.certificate.Certificates], which has threads of its own and is safe
/// from any. RFC 5280, RFC 6066 section 3, RFC 6960, RFC 7468, RFC 8555, RFC 8737.
@NullMarked
package io.sealane.server.certificate;

import org.jspecify.annotations.NullMarked;
