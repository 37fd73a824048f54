/// Checks of what the stores promise. Entry type: [io.sealane.vfs.StorageContract], which every
/// store runs, also those of other modules (test-jar).
@NullMarked
package io.sealane.vfs;

import org.jspecify.annotations.NullMarked;
