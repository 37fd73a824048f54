package io.sealane.conformance.clients;

import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/// Another FTP server of this machine. A test that has none is left out, and that is said in
/// `target/left-out.txt`; also where clients are required, since packages of servers exclude each
/// other.
final class PeerAtHand {
    private PeerAtHand() {}

    /// The program, on PATH. These servers change their user, which root alone may do.
    static Path find(Tool tool) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw leftOut(tool, "root");
        }
        Optional<ExternalClient> found = ExternalClient.find(tool);
        if (found.isEmpty()) {
            throw leftOut(tool, tool.wanted());
        }
        return found.get().program();
    }

    private static TestAbortedException leftOut(Tool tool, String wanted) throws IOException {
        String line = "left out: DoctorPeersTest with " + tool.program() + " for want of " + wanted;
        ClientsAtHand.note(line);
        return new TestAbortedException(line);
    }
}
