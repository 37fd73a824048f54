package io.sealane.bench.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Clients that work at once.
final class Clients {
    /// One client's part.
    interface Part {
        void run(int client) throws IOException, InterruptedException;
    }

    private Clients() {}

    /// Runs the part of each client in a thread of its own, and waits for all.
    ///
    /// @throws IOException what the first of them threw
    static void run(int clients, Part part) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int client = i;
                results.add(
                        threads.submit(() -> {
                            part.run(client);
                            return null;
                        }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        }
    }
}
