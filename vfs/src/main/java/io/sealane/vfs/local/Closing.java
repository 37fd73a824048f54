package io.sealane.vfs.local;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;

/// Cleans up where nothing depends on it any more. Stateless.
final class Closing {
    private static final System.Logger LOG = System.getLogger(Closing.class.getName());

    private Closing() {}

    /// Takes back a step because of `failure`, which stays the one that counts.
    static void undo(Throwable failure, Step step) {
        try {
            step.run();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    static void quietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "not closed cause={0}", e.getMessage());
        }
    }

    interface Step {
        void run() throws IOException;
    }
}
