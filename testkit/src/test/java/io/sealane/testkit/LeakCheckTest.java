package io.sealane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LeakCheckTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(60);

    @TempDir private Path folder;

    @Test
    void an_open_file_is_found_by_its_name_and_gone_when_closed() throws Exception {
        Path file = Files.createFile(folder.resolve("kept.txt"));
        LeakCheck leaks = LeakCheck.ofThisProcess().watching(LeakCheck.Resource.FILES);
        LeakCheck.Snapshot before = leaks.snapshot();
        try (InputStream stream = Files.newInputStream(file)) {
            assertThat(stream.read()).isEqualTo(-1);
            assertThatThrownBy(() -> leaks.assertBackTo(before, SHORT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("kept.txt");
        }
        leaks.assertBackTo(before, PATIENCE);
    }

    @Test
    void threads_of_both_kinds_are_found_by_their_names() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        LeakCheck leaks = LeakCheck.ofThisProcess().virtualThreadsNamed("kept-");
        LeakCheck.Snapshot before = leaks.snapshot();
        Thread platform = Thread.ofPlatform().name("kept-platform").start(() -> await(end));
        Thread.ofVirtual().name("kept-virtual").start(() -> await(end));
        Thread.ofVirtual().name("other-virtual").start(() -> await(end));
        try {
            assertThatThrownBy(() -> leaks.assertBackTo(before, SHORT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll("kept-platform", "kept-virtual")
                    .hasMessageNotContaining("other-virtual");
        } finally {
            end.countDown();
        }
        platform.join();
        leaks.assertBackTo(before, PATIENCE);
    }

    @Test
    void a_listening_port_is_found_by_its_number() throws Exception {
        LeakCheck leaks = LeakCheck.ofThisProcess().watching(LeakCheck.Resource.LISTENING_PORTS);
        LeakCheck.Snapshot before = leaks.snapshot();
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = " port " + listener.getLocalPort();
            assertThatThrownBy(() -> leaks.assertBackTo(before, SHORT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(port);
        }
        leaks.assertBackTo(before, PATIENCE);
    }

    @Test
    void another_process_is_watched_by_its_number() throws Exception {
        Path source = folder.resolve("Waiting.java");
        Files.writeString(
                source,
                """
                void main() throws Exception {
                    Thread.ofVirtual().name("child-virtual").start(() -> {
                        java.util.concurrent.locks.LockSupport.park();
                    });
                    var listener = new java.net.ServerSocket(0);
                    System.out.println("port " + listener.getLocalPort());
                    listener.accept();
                }
                """);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try (ServerProcess child =
                ServerProcess.command(java.toString(), source.toString()).folder(folder).start()) {
            String port = child.awaitLine("port (\\d+)", Duration.ofSeconds(30)).group(1);
            LeakCheck leaks = LeakCheck.ofProcess(child.pid());

            assertThat(leaks.snapshot().names(LeakCheck.Resource.LISTENING_PORTS))
                    .anyMatch(name -> name.endsWith(" port " + port));
            assertThat(
                            leaks.watching(
                                            LeakCheck.Resource.VIRTUAL_THREADS,
                                            LeakCheck.Resource.PLATFORM_THREADS)
                                    .snapshot()
                                    .names(LeakCheck.Resource.VIRTUAL_THREADS))
                    .anyMatch(name -> name.endsWith(" child-virtual"));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
