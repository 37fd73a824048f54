package io.sealane.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// Password hashes as a database that somebody tampered with may hold them.
///
/// In this package because nothing outside of it parses them.
public final class PhcStringFuzzTest {
    @FuzzTest
    @DictionaryEntries({"$argon2id$v=19$m=19456,t=2,p=1$", "$", ",t=10", ",p=8", "m=65536", "=="})
    public void a_hash_has_one_text_and_bounded_cost(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        PhcString.parse(text)
                .ifPresent(hash -> {
                    assertThat(hash.encode()).isEqualTo(text);
                    assertThat(hash).hasToString("***");
                    Argon2idParameters cost = hash.parameters();
                    assertThat(cost.memoryKib())
                            .isBetween(8 * cost.parallelism(), Argon2idParameters.MEMORY_KIB_MAX);
                    assertThat(cost.iterations()).isBetween(1, Argon2idParameters.ITERATIONS_MAX);
                    assertThat(cost.parallelism()).isBetween(1, Argon2idParameters.PARALLELISM_MAX);
                    assertThat(hash.salt()).hasSize(cost.saltBytes());
                    assertThat(hash.tag()).hasSize(cost.tagBytes());
                });
    }
}
