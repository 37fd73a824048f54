package io.sealane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealane.accounts.UserName;
import io.sealane.vfs.VirtualPath;
import java.util.List;

/// Names that USER sends: what passes becomes a folder of the host.
final class UserNameFuzzTest {
    @FuzzTest
    @DictionaryEntries({"demo", "..", "/", "a@b", "\\xd9\\xa0"})
    void a_name_is_one_safe_name_of_a_folder(byte[] octets) {
        check(CleanText.of(octets));
        check(CleanText.ofPairs(octets));
    }

    private static void check(String text) {
        UserName.parse(text)
                .ifPresent(name -> {
                    assertThat(name.text()).isEqualTo(text);
                    assertThat(name).hasToString(text).isEqualTo(new UserName(text));
                    CleanText.assertOneLine(text, UserName.LENGTH_MAX);
                    assertThat(text).doesNotContain("/", "\\", ":").doesNotStartWith(".");
                    assertThat(VirtualPath.parse("/" + text))
                            .contains(new VirtualPath(List.of(text)));
                });
    }
}
