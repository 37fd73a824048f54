package io.sealane.core.tls;

import static io.sealane.core.tls.NamedGroup.SECP256R1;
import static io.sealane.core.tls.NamedGroup.SECP384R1;
import static io.sealane.core.tls.NamedGroup.X25519;
import static io.sealane.core.tls.NamedGroup.X25519MLKEM768;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.wire.ClientHello;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamedGroupTest {
    /// Groups that the client names, those that it sends shares for, and which one is taken first.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X25519MLKEM768 X25519           | X25519MLKEM768 X25519 | X25519MLKEM768",
                "X25519MLKEM768 X25519           | X25519                | X25519MLKEM768",
                "X25519 X25519MLKEM768           | X25519                | X25519",
                "X25519 X25519MLKEM768           | X25519 X25519MLKEM768 | X25519MLKEM768",
                "SECP384R1 X25519                | SECP384R1             | SECP384R1",
                "SECP521R1 SECP256R1 X25519      | SECP521R1             | SECP256R1",
                "SECP256R1 X25519 X25519MLKEM768 | SECP256R1 X25519      | SECP256R1",
                "SECP256R1 X25519                |                       | SECP256R1",
            })
    void who_sent_a_key_share_begins_no_second_time_but_for_the_future(
            String named, @Nullable String shares, NamedGroup first) {
        Optional<ClientHello> hello = Optional.of(hello(codes(named), codes(shares)));
        assertThat(
                        NamedGroup.inOrderFor(hello, NamedGroup.SERVED).stream()
                                .filter(group -> codes(named).contains(group.code())))
                .startsWith(first);
    }

    @Test
    void all_that_are_served_stay() {
        Optional<ClientHello> hello = Optional.of(hello(codes("SECP384R1"), List.of()));
        assertThat(NamedGroup.inOrderFor(hello, NamedGroup.SERVED))
                .containsExactlyInAnyOrder(X25519MLKEM768, X25519, SECP256R1, SECP384R1);
        assertThat(NamedGroup.inOrderFor(Optional.empty(), NamedGroup.SERVED))
                .isEqualTo(NamedGroup.SERVED);
    }

    private static List<Integer> codes(@Nullable String names) {
        return names == null
                ? List.of()
                : Arrays.stream(names.split(" "))
                        .map(name -> NamedGroup.valueOf(name).code())
                        .toList();
    }

    private static ClientHello hello(List<Integer> groups, List<Integer> shares) {
        return new ClientHello(
                List.of(),
                List.of(),
                groups,
                shares,
                List.of(),
                Optional.empty(),
                List.of(),
                Set.of());
    }
}
