package io.sealane.server.cli;

import io.sealane.config.ClientCertificatesConfig;
import io.sealane.config.ConfigLoader;
import io.sealane.config.ConfigResult;
import io.sealane.config.ConfigSource;
import io.sealane.config.ListenerTls;
import io.sealane.config.SealaneConfig;
import io.sealane.server.MountFolders;
import io.sealane.server.TlsProviders;
import io.sealane.server.certificate.CertificateFault;
import io.sealane.server.certificate.Certificates;
import io.sealane.server.certificate.ClientTrustFiles;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `check-config`: every error of a configuration, with key, value, file and line.
@Command(
        name = "check-config",
        description = "Check a configuration; exit code 1 if it has errors.",
        mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final ConfigOption config = new ConfigOption();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The file to check; without it, what serve would use.")
    private @Nullable Path file;

    @Override
    public Integer call() throws CommandFailure {
        if (file != null && config.isGiven()) {
            throw new CommandFailure("FILE and --config name a file each; allowed: one of them");
        }
        ConfigSource source =
                file == null
                        ? config.source()
                        : new ConfigSource.OfFile(Path.of("").toAbsolutePath().resolve(file));
        return switch (ConfigLoader.load(source)) {
            case ConfigResult.Ok ok -> {
                ok.warnings().forEach(console.err()::println);
                // Before TLS is used: the JDK asks once what it is to refuse.
                Optional<String> provider = TlsProviders.fault(ok.config());
                Certificates.Findings found = certificates(ok.config());
                found.warnings().forEach(text -> console.err().println(placed(text, source, ok)));
                List<String> doubts = MountFolders.doubts(ok.config());
                doubts.forEach(text -> console.err().println(placed(text, source, ok)));
                List<String> faults = new ArrayList<>(found.faults());
                provider.ifPresent(faults::add);
                faults.addAll(faultsOfClientCertificates(ok.config()));
                if (!faults.isEmpty()) {
                    faults.forEach(text -> console.err().println(placed(text, source, ok)));
                    yield ExitCode.SOFTWARE;
                }
                boolean isDoubtful =
                        !(ok.warnings().isEmpty()
                                && found.warnings().isEmpty()
                                && doubts.isEmpty());
                console.out()
                        .println(
                                "the configuration is good"
                                        + (isDoubtful ? ", but see the warnings above" : ""));
                yield ExitCode.OK;
            }
            case ConfigResult.Bad bad -> {
                bad.errors().forEach(console.err()::println);
                yield ExitCode.SOFTWARE;
            }
        };
    }

    /// Nothing where no listener has TLS: none of them is looked at then.
    private static Certificates.Findings certificates(SealaneConfig config) {
        return config.listeners().stream().anyMatch(one -> one.tls() instanceof ListenerTls.Offered)
                ? Certificates.check(
                        config.certificates(),
                        TlsProviders.named(config.tls().provider()),
                        config.keysFolder(),
                        InstantSource.system().instant())
                : new Certificates.Findings(List.of(), List.of());
    }

    /// Puts file and line in front of what begins with a key.
    private static String placed(String text, ConfigSource source, ConfigResult.Ok ok) {
        Integer line = ok.lines().get(text.substring(0, Math.max(0, text.indexOf(": "))));
        return line != null && source instanceof ConfigSource.OfFile(Path named)
                ? named + ":" + line + ": " + text
                : text;
    }

    /// What `serve` would stumble over in what certificates of clients are checked with; what is
    /// only out of date is worth a warning.
    private List<String> faultsOfClientCertificates(SealaneConfig config) {
        if (config.clientCertificates().isEmpty()) {
            return List.of();
        }
        ClientCertificatesConfig clients = config.clientCertificates().get();
        try {
            ClientTrustFiles ignored =
                    ClientTrustFiles.open(
                            clients.trust(),
                            clients.crl(),
                            InstantSource.system(),
                            (level, event, message) ->
                                    console.err()
                                            .println("warning: client-certificates: " + message));
            return List.of();
        } catch (CertificateFault failed) {
            return List.of("client-certificates: " + failed.getMessage());
        }
    }
}
