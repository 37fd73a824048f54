package io.sealane.server.cli;

import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `serve`: the server in the foreground, until SIGTERM or SIGINT.
@Command(
        name = "serve",
        description = "Run the server in the foreground; zero config works.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final ConfigOption configOption = new ConfigOption();

    @Option(names = "--verbose", description = "Log every command and its reply.")
    private boolean verbose;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Level logged = verbose ? Level.DEBUG : Level.INFO;
        new Serving(configOption, logged, console.out(), console.err()).run();
        return 0;
    }
}
