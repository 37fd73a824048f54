package io.sealane.core.server;

import io.sealane.core.wire.NameCharsets;
import java.net.InetAddress;

/// The rule for the character sets of names, by client. Safe from any thread.
@FunctionalInterface
public interface ClientCharsets {
    ClientCharsets UTF_8_ALONE = client -> NameCharsets.UTF_8_ALONE;

    NameCharsets of(InetAddress client);
}
