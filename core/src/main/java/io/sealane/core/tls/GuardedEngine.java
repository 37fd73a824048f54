package io.sealane.core.tls;

import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/// An engine that nobody is inside of when it is released, and nobody enters afterwards.
///
/// Security: a native engine is a pointer. Used after it was freed it takes the whole process down,
/// with every session in it. So each step into the engine holds one lock and looks at one flag, and
/// [#release] does too. No step does I/O: whoever waits here waits for arithmetic, at worst one
/// signature.
///
/// Safe from any thread.
final class GuardedEngine {
    private final SessionTls session;
    private final SSLEngine engine;
    private final String applicationProtocol;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean released;

    /// Adopts `engine`, which `session` made.
    ///
    /// @param applicationProtocol what is spoken inside
    GuardedEngine(SessionTls session, SSLEngine engine, String applicationProtocol) {
        this.session = session;
        this.engine = engine;
        this.applicationProtocol = applicationProtocol;
    }

    void beginHandshake() throws SSLException, AsynchronousCloseException {
        enter();
        try {
            engine.beginHandshake();
        } finally {
            lock.unlock();
        }
    }

    HandshakeStatus status() throws AsynchronousCloseException {
        enter();
        try {
            return engine.getHandshakeStatus();
        } finally {
            lock.unlock();
        }
    }

    void runTasks() throws AsynchronousCloseException {
        enter();
        try {
            Runnable task = engine.getDelegatedTask();
            while (task != null) {
                task.run();
                task = engine.getDelegatedTask();
            }
        } finally {
            lock.unlock();
        }
    }

    SSLEngineResult wrap(ByteBuffer source, ByteBuffer target)
            throws SSLException, AsynchronousCloseException {
        enter();
        try {
            return engine.wrap(source, target);
        } finally {
            lock.unlock();
        }
    }

    SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target)
            throws SSLException, AsynchronousCloseException {
        enter();
        try {
            return engine.unwrap(source, target);
        } finally {
            lock.unlock();
        }
    }

    void closeOutbound() throws AsynchronousCloseException {
        enter();
        try {
            engine.closeOutbound();
        } finally {
            lock.unlock();
        }
    }

    boolean outboundDone() throws AsynchronousCloseException {
        enter();
        try {
            return engine.isOutboundDone();
        } finally {
            lock.unlock();
        }
    }

    void offerTicket() throws AsynchronousCloseException {
        enter();
        try {
            session.offerTicket(engine);
        } finally {
            lock.unlock();
        }
    }

    Handshake describe() throws AsynchronousCloseException {
        enter();
        try {
            return session.describe(engine);
        } finally {
            lock.unlock();
        }
    }

    String applicationProtocol() {
        return applicationProtocol;
    }

    TlsAcceptance accepts() {
        return session.accepts();
    }

    Optional<String> peerAlert(SSLException failure) {
        return session.peerAlert(failure);
    }

    /// Gives the engine back, once. Waits for whoever is inside.
    void release() {
        lock.lock();
        try {
            if (!released) {
                released = true;
                session.release(engine);
            }
        } finally {
            lock.unlock();
        }
    }

    private void enter() throws AsynchronousCloseException {
        lock.lock();
        if (released) {
            lock.unlock();
            throw new AsynchronousCloseException();
        }
    }
}
