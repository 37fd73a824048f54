package io.sealane.core.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.tls.PolicyResolution.Layer;
import io.sealane.core.tls.PolicyResolution.Overridable;
import io.sealane.core.tls.PolicyResolution.Ruling;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyResolutionTest {
    private static final TlsPolicy LAX =
            new TlsPolicy(
                    ListenerMode.EXPLICIT,
                    Requirement.OPTIONAL,
                    Requirement.OPTIONAL,
                    TlsVersion.TLS_1_2,
                    SessionBinding.OFF,
                    Requirement.OPTIONAL,
                    UploadEnd.LENIENT,
                    Concessions.STRICT);
    private static final TlsPolicy TIGHT =
            new TlsPolicy(
                    ListenerMode.EXPLICIT,
                    Requirement.REQUIRED,
                    Requirement.REQUIRED,
                    TlsVersion.TLS_1_3,
                    SessionBinding.SAME_SESSION,
                    Requirement.REQUIRED,
                    UploadEnd.STRICT,
                    Concessions.STRICT);

    /// What a listener's handshake insists on stays, whoever is looser.
    private static final TlsPolicy LAX_BUT_FOR_HANDSHAKE =
            new TlsPolicy(
                    ListenerMode.EXPLICIT,
                    Requirement.OPTIONAL,
                    Requirement.OPTIONAL,
                    TlsVersion.TLS_1_3,
                    SessionBinding.OFF,
                    Requirement.REQUIRED,
                    UploadEnd.LENIENT,
                    Concessions.STRICT);

    private static final Layer STRICT_USER =
            new Layer(
                    "user alice",
                    TlsDemands.parse(
                            "control=required data=required least-version=1.3"
                                    + " session-binding=same-session client-certificate=required"
                                    + " upload-end=strict"));
    private static final Layer LAX_MOUNT =
            new Layer(
                    "mount /pub",
                    TlsDemands.parse(
                            "control=optional data=optional least-version=1.2 session-binding=off"
                                    + " client-certificate=optional upload-end=lenient"));

    @Test
    void nobody_else_leaves_the_listener_its_policy() {
        PolicyResolution alone = PolicyResolution.ofListener(TlsPolicy.STRICT, "explicit");

        assertThat(alone.policy()).isEqualTo(TlsPolicy.STRICT);
        assertThat(alone.rulings()).extracting(Ruling::rule).containsExactly(PolicyRule.values());
        assertThat(alone.rulings()).extracting(Ruling::source).containsOnly("listener explicit");
    }

    @Test
    void the_stricter_wins_whoever_says_it() {
        assertThat(resolve(LAX, Overridable.NO, STRICT_USER)).isEqualTo(TIGHT);
        assertThat(resolve(TIGHT, Overridable.NO, LAX_MOUNT)).isEqualTo(TIGHT);
        assertThat(resolve(LAX, Overridable.NO, STRICT_USER, LAX_MOUNT)).isEqualTo(TIGHT);
        assertThat(resolve(LAX, Overridable.NO, LAX_MOUNT, STRICT_USER)).isEqualTo(TIGHT);
    }

    @Test
    void what_may_be_overridden_is_loosened_by_the_next_alone() {
        assertThat(resolve(TIGHT, Overridable.YES, LAX_MOUNT)).isEqualTo(LAX_BUT_FOR_HANDSHAKE);
        assertThat(resolve(LAX, Overridable.YES, STRICT_USER, LAX_MOUNT)).isEqualTo(TIGHT);
    }

    @Test
    void what_somebody_says_as_well_is_not_loosened_by_the_next() {
        assertThat(resolve(TIGHT, Overridable.YES, STRICT_USER, LAX_MOUNT)).isEqualTo(TIGHT);
    }

    @Test
    void what_is_tried_can_be_overridden_as_the_listener_can() {
        assertThat(observed(Overridable.YES, LAX_MOUNT)).isEqualTo(LAX_BUT_FOR_HANDSHAKE);
        assertThat(observed(Overridable.NO, LAX_MOUNT)).isEqualTo(TIGHT);
        assertThat(observed(Overridable.YES)).isEqualTo(TIGHT);
        assertThat(observed(Overridable.YES, STRICT_USER, LAX_MOUNT)).isEqualTo(TIGHT);
    }

    private static TlsPolicy observed(Overridable overridable, Layer... layers) {
        PolicyOptions options = new PolicyOptions(overridable, STRICT_USER.demands());
        return EffectivePolicy.resolve(LAX, "main", options, Arrays.asList(layers)).observed();
    }

    @Test
    void prefer_is_between_same_session_and_off() {
        Layer prefer = new Layer("user bob", TlsDemands.parse("session-binding=prefer"));

        assertThat(resolve(LAX, Overridable.NO, prefer).binding()).isEqualTo(SessionBinding.PREFER);
        assertThat(resolve(TIGHT, Overridable.NO, prefer).binding())
                .isEqualTo(SessionBinding.SAME_SESSION);
    }

    @Test
    void each_ruling_says_who_and_who_not() {
        PolicyResolution resolved =
                PolicyResolution.resolve(
                        LAX, "listener explicit", Overridable.NO, List.of(STRICT_USER, LAX_MOUNT));

        assertThat(resolved.rulings().get(1))
                .hasToString(
                        "data               required     by user alice; optional by listener"
                                + " explicit; optional by mount /pub is looser");
    }

    private static TlsPolicy resolve(TlsPolicy general, Overridable overridable, Layer... layers) {
        return PolicyResolution.resolve(general, "listener", overridable, Arrays.asList(layers))
                .policy();
    }
}
