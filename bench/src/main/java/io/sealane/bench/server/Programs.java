package io.sealane.bench.server;

import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Path;

/// Programs on PATH.
final class Programs {
    private Programs() {}

    static Path find(Tool tool) throws IOException {
        return ExternalClient.find(tool)
                .orElseThrow(() -> new IOException("no " + tool.wanted() + " on PATH"))
                .program();
    }
}
