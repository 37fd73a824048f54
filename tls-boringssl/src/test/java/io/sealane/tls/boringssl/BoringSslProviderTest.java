package io.sealane.tls.boringssl;

import io.sealane.core.tls.TlsProvider;
import io.sealane.core.tls.TlsProviderContract;

/// Against the JDK's client.
final class BoringSslProviderTest extends TlsProviderContract {
    @Override
    protected TlsProvider provider() {
        return BoringSslProvider.load().orElseThrow();
    }

    /// Netty's engine looks at the first five bytes itself and does not hand others on.
    @Override
    protected boolean alertsWhatIsNoTls() {
        return false;
    }
}
