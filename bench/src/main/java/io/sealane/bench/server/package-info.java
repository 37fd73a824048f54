/// The servers, each configured for the same site, and what the kernel says of their processes.
/// Entry: [io.sealane.bench.server.Contender]. For one thread.
@NullMarked
package io.sealane.bench.server;

import org.jspecify.annotations.NullMarked;
