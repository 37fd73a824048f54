package io.sealane.tls.boringssl;

import io.netty.internal.tcnative.KeyLogCallback;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The secrets by which clients protect what they say on data connections in TLS 1.3, from the
/// handshake until the engine asks for its own. Safe from any thread.
///
/// Security: they stay in memory, each as long as its connection. What a client sends is protected
/// by them, and not what it is sent.
final class ClientSecrets implements KeyLogCallback {
    private static final byte[] LABEL =
            "CLIENT_TRAFFIC_SECRET_0 ".getBytes(StandardCharsets.US_ASCII);

    /// Lines of the key log by the engine that they are of: one per handshake under way.
    private final Map<Long, byte[]> lines = new ConcurrentHashMap<>();

    /// Takes a line of the key log: label, client random, secret (SSLKEYLOGFILE format). Called
    /// from within the handshake.
    @Override
    public void handle(long ssl, byte[] line) {
        if (Arrays.equals(LABEL, 0, LABEL.length, line, 0, Math.min(LABEL.length, line.length))) {
            lines.put(ssl, line);
        }
    }

    /// The secret of an engine whose handshake is over, once; empty in TLS 1.2. It is read when it
    /// is asked for, which for nearly all connections is never.
    Optional<Supplier<byte[]>> take(long ssl) {
        return Optional.ofNullable(lines.remove(ssl)).map(line -> () -> secret(line));
    }

    /// Forgets what an engine that is released had not asked for.
    void forget(long ssl) {
        lines.remove(ssl);
    }

    private static byte[] secret(byte[] line) {
        String text = new String(line, StandardCharsets.US_ASCII);
        return HexFormat.of().parseHex(text, text.lastIndexOf(' ') + 1, text.length());
    }
}
