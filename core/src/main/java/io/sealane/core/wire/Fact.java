package io.sealane.core.wire;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Facts of MLST and MLSD (RFC 3659 section 7.5), in the order they are shown. [FactLine] has their
/// values.
public enum Fact {
    TYPE("type"),
    SIZE("size"),
    MODIFY("modify"),
    PERM("perm"),
    UNIQUE("unique"),
    UNIX_MODE("UNIX.mode");

    /// What is shown until OPTS MLST says otherwise.
    public static final Set<Fact> DEFAULT = Set.copyOf(EnumSet.allOf(Fact.class));

    private final String label;

    Fact(String label) {
        this.label = label;
    }

    /// The facts for FEAT and the reply to OPTS MLST: `type*;size;...`, selected ones starred.
    public static String featList(Set<Fact> selected) {
        return Arrays.stream(values())
                .map(fact -> fact.label + (selected.contains(fact) ? "*;" : ";"))
                .collect(Collectors.joining());
    }

    /// What OPTS MLST lists back (RFC 3659 section 7.9).
    public static String optsList(Set<Fact> selected) {
        return Arrays.stream(values())
                .filter(selected::contains)
                .map(fact -> fact.label + ";")
                .collect(Collectors.joining());
    }

    /// Parses the argument of OPTS MLST; facts that do not exist are left out.
    public static Set<Fact> parse(String list) {
        Set<Fact> chosen = EnumSet.noneOf(Fact.class);
        for (String word : list.toLowerCase(Locale.ROOT).split(";", -1)) {
            for (Fact fact : values()) {
                if (fact.label.toLowerCase(Locale.ROOT).equals(Blanks.between(word))) {
                    chosen.add(fact);
                }
            }
        }
        return Set.copyOf(chosen);
    }
}
