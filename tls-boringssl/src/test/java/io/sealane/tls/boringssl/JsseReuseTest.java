package io.sealane.tls.boringssl;

import io.sealane.core.tls.JsseProvider;
import io.sealane.core.tls.TlsProvider;
import io.sealane.core.tls.TlsResumptionContract;
import io.sealane.core.tls.TlsTestClient;
import io.sealane.core.tls.TlsVersion;

/// The JDK's engines against a client that uses what it was given any number of times.
final class JsseReuseTest extends TlsResumptionContract {
    @Override
    protected TlsProvider provider() {
        return new JsseProvider();
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

    /// JSSE pads what is no application data by 16 bytes.
    @Override
    protected int closeNotifyBytes(TlsVersion version) {
        return super.closeNotifyBytes(version)
                + switch (version) {
                    case TLS_1_0, TLS_1_1, TLS_1_2 -> 0;
                    case TLS_1_3 -> 16;
                };
    }
}
