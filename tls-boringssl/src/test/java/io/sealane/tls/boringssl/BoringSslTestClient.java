package io.sealane.tls.boringssl;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import io.netty.internal.tcnative.SSLSession;
import io.netty.internal.tcnative.SSLSessionCache;
import io.sealane.core.tls.TlsTestClient;
import io.sealane.core.tls.TlsVersion;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// A client that offers the first session it was given again and again, as Python's, Node's and
/// PHP's do.
final class BoringSslTestClient implements TlsTestClient {
    /// What the client has to resume with in TLS 1.2.
    enum Memory {
        TICKET,
        SESSION_ID
    }

    private final ReferenceCountedOpenSslContext context;
    private final Memory memory;
    private final AtomicLong first = new AtomicLong();
    private boolean closed;

    BoringSslTestClient(TlsVersion version, Memory memory) {
        this.memory = memory;
        try {
            context =
                    (ReferenceCountedOpenSslContext)
                            SslContextBuilder.forClient()
                                    .sslProvider(SslProvider.OPENSSL_REFCNT)
                                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                                    .endpointIdentificationAlgorithm("")
                                    .protocols(version.protocol())
                                    .build();
        } catch (SSLException cause) {
            throw new IllegalStateException(cause);
        }
        long pointer = BoringSslNative.pointerOf(context);
        SSLContext.setSessionCacheMode(pointer, SSL.SSL_SESS_CACHE_CLIENT);
        SSLContext.setSSLSessionCache(pointer, new FirstOnly(first));
    }

    @Override
    public synchronized SSLEngine newEngine() {
        ReferenceCountedOpenSslEngine engine =
                (ReferenceCountedOpenSslEngine)
                        context.newEngine(UnpooledByteBufAllocator.DEFAULT, "localhost", 21);
        switch (memory) {
            case TICKET -> SSL.clearOptions(engine.sslPointer(), SSL.SSL_OP_NO_TICKET);
            case SESSION_ID -> SSL.setOptions(engine.sslPointer(), SSL.SSL_OP_NO_TICKET);
        }
        long session = first.get();
        if (session != 0) {
            SSL.setSession(engine.sslPointer(), session);
        }
        return new BoringSslEngine(
                engine,
                BoringSslEngine.Role.CLIENT,
                new TicketSource(new TicketKey(new SecureRandom()), InstantSource.system()),
                new ClientSecrets());
    }

    @Override
    public void release(SSLEngine engine) {
        ((BoringSslEngine) engine).netty().release();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        long session = first.getAndSet(0);
        if (session != 0) {
            SSLSession.free(session);
        }
        context.release();
    }

    private record FirstOnly(AtomicLong first) implements SSLSessionCache {
        @Override
        public boolean sessionCreated(long ssl, long session) {
            return first.compareAndSet(0, session);
        }

        @Override
        public long getSession(long ssl, byte[] sessionId) {
            return -1;
        }
    }
}
