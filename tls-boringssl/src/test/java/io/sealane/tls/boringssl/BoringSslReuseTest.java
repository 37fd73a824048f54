package io.sealane.tls.boringssl;

import io.sealane.core.tls.TlsProvider;
import io.sealane.core.tls.TlsResumptionContract;
import io.sealane.core.tls.TlsTestClient;
import io.sealane.core.tls.TlsVersion;

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
}
