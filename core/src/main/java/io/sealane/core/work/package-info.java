/// Work that may take long and needs no data connection: what it is, how it runs beside its
/// session, and how it reads stored octets. Entry types: [io.sealane.core.work.Work],
/// [io.sealane.core.work.WorkRun]. Each has a platform thread of its own, and
/// [io.sealane.core.work.Places] bounds how many work at once; progress is seen, and a work is
/// aborted, from any thread. RFC 959 section 4.1.3 (ABOR, STAT).
@NullMarked
package io.sealane.core.work;

import org.jspecify.annotations.NullMarked;
