package io.sealane.server.cli;

import io.sealane.accounts.Secret;
import io.sealane.server.doctor.Diagnosis;
import io.sealane.server.doctor.Doctor;
import io.sealane.server.doctor.JsonReport;
import io.sealane.server.doctor.Login;
import io.sealane.server.doctor.Login.WrongCertificate;
import io.sealane.server.doctor.Mode;
import io.sealane.server.doctor.Request;
import io.sealane.server.doctor.Target;
import io.sealane.server.doctor.TextReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `doctor`: examines any FTP server from the outside.
@Command(
        name = "doctor",
        description = {
            "Examine any FTP server from the outside: ports and modes, TLS, certificate, commands,"
                    + " and with --user its data connections. docs/doctor.md explains each finding."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all is well, or there are notes alone",
            "1:the worst finding is a warning",
            "2:wrong usage",
            "3:the worst finding is serious",
            "4:no FTP server was found"
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,3})(s|m)");
    private static final int TIMEOUT_SECONDS_MAX = 300;
    private static final int PORTS_MAX = 64;

    @Mixin private final Console console = new Console();
    @Mixin private final PasswordOption password = new PasswordOption();

    @Spec private @Nullable CommandSpec command;

    @Parameters(
            paramLabel = "HOST[:PORT]",
            description = "A name, an IPv4 address, or an IPv6 address, as [ADDRESS] with a port.")
    private @Nullable String host;

    @Option(
            names = "--ports",
            paramLabel = "PORT",
            split = ",",
            description =
                    "Ports to try, separated by commas; without them and a PORT 21, 990, 2121,"
                            + " 2990, 3021 and 3990.")
    private @Nullable List<String> ports;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "auto",
            description = "explicit, implicit or auto (both, the default).")
    private String mode = "auto";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            description =
                    "Longest wait for one answer, 1s to 5m; 10s without it. The whole takes 60"
                            + " times as long at most.")
    private String timeout = "10s";

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "Certificates in PEM to trust besides the JDK's roots.")
    private @Nullable Path trust;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description =
                    "Log in by TLS to examine data connections; asks for the password, or takes it"
                            + " by --password-stdin.")
    private @Nullable String user;

    @Option(
            names = "--unverified",
            description = "Send the password also where the certificate is not good.")
    private boolean unverified;

    @Option(
            names = "--write",
            description =
                    "Upload two files of 4 KiB with names that nobody has, one of them cut off,"
                            + " and remove them.")
    private boolean writing;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "The folder for --write; without it the one that the login leads to.")
    private @Nullable String folder;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() throws CommandFailure, InterruptedException, IOException {
        Target target =
                Target.parse(host == null ? "" : host)
                        .orElseThrow(() ->
                                wrong("not a host: use NAME, NAME:PORT, ADDRESS or [IPV6]:PORT"));
        List<Integer> chosen = ports(target);
        Mode wanted = mode();
        Duration patience = timeout();
        List<X509Certificate> roots = roots();
        Optional<Secret> secret = secret();
        try {
            Request request =
                    new Request(
                            target, chosen, wanted, patience, roots, secret.flatMap(this::login));
            console.err().println("examining, which takes some seconds for each port ...");
            Diagnosis diagnosis = Doctor.examine(request, InstantSource.system());
            if (json) {
                console.out().println(JsonReport.of(diagnosis));
            } else {
                TextReport.lines(diagnosis).forEach(console.out()::println);
            }
            return diagnosis.exitCode();
        } finally {
            secret.ifPresent(Secret::close);
        }
    }

    private List<Integer> ports(Target target) {
        List<Integer> all = new ArrayList<>();
        target.port().ifPresent(all::add);
        for (String port : Optional.ofNullable(ports).orElse(List.of())) {
            all.add(
                    Target.port(port.strip())
                            .orElseThrow(() -> wrong("--ports: not a port: " + port)));
        }
        if (all.size() > PORTS_MAX) {
            throw wrong("--ports: at most " + PORTS_MAX);
        }
        return all.stream().distinct().toList();
    }

    private Mode mode() {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "explicit" -> Mode.EXPLICIT;
            case "implicit" -> Mode.IMPLICIT;
            case "auto" -> Mode.AUTO;
            default -> throw wrong("--mode: explicit, implicit or auto");
        };
    }

    private Duration timeout() {
        Matcher time = SECONDS.matcher(timeout);
        if (time.matches()) {
            int number = Integer.parseInt(time.group(1));
            int seconds = time.group(2).equals("m") ? number * 60 : number;
            if (seconds >= 1 && seconds <= TIMEOUT_SECONDS_MAX) {
                return Duration.ofSeconds(seconds);
            }
        }
        throw wrong("--timeout: a time from 1s to 5m, as 10s");
    }

    private List<X509Certificate> roots() {
        if (trust == null) {
            return List.of();
        }
        try (InputStream input = Files.newInputStream(trust)) {
            List<X509Certificate> roots = new ArrayList<>();
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(input)
                    .forEach(certificate -> roots.add((X509Certificate) certificate));
            if (roots.isEmpty()) {
                throw wrong("--trust: no certificate in " + trust);
            }
            return roots;
        } catch (NoSuchFileException missing) {
            throw wrong("--trust: there is no file " + trust);
        } catch (IOException | CertificateException failed) {
            throw wrong("--trust: " + trust + " cannot be read: " + failed.getMessage());
        }
    }

    private Optional<Secret> secret() throws IOException, CommandFailure {
        if (user == null) {
            if (writing || folder != null || unverified || password.isFromStandardInput()) {
                throw wrong("--write, --folder, --unverified and --password-stdin need --user");
            }
            return Optional.empty();
        }
        if (user.isEmpty() || hasLineEnd(user)) {
            throw wrong("--user: not a name");
        }
        if (folder != null && (!writing || folder.isEmpty() || hasLineEnd(folder))) {
            throw wrong("--folder: a folder for --write");
        }
        Secret secret = password.readExisting();
        for (byte octet : secret.expose()) {
            if (octet == '\r' || octet == '\n' || octet == 0) {
                secret.close();
                throw wrong("the password has a character that FTP cannot send");
            }
        }
        return Optional.of(secret);
    }

    private static boolean hasLineEnd(String text) {
        return text.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0);
    }

    private Optional<Login> login(Secret secret) {
        return Optional.ofNullable(user)
                .map(name ->
                        new Login(
                                name,
                                secret,
                                unverified ? WrongCertificate.ACCEPTED : WrongCertificate.REFUSED,
                                writing
                                        ? Optional.of(folder == null ? "." : folder)
                                        : Optional.empty()));
    }

    /// Wrong usage: exit code 2.
    private ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException("used before the command line was parsed");
        }
        return new ParameterException(command.commandLine(), message);
    }
}
