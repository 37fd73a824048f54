/// A store on a local file system that cannot be led out of its root. Entry type:
/// [io.sealane.vfs.local.LocalStorage]. Every method blocks and may be called from any thread; a
/// handle belongs to one thread at a time. Native calls live in [NativeCalls] alone; without them
/// [SecureTree] does the same by `SecureDirectoryStream`.
@NullMarked
package io.sealane.vfs.local;

import org.jspecify.annotations.NullMarked;
