/// Examines any FTP server from the outside. Entry type: [io.sealane.server.doctor.Doctor]. Has an
/// FTP client and TLS probes of its own, so that it sees the mistakes of this server's classes as
/// well. Runs on the caller's thread. RFC 959, 2228, 2389, 2428, 4217, 5246, 8446.
@NullMarked
package io.sealane.server.doctor;

import org.jspecify.annotations.NullMarked;
