package io.sealane.conformance.clients;

import io.sealane.testkit.ExternalClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What a piece of work cost a server whose JVM collects no garbage.
///
/// @param reads calls of the kernel that read something, from wherever
/// @param writes calls of the kernel that wrote something, to wherever
/// @param heapBytes allocated
record Costs(long reads, long writes, long heapBytes) {
    /// To start the server with.
    static final String COLLECT_NOTHING =
            "-XX:+UnlockExperimentalVMOptions -XX:+UseEpsilonGC -Xmx2g -XX:-UseTLAB";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    static Costs of(PackagedServer server, Work work) throws IOException {
        long heapBefore = heapBytes(server);
        List<String> before = calls(server); // Behind those that it takes to answer the line above.
        work.run();
        List<String> after = calls(server);
        return new Costs(
                number(after, "syscr:") - number(before, "syscr:"),
                number(after, "syscw:") - number(before, "syscw:"),
                heapBytes(server) - heapBefore);
    }

    private static List<String> calls(PackagedServer server) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(server.pid()), "io"));
    }

    /// From the last line of a histogram of all objects: `Total`, their number, their octets.
    private static long heapBytes(PackagedServer server) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        ExternalClient.Run run =
                ExternalClient.at(jcmd)
                        .within(PATIENCE)
                        .run(Long.toString(server.pid()), "GC.class_histogram", "-all");
        return number(run.expectSuccess().output().lines().toList(), "Total");
    }

    /// The last word of the line that begins so.
    private static long number(List<String> lines, String beginning) {
        String line =
                lines.stream()
                        .filter(each -> each.startsWith(beginning))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no " + beginning + " in " + lines));
        return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }
}
