package io.sealane.server.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/// What a server says before anybody has logged in. Belongs to one thread.
final class CommandChecks {
    /// A name that no account should have; no password is ever sent for it.
    static final String NAME = "sealane-doctor";

    private static final String WHETHER_LOGINS_NEED_TLS = "whether a login needs TLS: ";

    /// How long an answer that nobody should give is waited for.
    private static final Duration UNWANTED_PATIENCE = Duration.ofSeconds(1);

    /// Two or three numbers; an IPv4 address has four.
    private static final Pattern VERSION =
            Pattern.compile("(?<![\\d.])\\d+\\.\\d+(\\.\\d+)?(?!\\.?\\d)");

    private final Site site;
    private final Notebook notes;
    private Optional<NameAnswer> inClear = Optional.empty();
    private Optional<NameAnswer> insideTls = Optional.empty();

    CommandChecks(Site site, Notebook notes) {
        this.site = site;
        this.notes = notes;
    }

    /// What is said in the clear, at a port that greets in the clear.
    ///
    /// @return FEAT's answer
    Optional<Features> clear() throws IOException {
        try (Wire wire = site.connect()) {
            FtpControl control = FtpControl.over(wire, site.times()::next);
            greeting(Site.greeting(control));
            Reply feat = control.say("FEAT");
            Optional<Features> features = features(feat);
            if (features.isEmpty() && site.door() == Door.EXPLICIT) {
                notes.add(Finding.FEAT_REFUSED, feat.shown());
            }
            features.ifPresent(this::authInFeatures);
            if (site.door() == Door.EXPLICIT) {
                inClear = Optional.of(NameAnswer.ask(control));
            }
            return features;
        }
    }

    private void greeting(Reply greeting) {
        if (tellsVersion(greeting)) {
            notes.add(Finding.GREETING_TELLS_VERSION, greeting.shown());
        }
    }

    static boolean tellsVersion(Reply greeting) {
        return greeting.lines().stream().anyMatch(line -> VERSION.matcher(line).find());
    }

    static Optional<Features> features(Reply feat) {
        return feat.isGood() ? Optional.of(Features.parse(feat)) : Optional.empty();
    }

    private void authInFeatures(Features features) {
        if (site.door() == Door.EXPLICIT && !features.hasAuthTls()) {
            notes.add(Finding.FEAT_WITHOUT_TLS, "FEAT has no AUTH TLS");
        }
        if (site.door() == Door.PLAIN && features.hasAuthTls()) {
            notes.add(Finding.FEAT_CONTRADICTED, "FEAT names AUTH TLS, which is refused");
        }
    }

    /// Says inside TLS the name that was refused in the clear.
    void login() throws IOException {
        if (inClear.filter(NameAnswer::isRefusal).isPresent()) {
            try (FtpControl control = site.secured(site.freshClient(), List.of())) {
                insideTls = Optional.of(NameAnswer.ask(control));
            }
        }
    }

    /// Notes whether a login needs TLS. A name that is refused in the clear says so only if it is
    /// not refused inside TLS: some servers refuse at USER whom they do not know.
    void reportLogin() {
        if (inClear.isEmpty()) {
            return;
        }
        String seen = "USER: " + inClear.get().seen();
        if (!inClear.get().isRefusal()) {
            notes.add(Finding.CLEAR_LOGIN, seen);
        } else if (insideTls.isEmpty()) {
            notes.add(
                    Finding.NOT_EXAMINED, WHETHER_LOGINS_NEED_TLS + seen + ", not said inside TLS");
        } else if (insideTls.get().isRefusal()) {
            notes.add(
                    Finding.NOT_EXAMINED,
                    WHETHER_LOGINS_NEED_TLS
                            + "USER is refused inside TLS, too: "
                            + insideTls.get().seen());
        } else {
            notes.add(Finding.LOGIN_NEEDS_TLS, seen);
        }
    }

    /// What is said inside TLS.
    ///
    /// @return how PROT is answered, if the server says so before the login
    Optional<ProtLevels> secured(Optional<Features> seenInClear) throws IOException {
        try (FtpControl control = site.secured(site.freshClient(), List.of())) {
            Optional<Features> features = features(control.say("FEAT"));
            features.or(() -> seenInClear).ifPresent(seen -> report(seen, site, notes));
            ProtLevels levels = ProtLevels.ask(control);
            if (levels.needLogin()) {
                return Optional.empty();
            }
            levels.report(notes);
            return Optional.of(levels);
        }
    }

    static void report(Features features, Site site, Notebook notes) {
        List<String> missing = features.missing(site.door());
        notes.add(
                missing.isEmpty() ? Finding.FEAT_COMPLETE : Finding.FEAT_INCOMPLETE,
                missing.isEmpty()
                        ? "nothing is missing"
                        : "missing: " + String.join(", ", missing));
        if (!features.malformed().isEmpty()) {
            notes.add(Finding.FEAT_MALFORMED, "for example: " + features.malformed().getFirst());
        }
        if (!features.halves().isEmpty()) {
            notes.add(Finding.FEAT_CONTRADICTED, String.join(", ", features.halves()));
        }
    }

    /// The reply code of AUTH TLS.
    void authCode() throws IOException {
        try (FtpControl control = site.greeted()) {
            Reply reply = control.say("AUTH TLS");
            if (reply.code() != 234) {
                notes.add(Finding.AUTH_CODE, reply.shown());
            }
        }
    }

    /// Sends a command in the clear in one segment with AUTH TLS. A server that keeps it for the
    /// protected session serves what somebody on the way has put there. To be asked where
    /// handshakes succeed, or a failure says nothing.
    void injection() throws IOException {
        try (FtpControl control = site.greeted()) {
            byte[] octets = "AUTH TLS\r\nNOOP\r\n".getBytes(StandardCharsets.US_ASCII);
            control.link().write(octets, site.times().next());
            injection(control);
        }
    }

    private void injection(FtpControl control) throws IOException {
        try {
            Optional<String> answered = answerInside(control);
            notes.add(
                    answered.isPresent() ? Finding.AUTH_INJECTION : Finding.AUTH_IS_A_WALL,
                    answered.orElse("NOOP behind AUTH TLS was not served inside TLS"));
        } catch (ConnectionEnded | SSLException ended) {
            notes.add(Finding.AUTH_IS_A_WALL, "AUTH TLS, NOOP: " + Notebook.reason(ended));
        }
    }

    private Optional<String> answerInside(FtpControl control) throws IOException {
        Reply auth = control.read();
        if (auth.isRefusal() || control.hasMore()) {
            return Optional.empty(); // Refused, or answered in the clear.
        }
        TlsClient tls = site.freshClient();
        control.continueOver(tls.handshake((Wire) control.link(), List.of(), site.times().next()));
        Optional<Reply> early = control.readWithin(UNWANTED_PATIENCE);
        if (early.isPresent()) {
            return early.map(reply -> "answered inside TLS: " + reply.shown());
        }
        Reply own = control.say("SYST");
        return control.readWithin(UNWANTED_PATIENCE)
                .map(second -> "two answers to one command inside TLS: " + own.shown());
    }

    /// How a name was answered, which no account should have.
    ///
    /// @param seen the reply, or how the connection ended
    private record NameAnswer(boolean isRefusal, String seen) {
        static NameAnswer ask(FtpControl control) throws IOException {
            try {
                Reply reply = control.say("USER " + NAME);
                return new NameAnswer(reply.isRefusal(), reply.shown());
            } catch (ConnectionEnded ended) {
                return new NameAnswer(true, Notebook.reason(ended));
            }
        }
    }
}
