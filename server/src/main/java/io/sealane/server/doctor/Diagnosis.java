package io.sealane.server.doctor;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// The result of an examination.
///
/// @param address the one that was examined, as text; empty if the name has none
/// @param observations by place, in the order of the examination
public record Diagnosis(
        Target target,
        String address,
        Instant time,
        List<PortState> ports,
        List<Observation> observations) {
    /// Exit codes; 2 is wrong usage, everywhere in this program.
    public static final int EXIT_GOOD = 0;

    public static final int EXIT_WARNING = 1;
    public static final int EXIT_SERIOUS = 3;
    public static final int EXIT_NOTHING_ANSWERS = 4;

    public Diagnosis {
        ports = List.copyOf(ports);
        observations = List.copyOf(observations);
    }

    /// The worst of what was found.
    public Severity worst() {
        return observations.stream()
                .map(Observation::severity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.OK);
    }

    public int exitCode() {
        if (observations.stream().anyMatch(seen -> seen.finding() == Finding.NOTHING_ANSWERS)) {
            return EXIT_NOTHING_ANSWERS;
        }
        return switch (worst()) {
            case OK, NOTE -> EXIT_GOOD;
            case WARNING -> EXIT_WARNING;
            case SERIOUS -> EXIT_SERIOUS;
        };
    }
}
