package io.sealane.conformance.clients;

import io.sealane.testkit.LeakCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests one server for all of them, started for the first. At the end of the last it has to
/// be alive still, without a defect in its log, and to have let go of all files and ports.
final class SharedServer implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedServer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PackagedServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Running.class, _ -> Running.start(), Running.class)
                .server;
    }

    /// Closed by JUnit behind the last test.
    private record Running(PackagedServer server, Path folder, LeakCheck.Snapshot idle)
            implements AutoCloseable {
        private static final Duration LEAK_PATIENCE = Duration.ofSeconds(15);

        static Running start() {
            try {
                Path folder = Files.createTempDirectory("sealane-clients");
                PackagedServer server =
                        PackagedServer.start(folder, PackagedServer.Settings.standard());
                return new Running(server, folder, leaks(server).snapshot());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", interrupted);
            }
        }

        private static LeakCheck leaks(PackagedServer server) {
            return LeakCheck.ofProcess(server.pid()).watching(LeakCheck.Resource.LISTENING_PORTS);
        }

        @Override
        public void close() throws IOException {
            try (server) {
                if (!server.isAlive() || !server.defects().isEmpty()) {
                    throw new AssertionError("not well behind the last test: " + server.defects());
                }
                leaks(server).assertBackTo(idle, LEAK_PATIENCE);
            } finally {
                delete(folder);
            }
        }

        private static void delete(Path folder) throws IOException {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
