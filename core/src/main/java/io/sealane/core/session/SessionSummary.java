package io.sealane.core.session;

import java.net.InetAddress;
import java.util.Optional;

/// What others may know of a session at one moment. Immutable.
///
/// @param id as in the log
/// @param user whoever is logged in
/// @param client address of the control connection's other end
/// @param activity the transfer or work that runs, as `RETR /path`, if one does
public record SessionSummary(
        String id, Optional<String> user, InetAddress client, Optional<String> activity) {}
