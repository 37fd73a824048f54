package io.sealane.core.tls;

import javax.net.ssl.SSLEngine;

/// Client engines that remember sessions as one FTP client does: the engines of one object share
/// what the first of them was given.
public interface TlsTestClient extends AutoCloseable {
    /// An engine in client mode. Offers what was remembered, if anything was.
    SSLEngine newEngine();

    /// Frees the engine.
    void release(SSLEngine engine);

    @Override
    void close();
}
