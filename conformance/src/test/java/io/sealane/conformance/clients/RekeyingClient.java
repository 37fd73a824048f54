package io.sealane.conformance.clients;

import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.RandomBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;

/// A process of its own, whose TLS 1.3 asks for a KeyUpdate (RFC 8446 section 4.6.3) with each
/// mebibyte, in both directions, wherever the server answers it.
final class RekeyingClient {
    /// The security property that says so is read once in a process.
    static final String KEY_LIMITS =
            "jdk.tls.keyLimits=AES/GCM/NoPadding KeyUpdate 2^20, ChaCha20-Poly1305 KeyUpdate 2^20";

    static final String SAME = "came back as it went";

    /// Of JSSE, in what it says to standard error, for each answer.
    static final String ANSWERED = "Consuming KeyUpdate post-handshake message";

    private static final byte[] CONTENT = new RandomBytes(9, 48L << 20).toArray();

    private RekeyingClient() {}

    /// @param arguments the port of an explicit listener and a folder of the user's
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress server =
                new InetSocketAddress(
                        InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(arguments[0]));
        String file = arguments[1] + "/rekeyed";
        try (ProbeClient client = ProbeClient.connect(server)) {
            client.expect(220)
                    .startTls()
                    .login(PackagedServer.USER, PackagedServer.PASSWORD)
                    .protect()
                    .send("TYPE I")
                    .expect(200);
            client.upload("STOR " + file, CONTENT).expect(150, 226);
            byte[] back = client.download("RETR " + file).expect(150, 226).content();
            System.out.println(Arrays.equals(back, CONTENT) ? SAME : "is another");
        }
    }

    /// The command line of such a process, but for the program itself.
    static String[] commandLine(Path keyLimits, PackagedServer server, String folder) {
        return new String[] {
            "-Djava.security.properties=" + keyLimits,
            "-Djavax.net.debug=ssl:handshake",
            "-cp",
            System.getProperty("java.class.path"),
            RekeyingClient.class.getName(),
            Integer.toString(server.port(Mode.EXPLICIT)),
            folder
        };
    }
}
