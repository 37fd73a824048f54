package io.sealane.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FeaturesTest {
    @Test
    void a_full_answer_misses_nothing() {
        Features features =
                features(
                        " AUTH TLS",
                        " PBSZ",
                        " PROT",
                        " EPRT",
                        " EPSV",
                        " MDTM",
                        " MLST type*;size*;",
                        " REST STREAM",
                        " SIZE",
                        " UTF8");
        assertThat(features.missing(Door.EXPLICIT)).isEmpty();
        assertThat(features.malformed()).isEmpty();
        assertThat(features.halves()).isEmpty();
    }

    @Test
    void what_is_missing_is_named() {
        Features features = features(" EPRT", " EPSV", " MDTM", " REST STREAM", " SIZE");
        assertThat(features.missing(Door.PLAIN)).containsExactly("MLST", "UTF8");
        assertThat(features.missing(Door.IMPLICIT)).contains("PBSZ", "PROT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" AUTH TLS", " auth tls", " AUTH TLS;TLS-C;SSL;TLS-P;", " AUTH SSL;TLS"})
    void auth_tls_is_found_in_all_its_forms(String line) {
        assertThat(features(line).hasAuthTls()).isTrue();
    }

    @Test
    void auth_ssl_alone_is_none() {
        assertThat(features(" AUTH SSL").hasAuthTls()).isFalse();
    }

    @Test
    void lines_that_do_not_begin_with_one_space_are_malformed() {
        assertThat(features("SIZE", "  MDTM", "211-EPSV", " UTF8").malformed())
                .containsExactly("SIZE", "MDTM", "211-EPSV");
    }

    @Test
    void halves_are_contradictions() {
        assertThat(features(" PROT", " MLSD", " EPRT").halves())
                .containsExactly("PROT without PBSZ", "MLSD without MLST", "EPRT without EPSV");
    }

    @Test
    void an_answer_of_one_line_names_nothing() {
        assertThat(Features.parse(new Reply(211, List.of("211 no features"))).names()).isEmpty();
    }

    private static Features features(String... lines) {
        List<String> all = new ArrayList<>(List.of("211-Features:"));
        all.addAll(List.of(lines));
        all.add("211 End");
        return Features.parse(new Reply(211, all));
    }
}
