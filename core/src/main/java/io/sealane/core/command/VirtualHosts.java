package io.sealane.core.command;

import io.sealane.core.wire.HostArgument;

/// The hosts that one server is, among which clients choose by name (HOST, RFC 7151). Safe from any
/// thread; asked on the session's.
public interface VirtualHosts {
    /// There are none: HOST is not served, which lets clients go on without it.
    VirtualHosts NONE =
            new VirtualHosts() {
                @Override
                public boolean exist() {
                    return false;
                }

                @Override
                public Answer answer(HostArgument host) {
                    return Answer.UNKNOWN;
                }
            };

    /// What a host's name leads to.
    enum Answer {
        SERVED,
        UNKNOWN,
        /// Known, and not served at the moment.
        UNAVAILABLE
    }

    /// Whether there are any. If not, FEAT does not name HOST.
    boolean exist();

    Answer answer(HostArgument host);
}
