package io.sealane.server.doctor;

import io.sealane.server.doctor.Login.WrongCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A control connection that has logged in by TLS, and the client whose session it has. Belongs to
/// one thread.
record Member(FtpControl control, TlsClient tls) implements AutoCloseable {
    /// A login that came to nothing.
    ///
    /// @param finding what that means
    record Refusal(Finding finding, String seen) {}

    /// Logs in, or says why not.
    sealed interface Outcome {
        record In(Member member) implements Outcome {}

        record Out(Refusal refusal) implements Outcome {}
    }

    /// Logs in. The password goes to a server alone whose certificate is good in this handshake,
    /// unless the user wants it otherwise.
    static Outcome enter(Site site, Login login, Trust trust, Instant now) throws IOException {
        TlsClient tls = site.freshClient();
        FtpControl control = site.secured(tls, List.of());
        try {
            List<X509Certificate> chain = tls.chain().orElse(List.of());
            boolean good =
                    !chain.isEmpty()
                            && new CertificateChecks(chain, site.target(), trust, now).areGood();
            if (!good && login.trust() == WrongCertificate.REFUSED) {
                control.close();
                return out(
                        Finding.NOT_EXAMINED,
                        "data connections: the certificate is not good, so the password was not"
                                + " sent; needs --trust FILE or --unverified");
            }
            Reply reply = control.say("USER " + login.user());
            if (reply.code() == 331) {
                reply = pass(control, login.password().expose());
            }
            if (reply.isGood()) {
                return new Outcome.In(new Member(control, tls));
            }
            control.close();
            return out(Finding.LOGIN_FAILED, reply.shown());
        } catch (IOException failed) {
            control.close();
            throw failed;
        }
    }

    private static Outcome out(Finding finding, String seen) {
        return new Outcome.Out(new Refusal(finding, seen));
    }

    /// Security: the line is wiped here and its copy in [FtpControl#send]; whoever owns the
    /// password wipes that.
    private static Reply pass(FtpControl control, byte[] password) throws IOException {
        byte[] verb = "PASS ".getBytes(StandardCharsets.US_ASCII);
        byte[] line = Arrays.copyOf(verb, verb.length + password.length);
        System.arraycopy(password, 0, line, verb.length, password.length);
        try {
            control.send(line);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
        return control.read();
    }

    /// Protects data connections from here on.
    void protect() throws IOException {
        say("PBSZ 0");
        expectGood(say("PROT P"), "PROT P");
    }

    Reply say(String command) throws IOException {
        return control.say(command);
    }

    static void expectGood(Reply reply, String command) throws UnusableAnswer {
        if (!reply.isGood()) {
            throw new UnusableAnswer(command + " is answered with " + reply.shown());
        }
    }

    /// The control connection's sessions, to be resumed.
    Optional<TlsClient> resuming() {
        return Optional.of(tls);
    }

    @Override
    public void close() {
        try {
            control.say("QUIT");
        } catch (IOException _) {
            // It may be gone already.
        } finally {
            control.close();
        }
    }
}
