package io.sealane.server.cli;

import java.util.Optional;

/// The program.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        // Interop: lftp, Perl and Ruby send an IPv6 address as the server's name, and JSSE ends the
        // handshake at that (RFC 6066 section 3). JSSE's sessions have one certificate: no name is
        // needed to choose it.
        System.setProperty("jdk.tls.server.disableExtensions", "server_name");
        // Netty's own flight recorder events, which nobody here records, make Java start its
        // recorder for a tenth of the time that the server takes to start.
        System.setProperty("io.netty.jfr.enabled", "false");
        Optional<ConfigOption> config = QuickServe.configOf(arguments);
        int exitCode =
                config.isPresent() ? QuickServe.run(config.get()) : SealaneCommand.run(arguments);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}
