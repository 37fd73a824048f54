package io.sealane.bench.server;

import io.sealane.bench.server.Site.Keys;
import java.io.IOException;
import java.util.List;

/// A kind of server that can be started any number of times on one site. Each takes explicit TLS
/// and plain sessions at one port, and asks no data connection to resume.
public interface Contender {
    /// All of them, Sealane first.
    static List<Contender> all() {
        return List.of(
                new Sealane(), new Vsftpd(), new Proftpd(), new PureFtpd(), new ApacheFtpServer());
    }

    /// As its makers write it.
    String name();

    /// Starts one with a certificate of the kind.
    ///
    /// @throws IOException if it is not on this machine or does not start
    Running start(Site site, Keys keys) throws IOException, InterruptedException;
}
