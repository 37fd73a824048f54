package io.sealane.server.doctor;

import io.sealane.core.wire.AddressText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// Examines one server. Immutable; takes as long as [Request#timeInAll] at most.
public final class Doctor {
    private final Request request;
    private final Times times;
    private final Trust trust;
    private final Instant now;

    private Doctor(Request request, InstantSource clock) {
        this.request = request;
        this.times = Times.of(request);
        this.trust = Trust.of(request.roots());
        this.now = clock.instant();
    }

    /// Examines the server. Nothing that a server does makes it fail.
    ///
    /// @throws InterruptedException if the caller's thread is interrupted
    public static Diagnosis examine(Request request, InstantSource clock)
            throws InterruptedException {
        return new Doctor(request, clock).examine();
    }

    private Diagnosis examine() throws InterruptedException {
        List<InetAddress> addresses;
        try {
            addresses = resolve(request.target().host(), request.timeout());
        } catch (IOException unknown) {
            return new Diagnosis(
                    request.target(),
                    "",
                    now,
                    List.of(),
                    List.of(general(Finding.NOTHING_ANSWERS, Notebook.reason(unknown))));
        }
        InetAddress host = addresses.getFirst();
        List<PortState> ports = discover(host);
        List<Observation> observations = new ArrayList<>();
        SortedSet<Integer> passive = new TreeSet<>();
        boolean found = ports.stream().anyMatch(port -> !port.doors().isEmpty());
        for (PortState port : ports) {
            if (found) {
                reachability(port).ifPresent(observations::add);
            }
            for (Door door : port.doors()) {
                Site site =
                        new Site(
                                request.target(),
                                new InetSocketAddress(host, port.port()),
                                door,
                                times);
                observations.addAll(examine(site, port, passive));
            }
        }
        observations.addAll(summary(ports, passive));
        if (addresses.size() > 1) {
            observations.add(
                    general(
                            Finding.NOT_EXAMINED,
                            "other addresses of the name: "
                                    + addresses.stream()
                                            .skip(1)
                                            .limit(10)
                                            .map(AddressText::of)
                                            .collect(Collectors.joining(", "))));
        }
        return new Diagnosis(request.target(), AddressText.of(host), now, ports, observations);
    }

    private List<Observation> examine(Site site, PortState port, SortedSet<Integer> passive) {
        Notebook notes = new Notebook(site.place());
        CommandChecks commands = new CommandChecks(site, notes);
        switch (site.door()) {
            case EXPLICIT -> notes.add(Finding.EXPLICIT_TLS, "AUTH TLS");
            case IMPLICIT -> {
                notes.add(Finding.IMPLICIT_TLS, "TLS at once");
                if (port.doors().contains(Door.EXPLICIT)) {
                    notes.add(Finding.BOTH_MODES, "port " + port.port());
                }
            }
            case PLAIN -> notes.add(Finding.NO_TLS, "AUTH TLS is refused");
        }
        List<Features> inClear = new ArrayList<>();
        if (site.door() != Door.IMPLICIT) {
            notes.attempt(
                    "what is said in the clear", () -> commands.clear().ifPresent(inClear::add));
        }
        if (site.door() == Door.PLAIN) {
            inClear.forEach(features -> CommandChecks.report(features, site, notes));
            notes.add(
                    Finding.NOT_EXAMINED,
                    "TLS and data connections: there is no TLS, so no password was sent");
            return notes.all();
        }
        if (site.door() == Door.EXPLICIT) {
            notes.attempt("AUTH", commands::authCode);
        }
        tls(site, notes, commands, inClear.stream().findFirst(), passive);
        commands.reportLogin();
        return notes.all();
    }

    private void tls(
            Site site,
            Notebook notes,
            CommandChecks commands,
            Optional<Features> inClear,
            SortedSet<Integer> passive) {
        TlsChecks hellos = new TlsChecks(site, notes);
        hellos.run();
        if (!hellos.isUsable()) {
            notes.attempt(
                    "certificate", () -> hellos.chain().ifPresent(chain -> report(chain, notes)));
            notes.add(
                    Finding.NOT_EXAMINED,
                    "everything inside TLS: "
                            + (hellos.isUsableKnown()
                                    ? "no TLS 1.2 or 1.3 here"
                                    : "whether TLS 1.2 or 1.3 is here was not found out"));
            return;
        }
        List<X509Certificate> chain = new ArrayList<>();
        boolean shookHands =
                notes.attempt(
                        "handshake",
                        () -> new HandshakeChecks(site, notes).chain().ifPresent(chain::addAll));
        if (chain.isEmpty()) {
            notes.attempt("certificate", () -> hellos.chain().ifPresent(chain::addAll));
        }
        report(chain, notes);
        if (notes.has(Finding.CLIENT_CERTIFICATE_REQUIRED)) {
            notes.add(
                    Finding.NOT_EXAMINED,
                    "everything inside TLS: it takes a client's certificate to get there");
            return;
        }
        if (!shookHands) {
            notes.add(Finding.NOT_EXAMINED, "everything inside TLS: no handshake succeeded");
            return;
        }
        insideTls(site, notes, commands, inClear, passive);
    }

