package io.sealane.conformance;

import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.TestCertificate;
import io.sealane.testkit.TlsChoice;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// How a session and its data connections are protected, and by which library.
enum Security {
    PLAIN(Library.JSSE, Door.PLAIN, TlsChoice.DEFAULTS),
    JSSE_1_2(Library.JSSE, Door.EXPLICIT, TlsChoice.TLS_1_2),
    JSSE_1_3(Library.JSSE, Door.EXPLICIT, TlsChoice.TLS_1_3),
    BORINGSSL_1_2(Library.BORINGSSL, Door.EXPLICIT, TlsChoice.TLS_1_2),
    BORINGSSL_1_3(Library.BORINGSSL, Door.EXPLICIT, TlsChoice.TLS_1_3);

    private final Library library;
    private final Door door;
    private final TlsChoice choice;

    Security(Library library, Door door, TlsChoice choice) {
        this.library = library;
        this.door = door;
        this.choice = choice;
    }

    static List<Security> byTls() {
        return Arrays.stream(values()).filter(Security::tls).toList();
    }

    static Stream<Security> all() {
        return Arrays.stream(values());
    }

    boolean tls() {
        return this != PLAIN;
    }

    TlsChoice choice() {
        return choice;
    }

    /// The options of a server that speaks it.
    TestServer.Options options() {
        return TestServer.Options.DEFAULTS.with(library);
    }

    /// A client that was greeted and speaks TLS, not logged in.
    ProbeClient secured(TestServer server) throws IOException {
        return secured(server, choice);
    }

    /// The same with a certificate to show.
    ProbeClient secured(TestServer server, TestCertificate shown) throws IOException {
        return secured(server, choice.keyManagers(shown.keyManager()));
    }

    private ProbeClient secured(TestServer server, TlsChoice with) throws IOException {
        ProbeClient client =
                server.greeted(door, Family.IPV4, ProbeClient.Settings.DEFAULTS.tls(with));
        try {
            return client.startTls();
        } catch (IOException | RuntimeException | AssertionError failure) {
            client.close();
            throw failure;
        }
    }

    /// A member of a server with these [#options].
    ProbeClient member(TestServer server) throws IOException {
        return member(server, Family.IPV4);
    }

    ProbeClient member(TestServer server, Family family) throws IOException {
        return member(server, family, ProbeClient.Settings.DEFAULTS);
    }

    /// A member that comes from this IPv4 address.
    ProbeClient member(TestServer server, InetAddress from) throws IOException {
        return member(server, Family.IPV4, ProbeClient.Settings.DEFAULTS.from(from));
    }

    private ProbeClient member(TestServer server, Family family, ProbeClient.Settings settings)
            throws IOException {
        return tls()
                ? server.securedMember(door, family, settings.tls(choice))
                : server.plainMember(door, family, settings);
    }
}
