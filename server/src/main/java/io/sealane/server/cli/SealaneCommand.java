package io.sealane.server.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sealane`: the command that the others hang from.
@Command(
        name = "sealane",
        description = "An FTP server whose heart is FTP over TLS.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = SealaneCommand.VERSION)
final class SealaneCommand {
    public static final String VERSION = "Sealane 0.1.0";

    private static final List<Class<?>> COMMANDS =
            List.of(
                    ServeCommand.class,
                    UserCommand.class,
                    PolicyCommand.class,
                    StatusCommand.class,
                    TlsReportCommand.class,
                    CheckConfigCommand.class,
                    DoctorCommand.class);

    private SealaneCommand() {}

    /// Runs the command line.
    ///
    /// @return exit code
    public static int run(String... arguments) {
        CommandLine line = new CommandLine(new SealaneCommand());
        named(arguments).forEach(line::addSubcommand);
        int exitCode =
                line.setOut(Console.writer(System.out))
                        .setErr(Console.writer(System.err))
                        .setExecutionExceptionHandler(SealaneCommand::failed)
                        .execute(arguments);
        if (exitCode == CommandLine.ExitCode.OK && line.getOut().checkError()) {
            line.getErr().println("sealane: standard output could not be written to");
            return CommandLine.ExitCode.SOFTWARE;
        }
        return exitCode;
    }

    /// The command that is meant, or all where help or a refusal may list them: to read one by
    /// reflection takes as long as to read the configuration.
    private static List<Class<?>> named(String... arguments) {
        String name = arguments.length == 0 ? "" : arguments[0];
        return COMMANDS.stream()
                .filter(command -> command.getAnnotation(Command.class).name().equals(name))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
    }

    private static int failed(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof CommandFailure refused) {
            return refused.told(command.getErr());
        }
        throw failure;
    }
}