    private void insideTls(
            Site site,
            Notebook notes,
            CommandChecks commands,
            Optional<Features> inClear,
            SortedSet<Integer> passive) {
        if (site.door() == Door.EXPLICIT) {
            notes.attempt("a command behind AUTH", commands::injection);
            notes.attempt("a login inside TLS", commands::login);
        }
        HandshakeChecks handshakes = new HandshakeChecks(site, notes);
        notes.attempt("resumption", handshakes::resumption);
        notes.attempt("ALPN h2, http/1.1", handshakes::foreignProtocol);
        notes.attempt("ALPN ftp", handshakes::ownProtocol);
        List<ProtLevels> levels = new ArrayList<>();
        notes.attempt(
                "what is said inside TLS", () -> commands.secured(inClear).ifPresent(levels::add));
        Optional<ProtLevels> seen = levels.stream().findFirst();
        if (request.login().isPresent()) {
            DataChecks data = new DataChecks(site, notes, request.login().get(), trust, now);
            data.run(seen);
            passive.addAll(data.passivePorts());
        } else {
            notes.add(
                    Finding.NOT_EXAMINED,
                    (seen.isEmpty() ? "PROT, data" : "data")
                            + " connections: needs --user and a password");
        }
        boolean transferSeen =
                notes.has(Finding.CLEAR_DATA_REFUSED) || notes.has(Finding.CLEAR_DATA_SERVED);
        if (!transferSeen && seen.map(ProtLevels::acceptClear).orElse(false)) {
            notes.add(Finding.CLEAR_DATA_ACCEPTED, "PROT C is answered with 200");
        }
    }

    private void report(List<X509Certificate> chain, Notebook notes) {
        if (!chain.isEmpty()) {
            new CertificateChecks(chain, request.target(), trust, now).report(notes);
        }
    }

    /// All ports at once: one that does not answer costs no more than its own time.
    private List<PortState> discover(InetAddress host) throws InterruptedException {
        Discovery discovery = new Discovery(request.target(), host, request.mode(), times);
        List<PortState> states = new ArrayList<>();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<PortState>> all =
                    request.portsToTry().stream()
                            .map(port -> each.submit(() -> discovery.examine(port)))
                            .toList();
            for (Future<PortState> one : all) {
                states.add(one.get());
            }
            return states;
        } catch (ExecutionException defect) {
            throw new IllegalStateException("a probe failed by itself", defect);
        }
    }

    private Optional<Observation> reachability(PortState port) {
        if (!port.doors().isEmpty()) {
            return Optional.empty();
        }
        String seen = "port " + port.port() + ": " + port.seen();
        return switch (port.state()) {
            case OTHER -> Optional.of(general(Finding.NOT_FTP, seen));
            case REFUSED, SILENT ->
                    request.ports().isEmpty()
                            ? Optional.empty()
                            : Optional.of(general(Finding.PORT_UNANSWERED, seen));
            case FTP -> Optional.empty();
        };
    }

    private static List<Observation> summary(List<PortState> ports, SortedSet<Integer> passive) {
        String open =
                ports.stream()
                        .filter(port -> !port.doors().isEmpty())
                        .map(port ->
                                port.port()
                                        + port.doors().stream()
                                                .map(Door::word)
                                                .collect(Collectors.joining(" and ", " ", "")))
                        .collect(Collectors.joining(", "));
        if (open.isEmpty()) {
            String tried =
                    ports.stream()
                            .map(port -> port.port() + " " + port.seen())
                            .collect(Collectors.joining("; "));
            return List.of(general(Finding.NOTHING_ANSWERS, tried));
        }
        String data =
                passive.isEmpty()
                        ? "the passive ports were not seen"
                        : passive.size()
                                + " passive ports seen, from "
                                + passive.getFirst()
                                + " to "
                                + passive.getLast();
        return List.of(general(Finding.PORTS_SEEN, "TCP " + open + "; " + data));
    }

    private static Observation general(Finding finding, String seen) {
        return new Observation(finding, Optional.empty(), seen);
    }

    /// The system's resolver has no limit of its own that could be set here.
    private static List<InetAddress> resolve(String host, Duration patience)
            throws IOException, InterruptedException {
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread.ofPlatform().daemon().name("doctor-lookup").start(lookup);
        try {
            return Arrays.asList(lookup.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException unknown) {
            throw new UnknownHostException("no address of this name is known");
        } catch (TimeoutException late) {
            throw new UnknownHostException("the name could not be looked up in time");
        }
    }
}
