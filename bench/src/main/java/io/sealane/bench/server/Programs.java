package io.sealane.bench.server;

import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Path;

/// Programs on PATH, and what they are asked for.
final class Programs {
    private Programs() {}

    static Path find(Tool tool) throws IOException {
        return ExternalClient.find(tool)
                .orElseThrow(() -> new IOException("no " + tool.wanted() + " on PATH"))
                .program();
    }

    /// A password as crypt(5) writes it, with a hash that costs the same in every server.
    static String sha256Crypt(String password) throws IOException {
        return ExternalClient.at(find(Tool.OPENSSL))
                .run("passwd", "-5", password)
                .expectSuccess()
                .output()
                .strip();
    }
}
