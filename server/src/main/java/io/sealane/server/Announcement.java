package io.sealane.server;

import io.sealane.core.server.FtpServer.BoundPort;
import io.sealane.core.tls.ListenerMode;
import io.sealane.core.wire.AddressText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a person sees when the server runs: the demo account if one was made, a line to paste that
/// moves a file, and `ready` with every listener.
///
/// @param chain the self-signed certificate, for clients to check it by
record Announcement(List<BoundPort> ports, Optional<DemoUser> demo, Optional<Path> chain) {
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        demo.ifPresent(made -> lines.add("demo password: " + made.password()));
        lines.add(transfer(ports.getFirst()));
        lines.add(
                ports.stream()
                        .map(port ->
                                port.listener()
                                        + " ("
                                        + port.mode()
                                        + ") on "
                                        + AddressText.of(port.address()))
                        .collect(Collectors.joining(", ", "ready: ", "")));
        return lines;
    }

    private String transfer(BoundPort port) {
        StringBuilder line = new StringBuilder("echo hello | curl");
        if (port.mode() != ListenerMode.PLAIN) {
            line.append(port.mode() == ListenerMode.IMPLICIT ? "" : " --ssl-reqd");
            chain.ifPresent(file -> line.append(" --cacert ").append(quoted(file.toString())));
        }
        String user = demo.map(made -> made.name() + ":" + made.password()).orElse("NAME");
        String scheme = port.mode() == ListenerMode.IMPLICIT ? "ftps://" : "ftp://";
        return line.append(" --user ")
                .append(user)
                .append(" --upload-file - ")
                .append(scheme)
                .append(AddressText.of(reachable(port.address())))
                .append("/hello.txt")
                .toString();
    }

    private static InetSocketAddress reachable(InetSocketAddress bound) {
        return bound.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), bound.getPort())
                : bound;
    }

    /// For a shell, also where the path has spaces.
    private static String quoted(String path) {
        return path.matches("[A-Za-z0-9/._+-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
