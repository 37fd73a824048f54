package io.sealane.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Pattern;

/// What a server does once while it is built, so that Java can keep with its classes which methods
/// that takes and how often (JEP 515): logins, small files, large ones and listings, by each kind
/// of connection. The counts are such that Java takes for often used what serving uses often.
public final class TrainingLoad {
    private static final int SMALL_BYTES = 4096;
    private static final byte[] LARGE =
            "How many octets has a line? This one has more than some.\n"
                    .repeat(1 << 20)
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
    /// The user's folder is left full.
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
        Opening tls13 = () -> explicit(TlsChoice.TLS_1_3);
        Opening tls12 = () -> explicit(TlsChoice.TLS_1_2);
        logIn(tls13, 800);
        logIn(tls12, 100);
        logIn(this::implicit, 100);
        logIn(this::clear, 100);
        moveSmall(tls13, 1500);
        moveSmall(tls12, 200);
        moveSmall(this::clear, 200);
        list(tls13, 40);
        list(this::clear, 10);
        moveLarge(tls13, 3);
        moveLarge(tls12, 2);
        moveLarge(this::clear, 3);
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

    private static void logIn(Opening opening, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (ProbeClient client = opening.open()) {
                client.send("QUIT").expect(221).awaitEnd();
            }
        }
    }

    private static void moveSmall(Opening opening, int times) throws IOException {
        byte[] content = new byte[SMALL_BYTES];
        try (ProbeClient client = opening.open()) {
            client.send("TYPE I").expect(200);
            for (int i = 0; i < times; i++) {
                client.upload("STOR small" + i, content).expect(150, 226);
                client.send("SIZE small" + i).expect(213).send("MDTM small" + i).expect(213);
                client.download("RETR small" + i).expect(150, 226);
            }
        }
    }

    private static void list(Opening opening, int times) throws IOException {
        try (ProbeClient client = opening.open()) {
            for (int i = 0; i < times; i++) {
                client.send("CWD /").expect(250).send("PWD").expect(257);
                client.download("LIST").expect(150, 226);
                client.download("MLSD").expect(150, 226);
                client.download("NLST").expect(150, 226);
            }
        }
    }

    private static void moveLarge(Opening opening, int times) throws IOException {
        try (ProbeClient client = opening.open()) {
            for (String type : List.of("TYPE I", "TYPE A")) {
                client.send(type).expect(200);
                for (int i = 0; i < times; i++) {
                    client.upload("STOR large", LARGE).expect(150, 226);
                    client.download("RETR large", OutputStream.nullOutputStream()).expect(150, 226);
                }
            }
        }
    }

    /// Connects and logs in.
    private interface Opening {
        ProbeClient open() throws IOException;
    }
}
