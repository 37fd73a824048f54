package io.sealane.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.server.doctor.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The page for users lists what the doctor can find. With `-Dsealane.write-docs=true` the test
/// writes that part of it instead; `./dev docs` does that.
final class DoctorPageTest {
    private static final Path PAGE = Checkout.here().root().resolve("docs/doctor.md");
    private static final String BEGIN = "<!-- findings -->\n";
    private static final String END = "<!-- end of findings -->\n";

    @Test
    void the_page_lists_every_finding() throws IOException {
        if (Boolean.getBoolean("sealane.write-docs")) {
            Files.writeString(PAGE, withTable(Files.readString(PAGE)));
        }
        String page = Files.readString(PAGE);
        assertThat(page).as("./dev docs writes it anew").isEqualTo(withTable(page));
    }

    private static String withTable(String page) {
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        return page.substring(0, begin) + table() + page.substring(page.indexOf(END));
    }

    private static String table() {
        StringBuilder table =
                new StringBuilder("\n| finding | severity | means | do |\n|---|---|---|---|\n");
        for (Finding finding : Finding.values()) {
            table.append("| `").append(finding.id()).append("` | ");
            table.append(finding.severity().word()).append(" | ");
            table.append(finding.meaning()).append(" | ");
            table.append(finding.remedy()).append(" |\n");
        }
        return table.append("\n").toString();
    }
}
