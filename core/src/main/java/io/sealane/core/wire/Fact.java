package io.sealane.core.wire;

import io.sealane.vfs.Entry;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Facts of MLST and MLSD (RFC 3659 section 7.5), in the order they are shown.
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
                if (fact.label.toLowerCase(Locale.ROOT).equals(word.strip())) {
                    chosen.add(fact);
                }
            }
        }
        return Set.copyOf(chosen);
    }

    /// Appends `facts SP name`, without line end.
    public static void append(StringBuilder line, Entry entry, String name, Set<Fact> selected) {
        for (Fact fact : values()) {
            if (selected.contains(fact)) {
                fact.append(line, entry);
            }
        }
        line.append(' ').append(name);
    }

    private void append(StringBuilder line, Entry entry) {
        switch (this) {
            case TYPE -> line.append("type=").append(type(entry.kind())).append(';');
            case SIZE -> {
                if (entry.isFile()) {
                    line.append("size=").append(entry.size()).append(';');
                }
            }
            case MODIFY ->
                    line.append("modify=").append(TimeVal.format(entry.modified())).append(';');
            case PERM -> line.append("perm=").append(perm(entry.kind())).append(';');
            case UNIQUE -> line.append("unique=").append(unique(entry.fileKey())).append(';');
            case UNIX_MODE -> {
                if (entry.mode().isPresent()) {
                    line.append("UNIX.mode=0")
                            .append(Integer.toOctalString(entry.mode().getAsInt()))
                            .append(';');
                }
            }
        }
    }

    private static String type(Entry.Kind kind) {
        return switch (kind) {
            case FILE -> "file";
            case DIRECTORY -> "dir";
            case LINK -> "OS.unix=slink";
            case OTHER -> "OS.unix=other";
        };
    }

    /// What the session may do with it (RFC 3659 section 7.5.5).
    private static String perm(Entry.Kind kind) {
        return switch (kind) {
            case FILE -> "adfrw";
            case DIRECTORY -> "cdeflmp";
            case LINK, OTHER -> "df";
        };
    }

    private static String unique(String fileKey) {
        StringBuilder token = new StringBuilder(fileKey.length());
        fileKey.chars().filter(Character::isLetterOrDigit).forEach(c -> token.append((char) c));
        return token.toString();
    }
}
