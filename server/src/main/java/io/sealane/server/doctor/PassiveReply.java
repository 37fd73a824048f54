package io.sealane.server.doctor;

import io.sealane.core.wire.HostPort;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the replies to PASV and EPSV.
final class PassiveReply {
    private static final Pattern SIX_NUMBERS = Pattern.compile("\\d{1,3}(?:,\\d{1,3}){5}");
    private static final Pattern EXTENDED = Pattern.compile("\\((.)\\1\\1(\\d{1,5})\\1\\)");

    private PassiveReply() {}

    /// The address in a 227 reply (RFC 959 section 4.1.2), with or without parentheses.
    static Optional<InetSocketAddress> address(Reply reply) {
        if (reply.code() != 227) {
            return Optional.empty();
        }
        Matcher numbers = SIX_NUMBERS.matcher(reply.lines().getLast());
        return numbers.find()
                ? HostPort.parsePort(numbers.group()).filter(address -> address.getPort() > 0)
                : Optional.empty();
    }

    /// The port in a 229 reply (RFC 2428 section 3).
    static Optional<Integer> port(Reply reply) {
        if (reply.code() != 229) {
            return Optional.empty();
        }
        Matcher port = EXTENDED.matcher(reply.lines().getLast());
        return port.find() ? Target.port(port.group(2)) : Optional.empty();
    }
}
