package io.sealane.conformance.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a document says about files and classes must be there.
record MarkdownRules(Checkout checkout) {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)\\s]*)?\\)");
    private static final Pattern ADDRESS = Pattern.compile("[a-z]+:.*");
    private static final Pattern NAME = Pattern.compile("`(io\\.sealane[\\w.]*)`");

    List<Finding> findings(SourceFile file) {
        List<Finding> findings = new ArrayList<>();
        List<String> lines = file.text().lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            long line = index + 1L;
            for (Matcher link = LINK.matcher(lines.get(index)); link.find(); ) {
                if (!isThere(file, link.group(1))) {
                    findings.add(new Finding(file.path(), line, "no file " + link.group(1)));
                }
            }
            for (Matcher name = NAME.matcher(lines.get(index)); name.find(); ) {
                if (!isCode(name.group(1))) {
                    findings.add(new Finding(file.path(), line, "no class " + name.group(1)));
                }
            }
        }
        return findings;
    }

    private boolean isThere(SourceFile file, String target) {
        String folder = file.folder();
        return ADDRESS.matcher(target).matches()
                || checkout.exists(folder.isEmpty() ? target : folder + "/" + target);
    }

    /// A package, a class, or a member of a class.
    private boolean isCode(String name) {
        String path = name.replace('.', '/');
        int member = path.lastIndexOf('/');
        return checkout.hasSource(path)
                || checkout.hasSource(path + ".java")
                || checkout.hasSource(path.substring(0, member) + ".java");
    }
}
