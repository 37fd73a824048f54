package io.sealane.conformance.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Rules for every text file.
final class TextRules {
    static final int COLUMNS_MAX = 100;

    private static final Pattern LEFTOVER =
            Pattern.compile("\\b(FIX" + "ME|TO" + "DO|XX" + "X)\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(^|[^\\w.~/*-])/(work|root|Users)(/|\\b)");
    private static final Pattern TOO_LONG = Pattern.compile("^.{" + (COLUMNS_MAX + 1) + ",}");

    private TextRules() {}

    static List<Finding> findings(SourceFile file) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(file.linesWith(LEFTOVER, "do it, or write it where work is planned"));
        findings.addAll(file.linesWith(MACHINE_PATH, "a path of one machine: make it relative"));
        if (file.isJava()) {
            findings.addAll(file.linesWith(TOO_LONG, "longer than 100 columns: ./dev fmt"));
        }
        return findings;
    }
}
