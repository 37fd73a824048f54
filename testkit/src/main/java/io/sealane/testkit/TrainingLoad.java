package io.sealane.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Pattern;

/// What a server does once while it is built, so that Java keeps the classes that this takes: a
/// session of each kind of connection, with uploads, downloads and listings.
public final class TrainingLoad {
    private static final byte[] CONTENT =
            "How many octets has a line? This one has more than some.\n"
                    .repeat(1 << 14)
                    .getBytes(US_ASCII);

    private final InetAddress host = InetAddress.getLoopbackAddress();
    private final int explicit;
    private final int implicit;
    private final int plain;
    private final String user;
    private final String password;

    private TrainingLoad(List<Integer> ports, String user, String password) {
        this.explicit = ports.get(0);
        this.implicit = ports.get(1);
        this.plain = ports.get(2);
        this.user = user;
        this.password = password;
    }

    /// Takes what a server on the loopback says once it is ready, which has a listener for explicit
    /// TLS, one for implicit TLS and one for none, in this order; a user's name; and the password.
    /// The user's folder is left empty.
    public static void main(String[] arguments) throws IOException {
        List<Integer> ports =
                Pattern.compile(":([0-9]+)\\b")
                        .matcher(arguments[0])
                        .results()
                        .map(port -> Integer.valueOf(port.group(1)))
                        .toList();
        new TrainingLoad(ports, arguments[1], arguments[2]).run();
    }

    private void run() throws IOException {
        use(explicit(TlsChoice.TLS_1_3));
        use(explicit(TlsChoice.TLS_1_2));
        use(implicit());
        use(clear());
    }

    private ProbeClient explicit(TlsChoice choice) throws IOException {
        return ProbeClient.connect(at(explicit), ProbeClient.Settings.DEFAULTS.tls(choice))
                .expect(220)
                .startTls()
                .login(user, password)
                .protect();
    }

    private ProbeClient implicit() throws IOException {
        return ProbeClient.implicit(at(implicit)).expect(220).login(user, password).protect();
    }

    private ProbeClient clear() throws IOException {
        return ProbeClient.connect(at(plain)).expect(220).login(user, password);
    }

    private InetSocketAddress at(int port) {
        return new InetSocketAddress(host, port);
    }

    private static void use(ProbeClient opened) throws IOException {
        try (ProbeClient client = opened) {
            for (String type : List.of("TYPE I", "TYPE A")) {
                client.send(type).expect(200);
                client.upload("STOR file", CONTENT).expect(150, 226);
                client.send("SIZE file").expect(213).send("MDTM file").expect(213);
                client.download("RETR file").expect(150, 226);
            }
            client.send("CWD /").expect(250).send("PWD").expect(257);
            client.download("LIST").expect(150, 226);
            client.download("MLSD").expect(150, 226);
            client.download("NLST").expect(150, 226);
            client.send("DELE file").expect(250).send("QUIT").expect(221).awaitEnd();
        }
    }
}
