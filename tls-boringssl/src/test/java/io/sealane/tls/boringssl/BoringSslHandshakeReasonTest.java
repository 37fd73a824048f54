package io.sealane.tls.boringssl;

import io.sealane.core.tls.HandshakeReasonContract;
import io.sealane.core.tls.TlsProvider;

final class BoringSslHandshakeReasonTest extends HandshakeReasonContract {
    @Override
    protected TlsProvider provider() {
        return BoringSslProvider.load().orElseThrow();
    }
}
