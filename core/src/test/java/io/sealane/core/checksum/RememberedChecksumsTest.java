package io.sealane.core.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.wire.OctetRange;
import org.junit.jupiter.api.Test;

final class RememberedChecksumsTest {
    private final RememberedChecksums remembered = new RememberedChecksums(2);

    @Test
    void the_least_recently_used_is_forgotten() {
        remembered.put(key("a"), "1");
        remembered.put(key("b"), "2");
        assertThat(remembered.find(key("a"))).contains("1");
        remembered.put(key("c"), "3");
        assertThat(remembered.find(key("b"))).isEmpty();
        assertThat(remembered.find(key("a"))).contains("1");
        assertThat(remembered.find(key("c"))).contains("3");
    }

    private static RememberedChecksums.Key key(String revision) {
        return new RememberedChecksums.Key("me", revision, HashAlgorithm.DEFAULT, OctetRange.WHOLE);
    }
}
