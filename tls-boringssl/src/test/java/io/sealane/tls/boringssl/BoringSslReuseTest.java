package io.sealane.tls.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.tls.TlsProvider;
import io.sealane.core.tls.TlsResumptionContract;
import io.sealane.core.tls.TlsTestClient;
import io.sealane.core.tls.TlsVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against a client that uses what it was given any number of times.
final class BoringSslReuseTest extends TlsResumptionContract {
    @Override
    protected TlsProvider provider() {
        return BoringSslProvider.load().orElseThrow();
    }

    @Override
    protected TlsTestClient client(TlsVersion version) {
        return new BoringSslTestClient(version, BoringSslTestClient.Memory.TICKET);
    }

    @Override
    protected TlsTestClient clientWithoutTickets() {
        return new BoringSslTestClient(TlsVersion.TLS_1_2, BoringSslTestClient.Memory.SESSION_ID);
    }

    @Override
    protected boolean clientCanGoWithoutTickets() {
        return true;
    }

    @Override
    protected int resumptions() {
        return 100;
    }

    /// What is in a ticket is told by the clock that it was made by: seen from there it is used so
    /// many hours later.
    @ParameterizedTest
    @CsvSource({"0, true", "167, true", "169, false", "-0.9, true", "-1.1, false"})
    void a_ticket_is_good_for_a_week_and_for_a_clock_that_was_set_back(
            double hours, boolean resumes) throws IOException {
        Duration later = Duration.ofSeconds(Math.round(hours * 3600));
        BoringSslProvider provider =
                BoringSslProvider.load()
                        .orElseThrow()
                        .by(InstantSource.offset(InstantSource.system(), later.negated()));
        assertThat(resumesByTheTicketOffered(provider)).isEqualTo(resumes);
    }
}
