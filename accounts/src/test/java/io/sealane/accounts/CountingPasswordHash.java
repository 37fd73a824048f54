package io.sealane.accounts;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/// A hash that is none (`plain:` and the password in hexadecimal), counts what it verifies, and can
/// be held up until the test opens it.
final class CountingPasswordHash implements PasswordHash {
    static final String DECOY = "plain:no password has this form";

    private final Queue<String> verified = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final CountDownLatch opened;

    private CountingPasswordHash(CountDownLatch opened) {
        this.opened = opened;
    }

    static CountingPasswordHash open() {
        return new CountingPasswordHash(new CountDownLatch(0));
    }

    /// Every verification waits for [#proceed].
    static CountingPasswordHash heldUp() {
        return new CountingPasswordHash(new CountDownLatch(1));
    }

    void proceed() {
        opened.countDown();
    }

    /// Verifications that have begun.
    int count() {
        return verified.size();
    }

    /// The stored hashes that were verified, in order.
    Queue<String> verified() {
        return verified;
    }

    Queue<Thread> threads() {
        return threads;
    }

    @Override
    public String hash(Secret secret) {
        return "plain:" + HexFormat.of().formatHex(secret.expose());
    }

    @Override
    public boolean verify(Secret secret, String encoded) {
        threads.add(Thread.currentThread());
        verified.add(encoded);
        boolean interrupted = false;
        while (true) {
            try {
                opened.await();
                break;
            } catch (InterruptedException _) {
                interrupted = true; // a real hash does not hear it either
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (encoded.equals("defect")) {
            throw new IllegalStateException("a defect, as the test wants it");
        }
        return hash(secret).equals(encoded);
    }

    @Override
    public String decoy() {
        return DECOY;
    }

    static String hashOf(String password) {
        return "plain:" + HexFormat.of().formatHex(password.getBytes(StandardCharsets.UTF_8));
    }
}
