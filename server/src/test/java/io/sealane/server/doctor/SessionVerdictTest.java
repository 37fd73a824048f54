package io.sealane.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.server.doctor.DataChecks.SessionVerdict;
import io.sealane.server.doctor.DataTransfer.Resumed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SessionVerdictTest {
    private static final DataTransfer REUSED = transfer(Resumed.YES, 226);
    private static final DataTransfer FULL = transfer(Resumed.NO, 226);
    private static final DataTransfer REFUSED = transfer(Resumed.NO, 522);

    @Test
    void a_server_that_refuses_a_fresh_session_requires_resumption() {
        assertThat(of(List.of(REUSED, REUSED), REFUSED))
                .containsExactly(Finding.DATA_BY_TLS, Finding.DATA_RESUMPTION_REQUIRED);
    }

    @Test
    void one_that_takes_both_leaves_it_to_the_client() {
        assertThat(of(List.of(REUSED, REUSED), FULL))
                .containsExactly(Finding.DATA_BY_TLS, Finding.DATA_RESUMPTION_OPTIONAL);
    }

    @Test
    void one_that_never_resumes_misses_it() {
        assertThat(of(List.of(FULL, FULL), FULL))
                .containsExactly(Finding.DATA_BY_TLS, Finding.DATA_RESUMPTION_MISSING);
    }

    @Test
    void one_whose_tickets_run_out_is_told_from_one_that_goes_on() {
        assertThat(of(List.of(REUSED, REFUSED), REFUSED))
                .contains(Finding.DATA_RESUMPTION_RUNS_OUT);
        assertThat(of(List.of(REUSED, FULL), FULL)).contains(Finding.DATA_RESUMPTION_RUNS_OUT);
    }

    @Test
    void one_that_lists_nothing_fails() {
        assertThat(of(List.of(REFUSED), FULL)).containsExactly(Finding.DATA_FAILED);
    }

    private static List<Finding> of(List<DataTransfer> resumed, DataTransfer fresh) {
        return SessionVerdict.of(resumed, fresh).stream().map(SessionVerdict::finding).toList();
    }

    private static DataTransfer transfer(Resumed resumed, int code) {
        return new DataTransfer(
                Optional.empty(),
                resumed,
                Link.End.CLOSE_NOTIFY,
                "",
                Optional.of(new Reply(code, List.of(code + " text"))));
    }
}
