package io.sealane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealane.core.wire.HostArgument;

/// Hosts as clients name them in HOST.
final class HostArgumentFuzzTest {
    @FuzzTest
    @DictionaryEntries({"ftp.example.com", "xn--", "[::1]", "[::ffff:1.2.3.4]", "127.0.0.1", "-"})
    void a_host_has_one_form_and_is_nothing_else(byte[] octets) {
        HostArgument.parse(CleanText.of(octets))
                .ifPresent(host -> {
                    assertThat(host.text()).matches("[a-z0-9.-]{1,253}|\\[[0-9a-f:]+]");
                    assertThat(HostArgument.parse(host.text())).contains(host);
                });
    }
}
