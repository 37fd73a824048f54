/// Sealane beside other FTP servers: the same work by the same client, in turn, on one machine.
/// Entry: [io.sealane.bench.Bench]. One thread drives; a work may use threads of its own. Nothing
/// here measures by the server's own word: time, processor time and memory are the kernel's.
@NullMarked
package io.sealane.bench;

import org.jspecify.annotations.NullMarked;
