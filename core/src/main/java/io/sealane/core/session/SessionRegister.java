package io.sealane.core.session;

import java.util.List;

/// The sessions of a server at this moment. Safe from any thread.
@FunctionalInterface
public interface SessionRegister {
    /// In the order in which they began.
    List<SessionSummary> sessions();
}
