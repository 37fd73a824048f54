package io.sealane.server.cli;

import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// `serve` and `serve --config FILE`, read without picocli: its classes are of Java 5, which Java's
/// cache of loaded classes leaves out, and took a sixth of the time that the server takes to start.
/// All else, `serve --help` included, is read by [SealaneCommand].
final class QuickServe {
    /// ASCII, and no option or file with more arguments (`@FILE`).
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9./][ -~]*");

    private QuickServe() {}

    /// What the arguments say of the configuration.
    ///
    /// @return empty if the arguments are none of the two
    static Optional<ConfigOption> configOf(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("serve")) {
            return Optional.empty();
        }
        if (arguments.length == 1) {
            return Optional.of(new ConfigOption());
        }
        return arguments.length == 3
                        && arguments[1].equals("--config")
                        && PLAIN_NAME.matcher(arguments[2]).matches()
                ? Optional.of(new ConfigOption(Path.of(arguments[2])))
                : Optional.empty();
    }

    /// @return exit code
    static int run(ConfigOption config) throws InterruptedException {
        PrintWriter err = Console.writer(System.err);
        try {
            new Serving(config, Level.INFO, Console.writer(System.out), err).run();
            return 0;
        } catch (CommandFailure refused) {
            return refused.told(err);
        }
    }
}
