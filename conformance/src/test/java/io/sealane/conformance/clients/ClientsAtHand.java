package io.sealane.conformance.clients;

import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/// Leaves a test out whose client is not on PATH, and says so in `target/left-out.txt`. With the
/// system property `sealane.clients=required` such a test fails instead.
final class ClientsAtHand implements BeforeEachCallback {
    private static final Path LEFT_OUT =
            Path.of(System.getProperty("basedir", "")).resolve("target").resolve("left-out.txt");

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Optional<Tool> missing =
                needed(context).filter(tool -> ExternalClient.find(tool).isEmpty()).findFirst();
        if (missing.isPresent()) {
            leaveOut(context, missing.get());
        }
    }

    private static Stream<Tool> needed(ExtensionContext context) {
        return Stream.of(context.getRequiredTestMethod(), context.getRequiredTestClass())
                .flatMap(place -> AnnotationSupport.findAnnotation(place, Needs.class).stream())
                .flatMap(needs -> Stream.of(needs.value()));
    }

    private static void leaveOut(ExtensionContext context, Tool tool) throws IOException {
        String test =
                context.getRequiredTestClass().getSimpleName()
                        + "."
                        + context.getRequiredTestMethod().getName();
        String line = "left out: " + test + " for want of " + tool.wanted();
        if (System.getProperty("sealane.clients", "").equals("required")) {
            throw new AssertionError(line + ", but all clients are required");
        }
        note(line);
        throw new TestAbortedException(line);
    }

    /// Once for all cases of a test.
    static void note(String line) throws IOException {
        Files.createDirectories(LEFT_OUT.toAbsolutePath().getParent());
        if (Files.exists(LEFT_OUT) && Files.readAllLines(LEFT_OUT).contains(line)) {
            return;
        }
        System.out.println(line);
        Files.write(LEFT_OUT, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
