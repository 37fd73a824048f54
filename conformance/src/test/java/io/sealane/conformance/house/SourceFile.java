package io.sealane.conformance.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A text file of the checkout.
///
/// @param path relative to the checkout, with `/`
record SourceFile(String path, String text) {
    boolean isJava() {
        return path.endsWith(".java");
    }

    boolean isMarkdown() {
        return path.endsWith(".md");
    }

    boolean isMain() {
        return path.contains("/src/main/");
    }

    /// The folder that holds it; empty for the checkout itself.
    String folder() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /// A finding for each line that holds `pattern`.
    List<Finding> linesWith(Pattern pattern, String advice) {
        List<Finding> findings = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            if (pattern.matcher(lines.get(index)).find()) {
                findings.add(new Finding(path, index + 1L, advice));
            }
        }
        return findings;
    }
}
