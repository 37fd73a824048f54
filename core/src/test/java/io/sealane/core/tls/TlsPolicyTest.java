package io.sealane.core.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.tls.Protection.ClientCertificate;
import io.sealane.core.tls.Protection.ControlProtection;
import io.sealane.core.tls.TlsPolicy.Request;
import io.sealane.core.tls.TlsPolicy.Verdict;
import io.sealane.core.wire.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TlsPolicyTest {
    private static TlsPolicy policy(ListenerMode mode, Requirement control, Requirement data) {
        return policy(mode, control, data, Concessions.STRICT);
    }

    private static TlsPolicy policy(
            ListenerMode mode, Requirement control, Requirement data, Concessions concessions) {
        return new TlsPolicy(
                mode,
                control,
                data,
                TlsVersion.TLS_1_2,
                SessionBinding.PREFER,
                Requirement.OPTIONAL,
                UploadEnd.STRICT,
                concessions);
    }

    private static final TlsPolicy LAX =
            policy(ListenerMode.EXPLICIT, Requirement.OPTIONAL, Requirement.OPTIONAL);
    private static final TlsPolicy PLAIN =
            policy(ListenerMode.PLAIN, Requirement.OPTIONAL, Requirement.OPTIONAL);
    private static final Protection BY_TLS_1_2 =
            new Protection(
                    ControlProtection.BY_TLS,
                    ProtectionLevel.CLEAR,
                    Optional.of(TlsVersion.TLS_1_2),
                    ClientCertificate.NONE);
    private static final TlsPolicy LOOSE =
            policy(
                    ListenerMode.EXPLICIT,
                    Requirement.OPTIONAL,
                    Requirement.OPTIONAL,
                    new Concessions(
                            Concessions.Permission.ALLOWED,
                            Concessions.Permission.ALLOWED,
                            Concessions.Permission.ALLOWED));
    private static final Verdict ALLOWED = new Verdict.Allowed();

    private static Verdict refused(Reply reply) {
        return new Verdict.Refused(reply);
    }

    @Test
    void a_login_in_the_clear_is_refused_where_tls_is_required_and_nowhere_else() {
        assertThat(TlsPolicy.STRICT.decide(new Request.Login(), Protection.NONE))
                .isEqualTo(refused(Reply.TLS_REQUIRED_FOR_LOGIN));
        assertThat(TlsPolicy.STRICT.decide(new Request.Login(), BY_TLS_1_2)).isEqualTo(ALLOWED);
        assertThat(LAX.decide(new Request.Login(), Protection.NONE)).isEqualTo(ALLOWED);
    }

    @Test
    void a_transfer_in_the_clear_is_refused_where_data_must_be_protected() {
        assertThat(TlsPolicy.STRICT.decide(new Request.Transfer(), Protection.EXPLICIT_TLS))
                .isEqualTo(refused(Reply.PROT_REFUSED_FOR_DATA));
        assertThat(TlsPolicy.STRICT.decide(new Request.Transfer(), Protection.IMPLICIT_TLS))
                .isEqualTo(ALLOWED);
        assertThat(LAX.decide(new Request.Transfer(), Protection.NONE)).isEqualTo(ALLOWED);
    }

    @Test
    void prot_c_is_refused_where_data_must_be_protected() {
        Request clear = new Request.Level(ProtectionLevel.CLEAR);
        assertThat(TlsPolicy.STRICT.decide(clear, Protection.IMPLICIT_TLS))
                .isEqualTo(refused(Reply.PROT_MUST_BE_PRIVATE));
        assertThat(LAX.decide(clear, Protection.IMPLICIT_TLS)).isEqualTo(ALLOWED);
    }

    @Test
    void prot_and_pbsz_need_tls_on_the_control_connection() {
        assertThat(LAX.decide(new Request.Level(ProtectionLevel.PRIVATE), Protection.NONE))
                .isEqualTo(refused(Reply.TLS_FIRST));
        assertThat(LAX.decide(new Request.BufferSize(), Protection.NONE))
                .isEqualTo(refused(Reply.TLS_FIRST));
    }

    @Test
    void tls_begins_once_and_only_where_there_is_tls() {
        assertThat(LAX.decide(new Request.Secure(), Protection.NONE)).isEqualTo(ALLOWED);
        assertThat(LAX.decide(new Request.Secure(), Protection.EXPLICIT_TLS))
                .isEqualTo(refused(Reply.AUTH_ALREADY));
        assertThat(PLAIN.decide(new Request.Secure(), Protection.NONE))
                .isEqualTo(refused(Reply.AUTH_NOT_HERE));
    }

    @Test
    void tls_is_left_where_that_is_allowed_alone() {
        Request leave = new Request.ClearControl();
        assertThat(LAX.decide(leave, Protection.EXPLICIT_TLS))
                .isEqualTo(refused(Reply.CCC_REFUSED));
        assertThat(LOOSE.decide(leave, Protection.EXPLICIT_TLS)).isEqualTo(ALLOWED);
        assertThat(LOOSE.decide(leave, Protection.NONE)).isEqualTo(refused(Reply.CCC_IN_THE_CLEAR));
        assertThat(LAX.letsControlLeaveTls()).isFalse();
        assertThat(LOOSE.letsControlLeaveTls()).isTrue();
    }

    @Test
    void tls_begins_behind_a_login_where_that_is_allowed_alone() {
        Request again = new Request.SecureMember();
        assertThat(LAX.decide(again, Protection.NONE)).isEqualTo(refused(Reply.AUTH_AFTER_LOGIN));
        assertThat(LOOSE.decide(again, Protection.NONE)).isEqualTo(ALLOWED);
        assertThat(LOOSE.decide(again, Protection.EXPLICIT_TLS))
                .isEqualTo(refused(Reply.AUTH_ALREADY));
        assertThat(PLAIN.decide(again, Protection.NONE)).isEqualTo(refused(Reply.AUTH_NOT_HERE));
    }

    @Test
    void data_stays_protected_when_tls_is_left() {
        Protection cleared = Protection.IMPLICIT_TLS.withControlInTheClear();
        assertThat(TlsPolicy.STRICT.decide(new Request.Transfer(), cleared)).isEqualTo(ALLOWED);
        assertThat(TlsPolicy.STRICT.decide(new Request.Login(), cleared))
                .isEqualTo(refused(Reply.TLS_REQUIRED_FOR_LOGIN));
        assertThat(LAX.decide(new Request.Level(ProtectionLevel.CLEAR), cleared))
                .isEqualTo(refused(Reply.TLS_FIRST));
    }
}
