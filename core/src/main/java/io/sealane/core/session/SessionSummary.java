package io.sealane.core.session;

import java.net.InetAddress;
import java.util.Optional;

/// What others may know of a session at one moment. Immutable.
///
/// @param id as in the log
/// @param listener its control connection came in by
/// @param user whoever is logged in
/// @param client address of the control connection's other end
/// @param software what the client says it is, or `-`
/// @param activity the transfer or work that runs, as `RETR /path`, if one does
public record SessionSummary(
        String id,
        String listener,
        Optional<String> user,
        InetAddress client,
        String software,
        Optional<String> activity) {
    /// Whether two sessions are the same user's, from the same address, by the same listener.
    public boolean isSiblingOf(SessionSummary other) {
        return !id.equals(other.id)
                && user.isPresent()
                && user.equals(other.user)
                && client.equals(other.client)
                && listener.equals(other.listener);
    }
}
