/// Checksums of stored files: algorithms, how many are computed at once, and what is remembered.
/// Entry type: [io.sealane.core.checksum.Checksums], one for the whole server, safe from any
/// thread. draft-bryan-ftpext-hash-02 (expired).
@NullMarked
package io.sealane.core.checksum;

import org.jspecify.annotations.NullMarked;
