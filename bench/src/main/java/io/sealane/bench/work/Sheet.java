package io.sealane.bench.work;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All that was measured, in order, and what could not be. For one thread.
public final class Sheet {
    /// A work that a server did not do, and why.
    public record Failure(String work, String server, String reason) {}

    private final Map<Row, Map<String, List<Double>>> values = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();

    /// Adds one round's value.
    public void add(Row row, String server, double value) {
        values.computeIfAbsent(row, _ -> new LinkedHashMap<>())
                .computeIfAbsent(server, _ -> new ArrayList<>())
                .add(value);
    }

    public void fail(String work, String server, String reason) {
        failures.add(new Failure(work, server, reason));
    }

    /// By row and server, each round's value in order.
    public Map<Row, Map<String, List<Double>>> values() {
        return Collections.unmodifiableMap(values);
    }

    public List<Failure> failures() {
        return Collections.unmodifiableList(failures);
    }

    /// The middle one; the mean of the two in the middle if there are two.
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
