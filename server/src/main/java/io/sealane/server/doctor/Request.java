package io.sealane.server.doctor;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What to examine, and how.
///
/// @param ports those named by the user; empty tries the usual ones
/// @param timeout longest wait for one answer
/// @param roots certificates to trust besides the JDK's
/// @param login empty leaves out what needs one
public record Request(
        Target target,
        List<Integer> ports,
        Mode mode,
        Duration timeout,
        List<X509Certificate> roots,
        Optional<Login> login) {
    /// Where FTP servers listen: the standard's ports, this server's, and a hosted service's.
    public static final List<Integer> USUAL_PORTS = List.of(21, 990, 2121, 2990, 3021, 3990);

    /// Time for the whole examination, as a multiple of the timeout: a server that answers needs a
    /// fraction of it.
    private static final int TIMEOUTS_IN_ALL = 60;

    public Request {
        ports = List.copyOf(ports);
        roots = List.copyOf(roots);
    }

    List<Integer> portsToTry() {
        return ports.isEmpty() ? USUAL_PORTS : ports;
    }

    Duration timeInAll() {
        return timeout.multipliedBy(TIMEOUTS_IN_ALL);
    }
}
