package io.sealane.tls.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import io.sealane.core.tls.ClientCertificates;
import io.sealane.core.tls.ClientCheck;
import io.sealane.testkit.TestCertificate;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// That the raw pointers are the right ones: a wrong one would have ended the JVM.
final class BoringSslNativeTest {
    private ReferenceCountedOpenSslContext context = newContext();

    private static ReferenceCountedOpenSslContext newContext() {
        try {
            return (ReferenceCountedOpenSslContext)
                    SslContextBuilder.forServer(
                                    TestCertificate.ec().key(), TestCertificate.ec().certificate())
                            .sslProvider(SslProvider.OPENSSL_REFCNT)
                            .trustManager(
                                    new BoringSslClientVerifier(
                                            new ClientCheck(ClientCertificates.NONE)))
                            .build();
        } catch (SSLException cause) {
            throw new IllegalStateException(cause);
        }
    }

    @BeforeEach
    void usable() {
        BoringSslNative.ensureUsable();
    }

    @AfterEach
    void release() {
        if (context.refCnt() > 0) {
            context.release();
        }
    }

    /// What netty sets by default is what is wanted.
    @Test
    void the_server_chooses() {
        long pointer = BoringSslNative.pointerOf(context);
        assertThat(SSLContext.getOptions(pointer) & SSL.SSL_OP_CIPHER_SERVER_PREFERENCE)
                .isNotZero();
    }

    @Test
    void the_lifetime_is_set() {
        BoringSslNative.setLifetime(context, 17);
        assertThat(SSLContext.getSessionCacheTimeout(BoringSslNative.pointerOf(context)))
                .isEqualTo(17);
    }

    @Test
    void a_released_context_is_refused() {
        context.release();
        assertThatThrownBy(() -> BoringSslNative.setLifetime(context, 17))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_released_engine_is_refused() {
        ReferenceCountedOpenSslEngine engine =
                (ReferenceCountedOpenSslEngine) context.newEngine(UnpooledByteBufAllocator.DEFAULT);
        assertThat(BoringSslNative.resumed(engine)).isFalse();
        engine.release();
        assertThatThrownBy(() -> BoringSslNative.resumed(engine))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> BoringSslNative.lifetime(engine))
                .isInstanceOf(IllegalStateException.class);
        assertThat(BoringSslNative.flush(engine)).isFalse();
        BoringSslNative.makeNoTickets(engine);
    }
}
