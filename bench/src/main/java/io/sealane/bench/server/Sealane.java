package io.sealane.bench.server;

import io.sealane.bench.server.Site.Keys;
import io.sealane.testkit.ExternalClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The server of this checkout, by its own launcher.
final class Sealane implements Contender {
    private static final String USER = "bench";

    private static final Path LAUNCHER =
            Path.of(System.getProperty("sealane.home", "."), "sealane").toAbsolutePath();

    @Override
    public String name() {
        return "Sealane";
    }

    @Override
    public Running start(Site site, Keys keys) throws IOException, InterruptedException {
        int port = Running.freePort();
        Path folder = site.newFolder("sealane");
        Path config =
                Files.writeString(
                        folder.resolve("sealane.yaml"),
                        """
                        data-dir: data
                        listeners:
                          - name: bench
                            address: 127.0.0.1
                            ports: [%d]
                            mode: explicit
                            tls: { control: optional, data: optional, session-binding: "off" }
                        passive: { ports: 0 }
                        certificates:
                          - { names: [localhost], chain: "%s", key: "%s" }
                        storage: { mounts: [ { path: /, local: "%s" } ] }
                        limits:
                          sessions: 20000
                          sessions-per-user: 20000
                          sessions-per-address: 20000
                          idle: 1h
                        admin: { address: "127.0.0.1:%d" }
                        """
                                .formatted(
                                        port,
                                        site.chain(keys),
                                        site.key(keys),
                                        site.root(),
                                        Running.freePort()));
        ExternalClient.at(LAUNCHER)
                .input(Site.PASSWORD + "\n")
                .run("user", "add", USER, "--password-stdin", "--config", config.toString())
                .expectSuccess();
        return Running.start(
                name(),
                USER,
                port,
                List.of(LAUNCHER.toString(), "serve", "--config", config.toString()));
    }
}
