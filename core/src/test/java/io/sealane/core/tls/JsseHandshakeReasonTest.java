package io.sealane.core.tls;

final class JsseHandshakeReasonTest extends HandshakeReasonContract {
    @Override
    protected TlsProvider provider() {
        return new JsseProvider();
    }
}
