package io.sealane.server.doctor;

import io.sealane.server.doctor.ServerAnswer.Accepted;
import io.sealane.server.doctor.ServerAnswer.Round;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// What a server's TLS accepts, by hellos that are not completed. Belongs to one thread.
final class TlsChecks {
    /// What a current client offers.
    private static final List<Group> USUAL_GROUPS =
            List.of(Group.X25519, Group.SECP256R1, Group.SECP384R1, Group.SECP521R1);

    private static final String NO_TLS_BEHIND_HELLO =
            "a ClientHello is answered by something that is no TLS";

    private final Site site;
    private final Notebook notes;
    private final Map<TlsVersion, Accepted> accepted = new EnumMap<>(TlsVersion.class);
    private final Set<TlsVersion> answered = EnumSet.noneOf(TlsVersion.class);
    private final Set<TlsVersion> foreign = EnumSet.noneOf(TlsVersion.class);

    TlsChecks(Site site, Notebook notes) {
        this.site = site;
        this.notes = notes;
    }

    void run() {
        notes.attempt(TlsVersion.TLS_1_3.title(), () -> version(TlsVersion.TLS_1_3));
        notes.attempt(TlsVersion.TLS_1_2.title(), () -> version(TlsVersion.TLS_1_2));
        for (TlsVersion version :
                List.of(TlsVersion.TLS_1_1, TlsVersion.TLS_1_0, TlsVersion.SSL_3)) {
            notes.attemptAside(
                    Finding.OLD_HELLO_UNANSWERED, version.title(), () -> version(version));
        }
        reportVersions();
        if (older().isPresent()) {
            notes.attempt("RSA key exchange", this::rsaExchange);
            notes.attempt("broken suites", this::brokenSuites);
            notes.attempt("Diffie-Hellman", this::diffieHellman);
        }
        if (accepted.containsKey(TlsVersion.TLS_1_3)) {
            notes.attempt("groups", this::groups);
            notes.attempt("X25519MLKEM768", this::postQuantum);
        } else if (isUsable() && answered.contains(TlsVersion.TLS_1_3)) {
            notes.add(Finding.POST_QUANTUM_MISSING, "it needs TLS 1.3");
        }
    }

    /// Whether the JDK can talk to it.
    boolean isUsable() {
        return accepted.keySet().stream().anyMatch(TlsVersion::isCurrent);
    }

    /// Whether the server answered when it was asked for TLS 1.2 and 1.3, be it by a refusal.
    boolean isUsableKnown() {
        return answered.contains(TlsVersion.TLS_1_2) && answered.contains(TlsVersion.TLS_1_3);
    }

    /// The certificates that an old version showed in the clear.
    Optional<List<X509Certificate>> chain() throws UnusableAnswer {
        for (Accepted answer : accepted.values()) {
            if (!answer.chain().isEmpty()) {
                return Optional.of(parse(answer.chain()));
            }
        }
        return Optional.empty();
    }

