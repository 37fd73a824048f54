package io.sealane.bench.work;

import java.util.OptionalDouble;

/// One figure of the table.
///
/// @param name what was done and what is counted, as the table shows it
/// @param unit of the values, for example `CPU s/GiB`
/// @param better which way is
/// @param goal what Sealane is to reach
public record Row(String name, String unit, Better better, OptionalDouble goal) {
    /// Which of two values is the better one.
    public enum Better {
        LESS,
        MORE
    }

    static Row less(String name, String unit) {
        return new Row(name, unit, Better.LESS, OptionalDouble.empty());
    }

    static Row more(String name, String unit) {
        return new Row(name, unit, Better.MORE, OptionalDouble.empty());
    }

    Row goal(double value) {
        return new Row(name, unit, better, OptionalDouble.of(value));
    }
}
