package io.sealane.conformance;

import io.sealane.core.tls.JsseProvider;
import io.sealane.core.tls.TlsProvider;
import io.sealane.tls.boringssl.BoringSslProvider;
import java.util.Optional;

/// Which TLS library a [TestServer] uses. Each is loaded once.
enum Library {
    JSSE,
    BORINGSSL;

    private static final class Jsse {
        private static final TlsProvider PROVIDER = new JsseProvider();
    }

    private static final class BoringSsl {
        private static final Optional<BoringSslProvider> PROVIDER = BoringSslProvider.load();
    }

    TlsProvider provider() {
        return switch (this) {
            case JSSE -> Jsse.PROVIDER;
            case BORINGSSL ->
                    BoringSsl.PROVIDER.orElseThrow(() ->
                            new IllegalStateException("BoringSSL does not load on this machine"));
        };
    }
}
