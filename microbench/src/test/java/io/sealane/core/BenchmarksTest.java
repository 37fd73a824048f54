package io.sealane.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Nobody runs them every day, so they are run here: once each, without a look at their figures.
final class BenchmarksTest {
    @Test
    void each_runs() throws Exception {
        Set<String> ran =
                new Runner(
                                new OptionsBuilder()
                                        .include("io.sealane.*")
                                        .mode(Mode.SingleShotTime)
                                        .forks(0)
                                        .warmupIterations(0)
                                        .measurementIterations(1)
                                        .shouldFailOnError(true)
                                        .verbosity(VerboseMode.SILENT)
                                        .build())
                        .run().stream()
                                .map(result -> result.getParams().getBenchmark())
                                .map(name -> name.replaceFirst("io\\.sealane\\.core\\.", ""))
                                .collect(Collectors.toSet());

        assertThat(ran)
                .contains("transfer.SendBenchmark.image", "transfer.ReceiveBenchmark.image")
                .contains("wire.LineBenchmark.command", "wire.LineBenchmark.listEntry");
    }
}
