package io.sealane.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each rule finds what breaks it, and nothing else.
final class RulesTest {
    private static final String MAIN = "core/src/main/java/io/sealane/core/A.java";
    private static final String PACKAGE = "core/src/main/java/io/sealane/core/package-info.java";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "long now = System.currentTimeMillis();",
                "Thread.sleep(1);",
                "\"a\".toUpperCase();",
                "\"a\".toLowerCase();",
                "map(String::toLowerCase);",
                "new Random(7);",
                "e.printStackTrace();",
                "System.out.println();",
                "new LinkedBlockingQueue<>();",
                "Executors.newCachedThreadPool();",
                "Executors.newFixedThreadPool(2);",
                "try { run(); } catch (Exception e) { }",
                "@Disabled class Local {}",
                "class ThingManager {}",
                "class ThingHelper {}",
                "class ThingUtil {}",
                "class ThingUtils {}",
                "class ThingImpl {}",
                "class ThingData {}",
                "class ThingInfo {}"
            })
    void a_banned_statement_is_found_at_its_line(String statement) {
        String text = "class A {\n    void a() {\n        %s\n    }\n}\n".formatted(statement);
        assertThat(JavaRules.findings(List.of(new SourceFile(MAIN, text))))
                .singleElement()
                .extracting(Finding::line)
                .isEqualTo(3L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// Thread.sleep(1);",
                "String text = \"new Random(7)\";",
                "\"a\".toUpperCase(Locale.ROOT);",
                "new LinkedBlockingQueue<>(10);",
                "try { run(); } catch (IOException e) { }",
                "class DataConnection {}"
            })
    void what_only_looks_banned_is_let_pass(String statement) {
        String text = "class A {\n    void a() {\n        %s\n    }\n}\n".formatted(statement);
        assertThat(JavaRules.findings(List.of(new SourceFile(MAIN, text)))).isEmpty();
    }

    @Test
    void standard_output_belongs_to_the_command_line_and_to_tests() {
        String text = "class A { java.io.PrintStream a = System.out; }";
        assertThat(JavaRules.findings(List.of(new SourceFile(MAIN, text)))).hasSize(1);
        String commandLine = "server/src/main/java/io/sealane/server/cli/A.java";
        assertThat(JavaRules.findings(List.of(new SourceFile(commandLine, text)))).isEmpty();
        assertThat(JavaRules.findings(List.of(new SourceFile("core/src/test/java/A.java", text))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"new Random(7);", "try { run(); } catch (Exception e) { }"})
    void tests_may_do_what_the_program_may_not(String statement) {
        String text = "class A {\n    void a() {\n        %s\n    }\n}\n".formatted(statement);
        assertThat(JavaRules.findings(List.of(new SourceFile(MAIN, text)))).hasSize(1);
        assertThat(JavaRules.findings(List.of(new SourceFile("core/src/test/java/A.java", text))))
                .isEmpty();
    }

    @Test
    void a_method_of_61_lines_is_too_long() {
        assertThat(JavaRules.findings(List.of(new SourceFile(MAIN, methodOf(60))))).isEmpty();
        assertThat(JavaRules.findings(List.of(new SourceFile(MAIN, methodOf(61))))).hasSize(1);
    }

    @Test
    void a_line_of_101_columns_is_too_long_in_java_alone() {
        assertThat(TextRules.findings(new SourceFile(MAIN, "x".repeat(100)))).isEmpty();
        assertThat(TextRules.findings(new SourceFile(MAIN, "x".repeat(101)))).hasSize(1);
        assertThat(TextRules.findings(new SourceFile("a.md", "x".repeat(101)))).isEmpty();
    }

    @Test
    void leftovers_and_paths_of_one_machine_are_found() {
        assertThat(inDocument("later: FIX" + "ME")).hasSize(1);
        assertThat(inDocument("// TO" + "DO soon")).hasSize(1);
        assertThat(inDocument("see /wo" + "rk/main/pom.xml")).hasSize(1);
        assertThat(inDocument("in `/ro" + "ot`")).hasSize(1);
        assertThat(inDocument("a todo list, srv/ro" + "ot/x, the /workshop")).isEmpty();
    }

    @Test
    void a_package_needs_a_description_that_is_null_marked() {
        SourceFile type = new SourceFile(MAIN, "class A {}");
        SourceFile bare = new SourceFile(PACKAGE, "/// Words.\npackage io.sealane.core;\n");
        SourceFile good =
                new SourceFile(PACKAGE, "/// Words.\n@NullMarked\npackage io.sealane.core;\n");
        assertThat(PackageRules.findings(List.of(type))).hasSize(1);
        assertThat(PackageRules.findings(List.of(type, bare))).hasSize(1);
        assertThat(PackageRules.findings(List.of(type, good))).isEmpty();
    }

    @Test
    void dead_links_and_class_names_in_documents_are_found() {
        MarkdownRules rules = new MarkdownRules(Checkout.here());
        String good =
                """
                [a](../pom.xml) [b](https://example.com/x) [c](#part) [d](../README.md#start)
                `io.sealane.core.wire` `io.sealane.core.wire.Verb` `io.sealane.core.wire.Verb.RETR`
                """;
        assertThat(rules.findings(new SourceFile("docs/a.md", good))).isEmpty();
        String bad = "[a](gone.md)\n`io.sealane.core.wire.Gone` and `io.sealane.gone`\n";
        assertThat(rules.findings(new SourceFile("docs/a.md", bad)))
                .extracting(Finding::line)
                .containsExactly(1L, 2L, 2L);
    }

    private static List<Finding> inDocument(String text) {
        return TextRules.findings(new SourceFile("docs/a.md", text));
    }

    private static String methodOf(int lines) {
        return "class A {\nvoid a() {\n" + "int b;\n".repeat(lines - 2) + "}\n}\n";
    }
}
