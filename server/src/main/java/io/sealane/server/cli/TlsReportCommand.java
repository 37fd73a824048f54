package io.sealane.server.cli;

import io.sealane.accounts.AccountException;
import io.sealane.config.SealaneConfig;
import io.sealane.server.usage.TlsReport;
import io.sealane.server.usage.TlsReportJson;
import io.sealane.store.sql.SqliteTlsUsage;
import io.sealane.store.sql.TlsUse;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `tls-report`: who uses which TLS. Works beside a running server.
@Command(
        name = "tls-report",
        description =
                "Show who uses which TLS: for each account, client software and listener the mode,"
                        + " version, cipher, resumed data connections, and by which rules a policy"
                        + " that is tried (observe) would have refused it. A session is in it some"
                        + " seconds after its end.",
        mixinStandardHelpOptions = true)
final class TlsReportCommand implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final ConfigOption configOption = new ConfigOption();

    @Option(names = "--user", paramLabel = "NAME", description = "This account alone.")
    private @Nullable String user;

    @Option(names = "--json", description = "A JSON array, one object for each kind of session.")
    private boolean json;

    @Override
    public Integer call() throws CommandFailure {
        SealaneConfig config = configOption.load(console.err());
        try (SqliteTlsUsage usage =
                SqliteTlsUsage.openExisting(config.accounts().database().jdbcUrl())) {
            List<TlsUse> seen =
                    usage.all().stream()
                            .filter(use -> user == null || use.kind().user().equals(user))
                            .toList();
            List<String> lines =
                    json ? List.of(TlsReportJson.of(seen)) : TlsReport.of(seen).lines();
            lines.forEach(console.out()::println);
            return 0;
        } catch (AccountException failed) {
            throw new CommandFailure(String.valueOf(failed.getMessage()));
        }
    }
}
