package io.sealane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealane.core.wire.ListArgument;
import java.util.Set;

/// The argument of LIST and NLST.
final class ListArgumentFuzzTest {
    @FuzzTest
    @DictionaryEntries({"-al ", "-a", "-", "--", " "})
    void options_are_taken_off_and_nothing_else(byte[] octets) {
        String argument = CleanText.of(octets);
        String path = ListArgument.parse(argument, _ -> false).path();
        assertThat(argument).endsWith(path);
        String options = argument.substring(0, argument.length() - path.length());
        assertThat(options.split("[ \t]+")).allMatch(word -> word.matches("(-[A-Za-z0-9]+|--)?"));
        assertThat(options.isBlank() || options.startsWith("-")).as(options).isTrue();
        assertThat(ListArgument.parse(argument, argument::equals))
                .as("where it exists")
                .isEqualTo(new ListArgument(Set.of(), argument));
    }
}
