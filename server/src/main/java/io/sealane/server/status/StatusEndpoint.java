package io.sealane.server.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sealane.core.wire.AddressText;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Answers `GET /status`, `/status.json` and `/metrics`. Safe from any thread.
public final class StatusEndpoint implements AutoCloseable {
    public static final String TEXT_PATH = "/status";
    public static final String JSON_PATH = "/status.json";
    static final String METRICS_PATH = "/metrics";

    /// More than a person, a monitoring system and a curious neighbour need.
    private static final String CONNECTIONS_MAX = "32";

    private static final String REQUEST_SECONDS_MAX = "10";

    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final HttpServer http;
    private final ExecutorService threads;

    private StatusEndpoint(HttpServer http, ExecutorService threads) {
        this.http = http;
        this.threads = threads;
    }

    /// Begins to answer.
    ///
    /// @throws IOException if the address is taken or not this machine's
    public static StatusEndpoint start(InetSocketAddress address, Supplier<ServerStatus> status)
            throws IOException {
        // The JDK's HTTP server has limits for the whole process alone.
        System.setProperty("jdk.httpserver.maxConnections", CONNECTIONS_MAX);
        System.setProperty("sun.net.httpserver.maxReqTime", REQUEST_SECONDS_MAX);
        // Its answers have dates. Where the JDK cannot read its rules of time zones at the first
        // one, for want of a descriptor, it never tries again.
        Objects.requireNonNull(ZoneId.getAvailableZoneIds());
        HttpServer http = HttpServer.create(address, 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        http.setExecutor(threads);
        // It listens for both kinds of address where the address is 0.0.0.0.
        boolean ipv4Only = address.getAddress() instanceof Inet4Address;
        http.createContext("/", exchange -> answer(exchange, ipv4Only, status));
        http.start();
        return new StatusEndpoint(http, threads);
    }

    /// What it listens on, with the port that the system chose.
    public InetSocketAddress address() {
        return http.getAddress();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private static void answer(
            HttpExchange exchange, boolean ipv4Only, Supplier<ServerStatus> status)
            throws IOException {
        try (exchange) {
            boolean isIpv4 = exchange.getLocalAddress().getAddress() instanceof Inet4Address;
            if ((ipv4Only && !isIpv4) || !isMeant(exchange)) {
                refuse(exchange, FORBIDDEN);
            } else if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                refuse(exchange, METHOD_NOT_ALLOWED);
            } else {
                switch (exchange.getRequestURI().getPath()) {
                    case TEXT_PATH ->
                            send(
                                    exchange,
                                    "text/plain; charset=utf-8",
                                    StatusText.of(status.get()));
                    case JSON_PATH ->
                            send(exchange, "application/json", StatusJson.of(status.get()));
                    case METRICS_PATH ->
                            send(
                                    exchange,
                                    StatusMetrics.CONTENT_TYPE,
                                    StatusMetrics.of(status.get()));
                    default -> refuse(exchange, NOT_FOUND);
                }
            }
        }
    }

    /// Security: a web page of somebody else, whose name was made to lead to this address, has its
    /// own name in `Host` (DNS rebinding).
    private static boolean isMeant(HttpExchange exchange) {
        InetSocketAddress local = exchange.getLocalAddress();
        String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse("");
        return host.equals(AddressText.of(local))
                || host.equalsIgnoreCase("localhost:" + local.getPort())
                || host.equals(AddressText.of(loopback(local)));
    }

    private static InetSocketAddress loopback(InetSocketAddress local) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), local.getPort());
    }

    private static void send(HttpExchange exchange, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(OK, -1);
            return;
        }
        exchange.sendResponseHeaders(OK, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void refuse(HttpExchange exchange, int code) throws IOException {
        exchange.sendResponseHeaders(code, -1);
    }
}
