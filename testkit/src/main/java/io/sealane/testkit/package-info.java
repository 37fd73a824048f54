/// What Sealane's tests stand on: an FTP client with a strict parser of its own, transcripts, a
/// proxy that misbehaves on purpose, leak checks and child processes. Entry types:
/// [io.sealane.testkit.ProbeClient], [io.sealane.testkit.Transcript],
/// [io.sealane.testkit.FaultProxy], [io.sealane.testkit.LeakCheck]. An object belongs to the thread
/// that made it unless its own text says otherwise. Depends on the JDK alone and shares no code
/// with the server: a mistake of the server must not be repeated here. RFC 959, RFC 2228, RFC 2389,
/// RFC 2428, RFC 4217, RFC 8446.
@NullMarked
package io.sealane.testkit;

import org.jspecify.annotations.NullMarked;
