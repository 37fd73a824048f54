/// Runs the storage contract against the local store, and checks what is special about it.
@NullMarked
package io.sealane.vfs.local;

import org.jspecify.annotations.NullMarked;
