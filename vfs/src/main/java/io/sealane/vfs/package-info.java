/// Paths, entries and the storage SPI that the FTP server reads and writes through. Entry type:
/// [io.sealane.vfs.Storage]. Calls block and are safe from any thread; a handle belongs to the
/// thread that opened it. No FTP word in here; TVFS (RFC 3659 section 6) is the path model.
@NullMarked
package io.sealane.vfs;

import org.jspecify.annotations.NullMarked;
