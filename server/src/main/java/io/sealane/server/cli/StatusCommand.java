package io.sealane.server.cli;

import io.sealane.core.wire.AddressText;
import io.sealane.server.status.StatusEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `status`: what the running server says of itself at `admin.address`.
@Command(
        name = "status",
        description =
                "Show the running server: since when, its listeners, sessions and certificates with"
                        + " their ends. Exit code 0 if one answers at admin.address.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final int PATIENCE_MILLIS = 5_000;

    @Mixin private final Console console = new Console();
    @Mixin private final ConfigOption configOption = new ConfigOption();

    @Option(names = "--json", description = "A JSON object.")
    private boolean json;

    @Override
    public Integer call() throws CommandFailure {
        InetSocketAddress address = reachable(configOption.load(console.err()).admin().address());
        if (address.getPort() == 0) {
            throw new CommandFailure(
                    "admin.address has port 0: give it a port that this command can find");
        }
        try {
            console.out()
                    .print(
                            fetch(
                                    address,
                                    json ? StatusEndpoint.JSON_PATH : StatusEndpoint.TEXT_PATH));
            console.out().flush();
        } catch (IOException failed) {
            throw new CommandFailure(
                    "no server answers at %s (admin.address): %s"
                            .formatted(AddressText.of(address), failed.getMessage()));
        }
        return 0;
    }

    private static String fetch(InetSocketAddress address, String path) throws IOException {
        URI place = URI.create("http://" + AddressText.of(address) + path);
        if (place.toURL().openConnection(Proxy.NO_PROXY) instanceof HttpURLConnection http) {
            http.setConnectTimeout(PATIENCE_MILLIS);
            http.setReadTimeout(PATIENCE_MILLIS);
            if (http.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("something else is there, " + http.getResponseCode());
            }
            try (InputStream body = http.getInputStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        throw new IllegalStateException("no HTTP: " + place);
    }

    private static InetSocketAddress reachable(InetSocketAddress bound) {
        return bound.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort())
                : bound;
    }
}
