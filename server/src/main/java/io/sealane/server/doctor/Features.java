package io.sealane.server.doctor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// An answer to FEAT (RFC 2389 section 3.2).
///
/// @param names what the lines begin with, in capitals
/// @param malformed lines that do not begin with exactly one space
record Features(Set<String> names, List<String> malformed) {
    /// What current clients look for, besides what is about TLS.
    private static final List<String> WANTED =
            List.of("EPRT", "EPSV", "MDTM", "MLST", "REST STREAM", "SIZE", "UTF8");

    static Features parse(Reply reply) {
        Set<String> names = new LinkedHashSet<>();
        List<String> malformed = new ArrayList<>();
        List<String> lines = reply.lines();
        for (String line : lines.subList(1, Math.max(1, lines.size() - 1))) {
            boolean good = line.length() > 1 && line.charAt(0) == ' ' && line.charAt(1) > ' ';
            if (!good) {
                malformed.add(Reply.shown(line));
            }
            String upper = line.strip().toUpperCase(Locale.ROOT);
            names.add(upper);
            names.add(upper.split("[ ;]", 2)[0]);
        }
        return new Features(names, malformed);
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /// Whether `AUTH TLS` is named, alone or in one line with others.
    boolean hasAuthTls() {
        return names.stream().anyMatch(name -> name.matches("AUTH\\b.*\\bTLS\\b.*"));
    }

    /// What is not there of what clients look for.
    List<String> missing(Door door) {
        List<String> missing = new ArrayList<>(WANTED);
        if (door != Door.PLAIN) {
            missing.addAll(List.of("PBSZ", "PROT"));
        }
        missing.removeIf(names::contains);
        return missing;
    }

    /// Halves of what belongs together.
    List<String> halves() {
        List<String> halves = new ArrayList<>();
        half("PROT", "PBSZ", halves);
        half("PBSZ", "PROT", halves);
        half("MLSD", "MLST", halves);
        half("EPRT", "EPSV", halves);
        return halves;
    }

    private void half(String here, String missing, List<String> halves) {
        if (has(here) && !has(missing)) {
            halves.add(here + " without " + missing);
        }
    }
}
