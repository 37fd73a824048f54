package io.sealane.tls.boringssl;

import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.Buffer;
import io.netty.internal.tcnative.KeyLogCallback;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;

/// The calls of tcnative that take raw pointers, and there are no others in Sealane.
///
/// Security: a wrong pointer ends the JVM. `SSLContext` methods take the address of tcnative's own
/// structure, which netty keeps in a field, and not that of the `SSL_CTX`, which is what netty's
/// `sslCtxPointer()` tells. Each caller holds a reference to the context or engine it passes.
final class BoringSslNative {
    private static final VarHandle CONTEXT_POINTER = contextPointer();

    private static final String TLS_1_3 = "TLSv1.3";

    // An address is asked for even where nothing is read from it; this one stays valid.
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(1);
    private static final long NOTHING_ADDRESS = Buffer.address(NOTHING);

    /// Makes something of what is in a BIO.
    @FunctionalInterface
    private interface Reader {
        long read(long bio) throws Exception;
    }

    private BoringSslNative() {}

    /// Throws an [IllegalStateException] or [LinkageError] where netty is not the one this was
    /// written for.
    static void ensureUsable() {
        if (CONTEXT_POINTER.varType() != long.class) {
            throw new IllegalStateException("netty's context has another pointer");
        }
    }

    /// Keeps a server engine from making TLS 1.3 tickets. To be called when the ClientHello was
    /// answered: before that it would also refuse the ticket in it. In TLS 1.2 a ticket that was
    /// announced is a part of the handshake and stays.
    static void makeNoTickets(ReferenceCountedOpenSslEngine engine) {
        long pointer = engine.sslPointer();
        if (pointer != 0 && TLS_1_3.equals(SSL.getVersion(pointer))) {
            SSL.setOptions(pointer, SSL.SSL_OP_NO_TICKET);
        }
    }

    /// Moves what BoringSSL keeps back for the next write (tickets, the answer to a KeyUpdate) to
    /// where a `wrap` finds it: a write of nothing makes no record and does that.
    ///
    /// @return whether a `wrap` is worth while
    static boolean flush(ReferenceCountedOpenSslEngine engine) {
        long pointer = engine.sslPointer();
        if (pointer == 0 || !TLS_1_3.equals(SSL.getVersion(pointer))) {
            return false;
        }
        SSL.writeToSSL(pointer, NOTHING_ADDRESS, 0);
        SSL.clearError();
        return true;
    }

    /// Sets the lifetime of TLS 1.2 sessions established from now on.
    static void setLifetime(ReferenceCountedOpenSslContext context, long seconds) {
        SSLContext.setSessionCacheTimeout(pointerOf(context), seconds);
    }

    /// Has BoringSSL tell `log` the secrets of each handshake from now on.
    static void logKeys(ReferenceCountedOpenSslContext context, KeyLogCallback log) {
        if (!SSLContext.setKeyLogCallback(pointerOf(context), log)) {
            throw new IllegalStateException("BoringSSL tells no secrets");
        }
    }

    /// Reads a chain of certificates, leaf first.
    ///
    /// @return its address; [#freeChain] frees it
    static long readChain(byte[] pem) throws SSLException {
        return read(pem, SSL::parseX509Chain);
    }

    /// Reads a private key.
    ///
    /// @return its address; [#freeKey] frees it
    static long readKey(byte[] pem) throws SSLException {
        return read(pem, bio -> SSL.parsePrivateKey(bio, null));
    }

    private static long read(byte[] pem, Reader reader) throws SSLException {
        ByteBuffer text = ByteBuffer.allocateDirect(pem.length).put(pem);
        try {
            long bio = SSL.newMemBIO();
            try {
                if (SSL.bioWrite(bio, Buffer.address(text), pem.length) != pem.length) {
                    throw new SSLException("BoringSSL has no memory for a certificate");
                }
                return reader.read(bio);
            } finally {
                SSL.freeBIO(bio);
            }
        } catch (SSLException refused) {
            throw refused;
        } catch (Exception refused) { // All that tcnative declares.
            throw new SSLException("BoringSSL cannot read it: " + refused.getMessage(), refused);
        } finally {
            text.clear().put(new byte[pem.length]);
        }
    }

    static void freeChain(long chain) {
        SSL.freeX509Chain(chain);
    }

    static void freeKey(long key) {
        SSL.freePrivateKey(key);
    }

    /// Has an engine show a chain that was read, by its key. Both stay the caller's.
    static void setIdentity(ReferenceCountedOpenSslEngine engine, long chain, long key)
            throws SSLException {
        long pointer = pointerOf(engine);
        try {
            SSL.setKeyMaterial(pointer, chain, key);
        } catch (Exception refused) { // All that tcnative declares.
            throw new SSLException("BoringSSL refused: " + refused.getMessage(), refused);
        }
    }

    /// Keeps engines of `context` from asking netty's key manager.
    static void askNoKeyManager(ReferenceCountedOpenSslContext context) {
        SSLContext.setCertificateCallback(pointerOf(context), null);
    }

    /// Whether the finished handshake of `engine` resumed a session.
    static boolean resumed(ReferenceCountedOpenSslEngine engine) {
        return SSL.isSessionReused(pointerOf(engine));
    }

    /// What is left of the lifetime, in seconds, of the session that `engine` established or
    /// resumed: BoringSSL counts it down as time passes.
    static long lifetime(ReferenceCountedOpenSslEngine engine) {
        return SSL.getTimeout(pointerOf(engine));
    }

    private static long pointerOf(ReferenceCountedOpenSslEngine engine) {
        long pointer = engine.sslPointer();
        if (pointer == 0) {
            throw new IllegalStateException("the engine is released");
        }
        return pointer;
    }

    static long pointerOf(ReferenceCountedOpenSslContext context) {
        long pointer = context.refCnt() > 0 ? (long) CONTEXT_POINTER.get(context) : 0;
        if (pointer == 0) {
            throw new IllegalStateException("the context is released");
        }
        return pointer;
    }

    private static VarHandle contextPointer() {
        try {
            return MethodHandles.privateLookupIn(
                            ReferenceCountedOpenSslContext.class, MethodHandles.lookup())
                    .findVarHandle(ReferenceCountedOpenSslContext.class, "ctx", long.class);
        } catch (ReflectiveOperationException cause) {
            throw new IllegalStateException("netty's context has no pointer", cause);
        }
    }
}
