package io.sealane.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FindingTest {
    /// Under the Turkish locale of the tests, too.
    @Test
    void each_has_an_id_that_no_locale_changes() {
        assertThat(Finding.values())
                .extracting(Finding::id)
                .allSatisfy(id -> assertThat(id).matches("[a-z0-9]+(-[a-z0-9]+)*"));
    }

    @Test
    void each_says_what_to_do_unless_all_is_well() {
        assertThat(Finding.values())
                .allSatisfy(finding -> {
                    assertThat(finding.meaning()).endsWith(".");
                    assertThat(finding.remedy().isEmpty())
                            .isEqualTo(finding.severity() == Severity.OK);
                });
    }
}
