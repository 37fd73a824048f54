package io.sealane.server.cli;

import io.sealane.config.SealaneConfig;
import io.sealane.server.PolicyExplanation;
import io.sealane.server.StartFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `policy`: what TLS policy holds, and why.
@Command(
        name = "policy",
        description = "Show what TLS policy holds, and why.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class PolicyCommand {
    @Mixin private final Console console = new Console();

    @Command(
            name = "explain",
            description =
                    "Show each rule of TLS policy, its value, and who says so: the listener, the"
                            + " host, the account, the mount. Nothing has to run.",
            mixinStandardHelpOptions = true)
    int explain(
            @Mixin ConfigOption config,
            @Option(
                            names = "--listener",
                            paramLabel = "NAME",
                            description = "The listener; every one of them without it.")
                    @Nullable String listener,
            @Option(
                            names = "--host",
                            paramLabel = "NAME",
                            description =
                                    "The virtual host; without it, that of clients that name none.")
                    @Nullable String host,
            @Option(
                            names = "--user",
                            paramLabel = "NAME",
                            description = "The account; without it, before a login.")
                    @Nullable String user,
            @Option(
                            names = "--path",
                            paramLabel = "PATH",
                            description = "What the user's client calls a file or directory.")
                    @Nullable String path)
            throws CommandFailure {
        SealaneConfig loaded = config.load(console.err());
        try {
            PolicyExplanation.of(loaded, listener, host, user, path)
                    .lines()
                    .forEach(console.out()::println);
            return 0;
        } catch (StartFailure failed) {
            throw new CommandFailure(String.valueOf(failed.getMessage()));
        }
    }
}
