package io.sealane.conformance;

import io.sealane.core.command.VirtualHosts;
import io.sealane.core.wire.HostArgument;

/// Hosts with names that say what they are.
final class TestHosts implements VirtualHosts {
    @Override
    public boolean exist() {
        return true;
    }

    @Override
    public Answer answer(HostArgument host) {
        return switch (host.text()) {
            case "ftp.example.com", "[::1]", "127.0.0.1" -> Answer.SERVED;
            case "asleep.example.com" -> Answer.UNAVAILABLE;
            default -> Answer.UNKNOWN;
        };
    }
}
