/// Who uses which TLS: collected from the events of a running server, kept in the accounts' file,
/// and told by `tls-report`, so that an administrator sees what a stricter policy would break.
/// Entry type: [io.sealane.server.usage.TlsUsage]. Safe from any thread.
@NullMarked
package io.sealane.server.usage;

import org.jspecify.annotations.NullMarked;
