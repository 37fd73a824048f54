package io.sealane.testkit;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads what one process holds: from `/proc`, and from the JVM for its threads.
final class ProcessTables {
    /// Threads that the JVM starts and ends when it likes, by the start of their names.
    private static final List<String> JVM_THREADS =
            List.of(
                    "C1 ",
                    "C2 ",
                    "GC ",
                    "G1 ",
                    "VM ",
                    "Attach Listener",
                    "ForkJoinPool-1", // carriers of virtual threads
                    "ForkJoinPool.commonPool",
                    "Common-Cleaner",
                    "JNA Cleaner",
                    "Keep-Alive-Timer",
                    "MasterPoller",
                    "Read-Poller",
                    "Write-Poller",
                    "VirtualThread-unpar",
                    "Signal Dispatcher",
                    "process reaper");

    private static final Pattern DUMPED_THREAD =
            Pattern.compile(
                    "\\{[^{}\\[\\]]*?\"tid\": \"?(\\d+)\"?,[^\\[\\]{}]*?"
                            + "\"name\": \"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Duration JCMD_TIMEOUT = Duration.ofSeconds(20);

    /// The column of a listening port's state, with the spaces at its sides.
    private static final String TCP_LISTEN = " 0A ";

    private final long pid;
    private final String virtualPrefix;

    private ProcessTables(long pid, String virtualPrefix) {
        this.pid = pid;
        this.virtualPrefix = virtualPrefix;
    }

    static ProcessTables own() {
        return of(ProcessHandle.current().pid());
    }

    static ProcessTables of(long pid) {
        return new ProcessTables(pid, "");
    }

    ProcessTables virtualThreadsNamed(String prefix) {
        return new ProcessTables(pid, prefix);
    }

    Set<String> names(LeakCheck.Resource resource) throws IOException {
        return switch (resource) {
            case PLATFORM_THREADS -> isOwn() ? javaThreads() : kernelThreads();
            case VIRTUAL_THREADS -> virtualThreads();
            case FILES -> files();
            case LISTENING_PORTS -> listeningPorts();
        };
    }

    private boolean isOwn() {
        return pid == ProcessHandle.current().pid();
    }

    private static Set<String> javaThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !isOfJvm(thread.getName()))
                .map(thread -> "#" + thread.threadId() + " " + thread.getName())
                .collect(Collectors.toSet());
    }

    private Set<String> kernelThreads() throws IOException {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(proc("task"))) {
            for (Path task : tasks) {
                try {
                    String name = Files.readString(task.resolve("comm")).strip();
                    if (!isOfJvm(name)) {
                        names.add(task.getFileName() + " " + name);
                    }
                } catch (IOException _) {
                    // The thread ended between the listing and this line.
                }
            }
        }
        return names;
    }

    private static boolean isOfJvm(String name) {
        return JVM_THREADS.stream().anyMatch(name::startsWith);
    }

    private Set<String> virtualThreads() throws IOException {
        Path folder = Files.createTempDirectory("leak-check");
        Path dump = folder.resolve("threads.json");
        try {
            dumpThreads(dump);
            Set<String> names = new HashSet<>();
            Matcher thread = DUMPED_THREAD.matcher("");
            for (String part : Files.readString(dump).split("(?=\\{\\s*\"tid\")")) {
                if (part.contains("\"virtual\": true") && thread.reset(part).find()) {
                    addVirtual(names, thread.group(1), thread.group(2));
                }
            }
            return names;
        } finally {
            Files.deleteIfExists(dump);
            Files.delete(folder);
        }
    }

    private void addVirtual(Set<String> names, String id, String name) {
        if (!name.isEmpty() && name.startsWith(virtualPrefix)) {
            names.add("#" + id + " " + name);
        }
    }

    private void dumpThreads(Path dump) throws IOException {
        if (isOwn()) {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
            return;
        }
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> command =
                List.of(
                        jcmd,
                        Long.toString(pid),
                        "Thread.dump_to_file",
                        "-format=json",
                        dump.toString());
        ExternalClient.Run run =
                ExternalClient.at(Path.of(command.getFirst()))
                        .in(dump.resolveSibling(""))
                        .within(JCMD_TIMEOUT)
                        .run(command.subList(1, command.size()).toArray(String[]::new));
        if (run.exitCode() != 0) {
            throw new IOException("no thread dump of process " + pid + ": " + run);
        }
    }

    private Set<String> files() throws IOException {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(proc("fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    Path target = Files.readSymbolicLink(descriptor);
                    if (!isOwnListing(target)) {
                        names.add(descriptor.getFileName() + " -> " + target);
                    }
                } catch (IOException _) {
                    // Closed between the listing and this line.
                }
            }
        }
        return names;
    }

    /// The descriptor by which this very folder is read.
    private boolean isOwnListing(Path target) {
        return target.equals(proc("fd"));
    }

    private Set<String> listeningPorts() throws IOException {
        Set<String> sockets =
                files().stream()
                        .map(name -> name.substring(name.indexOf(" -> ") + 4))
                        .collect(Collectors.toSet());
        Set<String> ports = new HashSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            try {
                addListening(ports, table, sockets);
            } catch (NoSuchFileException _) {
                // A kernel without IPv6 has no tcp6.
            }
        }
        return ports;
    }

    /// Columns: `sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode`.
    private void addListening(Set<String> ports, String table, Set<String> sockets)
            throws IOException {
        for (String line : Files.readAllLines(proc("net").resolve(table))) {
            if (!line.contains(TCP_LISTEN)) {
                continue; // After many connections there are thousands.
            }
            String[] columns = line.strip().split("\\s+");
            if (sockets.contains("socket:[" + columns[9] + "]")) {
                String local = columns[1];
                String port = local.substring(local.indexOf(':') + 1);
                ports.add(table + " port " + Integer.parseInt(port, 16));
            }
        }
    }

    private Path proc(String entry) {
        return Path.of("/proc", Long.toString(pid), entry);
    }
}
