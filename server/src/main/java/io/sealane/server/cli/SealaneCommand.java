package io.sealane.server.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sealane`: the command that the others hang from.
@Command(
        name = "sealane",
        description = "An FTP server whose heart is FTP over TLS.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = SealaneCommand.VERSION,
        subcommands = {
            ServeCommand.class,
            UserCommand.class,
            PolicyCommand.class,
            TlsReportCommand.class,
            CheckConfigCommand.class,
            DoctorCommand.class,
        })
public final class SealaneCommand {
    public static final String VERSION = "Sealane 0.1.0";

    private SealaneCommand() {}

    /// Runs the command line.
    ///
    /// @return exit code
    public static int run(String... arguments) {
        return new CommandLine(new SealaneCommand())
                .setOut(writer(System.out))
                .setErr(writer(System.err))
                .setExecutionExceptionHandler(SealaneCommand::failed)
                .execute(arguments);
    }

    private static int failed(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof CommandFailure refused) {
            command.getErr().println("sealane: " + refused.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
