/// Limits in time and number: what watches for stalls and counts who is here. Entry types:
/// [io.sealane.core.limit.Watchdog], [io.sealane.core.limit.SessionPermits]. Safe from any thread.
/// RFC 2577 section 4 (bounded resources).
@NullMarked
package io.sealane.core.limit;

import org.jspecify.annotations.NullMarked;
