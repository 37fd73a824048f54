/// The FTP server as one object to start and stop: what an embedding program sees. Entry type:
/// [io.sealane.core.server.FtpServer]. Safe from any thread.
@NullMarked
package io.sealane.core.server;

import org.jspecify.annotations.NullMarked;
