package io.sealane.conformance.clients;

import io.sealane.testkit.ExternalClient.Tool;
import io.sealane.testkit.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Pebble, an ACME authority for tests, with a name server of its own that says 127.0.0.1 to every
/// name. Challenges are really checked, without the pause before each.
final class Pebble implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration START_PATIENCE = Duration.ofSeconds(15);

    private final ServerProcess names;
    private final ServerProcess authority;
    private final HeldPort port;
    private final HeldPort namesPort;

    private Pebble(
            ServerProcess names, ServerProcess authority, HeldPort port, HeldPort namesPort) {
        this.names = names;
        this.authority = authority;
        this.port = port;
        this.namesPort = namesPort;
    }

    /// @param issuer issues the certificate of the directory itself
    /// @param httpPort where http-01 is checked
    /// @param tlsPort where tls-alpn-01 is checked
    static Pebble start(Issuer issuer, int httpPort, int tlsPort)
            throws IOException, InterruptedException {
        issuer.issue("pebble", Issuer.Key.EC, "localhost");
        HeldPort port = HeldPort.take();
        HeldPort namesPort = HeldPort.take();
        Path config = issuer.folder().resolve("pebble.json");
        Files.writeString(
                config,
                """
                { "pebble": { "listenAddress": "127.0.0.1:%d", "certificate": "%s",
                  "privateKey": "%s", "httpPort": %d, "tlsPort": %d } }
                """
                        .formatted(
                                port.number(),
                                issuer.chain("pebble"),
                                issuer.key("pebble"),
                                httpPort,
                                tlsPort));
        ServerProcess names =
                ServerProcess.command(
                                "pebble-challtestsrv",
                                "-dns01",
                                LOOPBACK + ":" + namesPort.number(),
                                "-http01",
                                "",
                                "-https01",
                                "",
                                "-tlsalpn01",
                                "",
                                "-management",
                                LOOPBACK + ":0",
                                "-defaultIPv6",
                                "")
                        .start();
        try {
            ServerProcess authority =
                    ServerProcess.command(
                                    Tool.PEBBLE.program(),
                                    "-config",
                                    config.toString(),
                                    "-dnsserver",
                                    LOOPBACK + ":" + namesPort.number())
                            .environment("PEBBLE_VA_NOSLEEP", "1")
                            .start();
            Pebble pebble = new Pebble(names, authority, port, namesPort);
            Await.until("pebble", START_PATIENCE, pebble::isThere);
            return pebble;
        } catch (IOException | RuntimeException | Error failed) {
            names.close();
            throw failed;
        }
    }

    String directory() {
        return "https://localhost:" + port.number() + "/dir";
    }

    private boolean isThere() {
        try (Socket socket = new Socket()) {
            InetAddress loopback = InetAddress.ofLiteral(LOOPBACK);
            socket.connect(new InetSocketAddress(loopback, port.number()), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        authority.close();
        names.close();
        port.close();
        namesPort.close();
    }
}
