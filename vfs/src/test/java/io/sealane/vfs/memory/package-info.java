/// Runs the storage contract against the memory store, and checks what is special about it.
@NullMarked
package io.sealane.vfs.memory;

import org.jspecify.annotations.NullMarked;
