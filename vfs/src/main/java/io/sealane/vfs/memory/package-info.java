/// A store in memory, for tests and for programs that embed the server. Entry type:
/// [io.sealane.vfs.memory.MemoryStorage]. Safe from any thread: one lock guards the tree, published
/// content is immutable, and an upload's bytes belong to the upload's thread.
@NullMarked
package io.sealane.vfs.memory;

import org.jspecify.annotations.NullMarked;
