package io.sealane.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The checkout keeps the rules of the house. That the rules find what they should is shown by
/// [RulesTest].
final class TidyTest {
    private static final Checkout CHECKOUT = Checkout.here();
    private static final List<SourceFile> FILES = CHECKOUT.files();

    @Test
    void the_checkout_is_found() {
        assertThat(FILES).extracting(SourceFile::path).contains("pom.xml", "README.md", "sealane");
        assertThat(java()).hasSizeGreaterThan(100);
    }

    @Test
    void java_keeps_the_rules() {
        List<Finding> findings = JavaRules.findings(java());
        assertThat(findings)
                .filteredOn(finding -> Exemption.ALL.stream().noneMatch(e -> e.covers(finding)))
                .isEmpty();
        assertThat(Exemption.ALL)
                .as("exemptions are needed")
                .allMatch(exemption -> findings.stream().anyMatch(exemption::covers));
    }

    @Test
    void text_keeps_the_rules() {
        assertThat(FILES.stream().flatMap(file -> TextRules.findings(file).stream())).isEmpty();
    }

    @Test
    void every_package_is_described_and_null_marked() {
        assertThat(PackageRules.findings(FILES)).isEmpty();
    }

    @Test
    void documents_name_files_and_classes_that_exist() {
        MarkdownRules rules = new MarkdownRules(CHECKOUT);
        assertThat(
                        FILES.stream()
                                .filter(SourceFile::isMarkdown)
                                .flatMap(file -> rules.findings(file).stream()))
                .isEmpty();
    }

    private static List<SourceFile> java() {
        return FILES.stream().filter(SourceFile::isJava).toList();
    }
}
