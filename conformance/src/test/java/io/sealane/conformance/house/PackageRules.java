package io.sealane.conformance.house;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every package of the program says what it is for, and is null-marked.
final class PackageRules {
    private static final String DESCRIPTION = "package-info.java";

    private PackageRules() {}

    static List<Finding> findings(List<SourceFile> files) {
        Map<String, String> descriptions = new TreeMap<>();
        for (SourceFile file : files) {
            if (file.isJava() && file.isMain()) {
                boolean describes = file.path().endsWith("/" + DESCRIPTION);
                descriptions.merge(file.folder(), describes ? file.text() : "", String::concat);
            }
        }
        return descriptions.entrySet().stream()
                .filter(description -> !isGood(description.getValue()))
                .map(Map.Entry::getKey)
                .map(folder -> folder + "/" + DESCRIPTION)
                .map(path -> new Finding(path, 1, "say what the package is for, and @NullMarked"))
                .toList();
    }

    private static boolean isGood(String description) {
        return description.startsWith("/// ") && description.contains("\n@NullMarked\n");
    }
}
