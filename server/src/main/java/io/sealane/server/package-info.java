/// The composition root: from configuration to a running server, and the program around it. Entry
/// types: [io.sealane.server.Main], [io.sealane.server.Composition]. Everything here runs on the
/// main thread, before and after the server's own threads.
@NullMarked
package io.sealane.server;

import org.jspecify.annotations.NullMarked;
