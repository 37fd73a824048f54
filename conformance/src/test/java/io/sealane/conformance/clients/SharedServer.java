package io.sealane.conformance.clients;

import io.sealane.testkit.LeakCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives the tests of a process one server for all of them, started for the first. Behind each
/// class it has to be alive still, without a defect in its log, and to have let go of all files and
/// ports.
final class SharedServer implements ParameterResolver, AfterAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(SharedServer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PackagedServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return store(context)
                .computeIfAbsent(Running.class, _ -> Running.start(), Running.class)
                .server;
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Running running = store(context).get(Running.class, Running.class);
        if (running != null) {
            running.assertIdle();
        }
    }

    /// Surefire runs each class by itself, so what is to outlive one is kept with the session.
    private static Store store(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
    }

    /// Closed by JUnit behind the last test.
    private record Running(PackagedServer server, Path folder, LeakCheck.Snapshot idle)
            implements AutoCloseable {
        private static final Duration LEAK_PATIENCE = Duration.ofSeconds(15);

        static Running start() {
            try {
                Path folder = Files.createTempDirectory("sealane-clients");
                PackagedServer server =
                        PackagedServer.start(
                                folder,
                                PackagedServer.Settings.standard(),
                                PackagedServer.UserMaking.BY_COMMAND);
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

        void assertIdle() throws IOException {
            if (!server.isAlive() || !server.defects().isEmpty()) {
                throw new AssertionError("not well behind the tests: " + server.defects());
            }
            leaks(server).assertBackTo(idle, LEAK_PATIENCE);
        }

        @Override
        public void close() throws IOException {
            try {
                server.close();
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
