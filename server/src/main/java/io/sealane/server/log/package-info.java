/// Events as log lines, text or JSON, one line per fact, on standard error. Entry type:
/// [io.sealane.server.log.EventLog]. Safe from any thread.
@NullMarked
package io.sealane.server.log;

import org.jspecify.annotations.NullMarked;
