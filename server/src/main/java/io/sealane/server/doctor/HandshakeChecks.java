package io.sealane.server.doctor;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// What is seen in whole handshakes: certificate, ALPN, resumption. Belongs to one thread. Only
/// where a handshake has succeeded does another's failure say something of what it tried.
final class HandshakeChecks {
    private static final List<String> WEB = List.of("h2", "http/1.1");
    private static final List<String> FTP = List.of("ftp");
    private static final String NO_PROTOCOL = "no_application_protocol";

    private final Site site;
    private final Notebook notes;

    HandshakeChecks(Site site, Notebook notes) {
        this.site = site;
        this.notes = notes;
    }

    /// What the server shows in a handshake, and whether it wants to be shown something.
    Optional<List<X509Certificate>> chain() throws IOException {
        TlsClient tls = site.freshClient();
        try (FtpControl control = site.secured(tls, List.of())) {
            if (tls.wasAskedForCertificate()) {
                control.say("NOOP"); // In TLS 1.3 a refusal comes when the client is through.
                notes.add(Finding.CLIENT_CERTIFICATE_ASKED, "in the handshake");
            }
        } catch (SSLException | ConnectionEnded refused) {
            if (!tls.wasAskedForCertificate()) {
                throw refused;
            }
            notes.add(Finding.CLIENT_CERTIFICATE_REQUIRED, Notebook.reason(refused));
        }
        return tls.chain();
    }

    /// Connects twice by one client, the second time to resume.
    void resumption() throws IOException {
        TlsClient tls = site.freshClient();
        try (FtpControl control = site.secured(tls, List.of())) {
            control.say("NOOP"); // What comes before its answer are the tickets.
        }
        try (FtpControl control = site.secured(tls, List.of())) {
            TlsLink link = (TlsLink) control.link();
            notes.add(
                    Finding.CONTROL_RESUMPTION,
                    link.version() + (tls.chain().isEmpty() ? ": resumed" : ": not resumed"));
        }
    }

    void foreignProtocol() throws IOException {
        try (FtpControl control = site.atTls()) {
            foreignProtocol(control);
        }
    }

    private void foreignProtocol(FtpControl atTls) throws IOException {
        try {
            String chosen = site.secure(atTls, site.freshClient(), WEB).applicationProtocol();
            if (chosen.isEmpty()) {
                notes.add(Finding.ALPN_LENIENT, "h2 and http/1.1 offered, none chosen, let in");
            } else {
                notes.add(Finding.ALPN_FOREIGN, Reply.shown(chosen) + " chosen");
            }
        } catch (SSLException | ConnectionEnded refused) {
            String reason = Notebook.reason(refused);
            notes.add(
                    Finding.ALPN_STRICT,
                    reason.contains(NO_PROTOCOL) ? NO_PROTOCOL : "refused: " + reason);
        }
    }

    void ownProtocol() throws IOException {
        try (FtpControl control = site.atTls()) {
            ownProtocol(control);
        }
    }

    private void ownProtocol(FtpControl atTls) throws IOException {
        try {
            String chosen = site.secure(atTls, site.freshClient(), FTP).applicationProtocol();
            notes.add(Finding.ALPN_FTP, chosen.isEmpty() ? "none chosen" : "chosen: " + chosen);
        } catch (SSLException | ConnectionEnded refused) {
            notes.add(Finding.ALPN_FTP_REFUSED, Notebook.reason(refused));
        }
    }
}
