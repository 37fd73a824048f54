/// The composition root: from configuration to a running server. Entry type:
/// [io.sealane.server.Composition]. Everything here runs on the main thread, before and after the
/// server's own threads.
@NullMarked
package io.sealane.server;

import org.jspecify.annotations.NullMarked;