    private static List<X509Certificate> parse(List<byte[]> chain) throws UnusableAnswer {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> parsed = new ArrayList<>();
            for (byte[] der : chain) {
                parsed.add(
                        (X509Certificate)
                                factory.generateCertificate(new ByteArrayInputStream(der)));
            }
            return parsed;
        } catch (CertificateException failed) {
            throw new UnusableAnswer("a certificate that cannot be read: " + failed.getMessage());
        }
    }

    private void version(TlsVersion version) throws IOException {
        List<Integer> suites =
                switch (version) {
                    case TLS_1_3 -> Suites.TLS_1_3;
                    case TLS_1_2 -> Suites.usual();
                    case SSL_3, TLS_1_0, TLS_1_1 -> Suites.all();
                };
        List<Group> shares = version == TlsVersion.TLS_1_3 ? List.of(Group.X25519) : List.of();
        ServerAnswer answer = answer(version, suites, USUAL_GROUPS, shares);
        answered.add(version);
        if (answer instanceof ServerAnswer.Foreign) {
            foreign.add(version);
        }
        if (answer instanceof Accepted hello && hello.version() == version.code()) {
            accepted.put(version, hello);
        }
    }

    private void reportVersions() {
        if (accepted.isEmpty()) {
            if (isUsableKnown()) {
                notes.add(
                        Finding.NO_USABLE_TLS,
                        foreign.isEmpty() ? "no handshake begins" : NO_TLS_BEHIND_HELLO);
            }
            return;
        }
        foreign.forEach(version ->
                notes.add(Finding.PROBE_FAILED, version.title() + ": " + NO_TLS_BEHIND_HELLO));
        String all =
                accepted.keySet().stream().map(TlsVersion::title).collect(Collectors.joining(", "));
        if (accepted.containsKey(TlsVersion.SSL_3)) {
            notes.add(Finding.SSL_3, all);
        }
        if (accepted.containsKey(TlsVersion.TLS_1_0) || accepted.containsKey(TlsVersion.TLS_1_1)) {
            notes.add(Finding.TLS_OUTDATED, all);
        }
        if (!isUsable()) {
            if (isUsableKnown()) {
                notes.add(Finding.NO_USABLE_TLS, all);
            }
            return;
        }
        notes.add(Finding.TLS_VERSIONS, all);
        if (!accepted.containsKey(TlsVersion.TLS_1_3) && answered.contains(TlsVersion.TLS_1_3)) {
            notes.add(Finding.TLS_1_3_MISSING, all);
        }
        accepted.forEach((version, answer) -> notes.add(Finding.CIPHER, cipher(version, answer)));
    }

    private static String cipher(TlsVersion version, Accepted answer) {
        String exchange = "";
        if (answer.group().isPresent()) {
            exchange = ", " + Group.title(answer.group().getAsInt());
        } else if (answer.dhBits().isPresent()) {
            exchange = ", Diffie-Hellman " + answer.dhBits().getAsInt() + " bits";
        }
        return version.title() + ": " + Suites.title(answer.suite()) + exchange;
    }

    /// The newest version before 1.3 that is accepted.
    private Optional<TlsVersion> older() {
        return accepted.keySet().stream()
                .filter(version -> version != TlsVersion.TLS_1_3)
                .reduce((_, newer) -> newer);
    }

    private void rsaExchange() throws IOException {
        accepts(Suites.RSA_EXCHANGE)
                .ifPresent(seen -> notes.add(Finding.CIPHER_WITHOUT_FORWARD_SECRECY, seen));
    }

    private void brokenSuites() throws IOException {
        accepts(Suites.BROKEN).ifPresent(seen -> notes.add(Finding.CIPHER_BROKEN, seen));
    }

    private void diffieHellman() throws IOException {
        Optional<TlsVersion> version = older();
        if (version.isPresent()
                && ask(version.get(), Suites.DHE, List.of(), List.of()) instanceof Accepted answer
                && answer.dhBits().orElse(Integer.MAX_VALUE) < 2048) {
            notes.add(Finding.DH_SMALL, cipher(version.get(), answer));
        }
    }

    private Optional<String> accepts(List<Integer> suites) throws IOException {
        Optional<TlsVersion> version = older();
        if (version.isPresent()
                && ask(version.get(), suites, USUAL_GROUPS, List.of()) instanceof Accepted answer
                && suites.contains(answer.suite())) {
            return Optional.of(cipher(version.get(), answer));
        }
        return Optional.empty();
    }

    /// Offers all groups without a key share, then those that were not chosen, and so on: each
    /// HelloRetryRequest names one.
    private void groups() throws IOException {
        List<Group> left = new ArrayList<>(List.of(Group.values()));
        List<String> chosen = new ArrayList<>();
        while (!left.isEmpty()
                && ask(TlsVersion.TLS_1_3, Suites.TLS_1_3, left, List.of())
                        instanceof Accepted(int _, int _, Round _, OptionalInt group, var _, var _)
                && group.isPresent()
                && left.removeIf(candidate -> candidate.code() == group.getAsInt())) {
            chosen.add(Group.title(group.getAsInt()));
        }
        if (!chosen.isEmpty()) {
            notes.add(Finding.GROUPS, String.join(", ", chosen));
        }
    }

    private void postQuantum() throws IOException {
        Optional<Accepted> shared = postQuantum(List.of(Group.X25519MLKEM768, Group.X25519));
        Optional<Accepted> named = postQuantum(List.of(Group.X25519));
        String seen =
                "offered with a key share: "
                        + outcome(shared)
                        + "; named without one: "
                        + outcome(named);
        boolean negotiated =
                shared.map(Accepted::group)
                        .filter(group -> group.orElse(0) == Group.X25519MLKEM768.code())
                        .isPresent();
        notes.add(negotiated ? Finding.POST_QUANTUM : Finding.POST_QUANTUM_MISSING, seen);
    }

    private Optional<Accepted> postQuantum(List<Group> shares) throws IOException {
        List<Group> groups = List.of(Group.X25519MLKEM768, Group.X25519, Group.SECP256R1);
        return ask(TlsVersion.TLS_1_3, Suites.TLS_1_3, groups, shares) instanceof Accepted answer
                ? Optional.of(answer)
                : Optional.empty();
    }

    private static String outcome(Optional<Accepted> answer) {
        return answer.map(accepted ->
                        Group.title(accepted.group().orElse(0))
                                + switch (accepted.round()) {
                                    case FIRST -> " at once";
                                    case AGAIN -> " by another round";
                                })
                .orElse("refused");
    }

    private ServerAnswer ask(
            TlsVersion version, List<Integer> suites, List<Group> groups, List<Group> shares)
            throws IOException {
        ServerAnswer answer = answer(version, suites, groups, shares);
        if (answer instanceof ServerAnswer.Foreign) {
            throw new UnusableAnswer(NO_TLS_BEHIND_HELLO);
        }
        return answer;
    }

    private ServerAnswer answer(
            TlsVersion version, List<Integer> suites, List<Group> groups, List<Group> shares)
            throws IOException {
        CraftedHello hello =
                new CraftedHello(version, suites, groups, shares, TlsClient.name(site.target()));
        try (FtpControl control = site.atTls()) {
            Wire wire = (Wire) control.link();
            wire.write(hello.octets(), site.times().next());
            return ServerFlight.read(wire, site.times().next());
        }
    }
}
