package io.sealane.core.tls;

import io.sealane.core.wire.ClientHello;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// A ClientHello in words, for the log. Bounded, whatever the client sends.
public final class ClientOffer {
    /// Entries of one list that are named; clients of today have some 30 suites.
    private static final int ENTRIES_MAX = 40;

    /// Characters of one name of the client's choice.
    private static final int NAME_LENGTH_MAX = 64;

    private static final String NOTHING = "-";

    private ClientOffer() {}

    /// `client offered TLS1.2,TLS1.1; ciphers=...; groups=...; signatures=...; alpn=...; sni=...`,
    /// or `-` where there is no ClientHello.
    public static String describe(Optional<ClientHello> hello) {
        return hello.map(ClientOffer::inWords).orElse(NOTHING);
    }

    /// The name the client wants, or `-`.
    public static String serverName(ClientHello hello) {
        return hello.serverName().map(ClientOffer::cut).orElse(NOTHING);
    }

    /// Application protocols, in its order, or `-`.
    public static String applicationProtocols(ClientHello hello) {
        return listed(hello.applicationProtocols().stream().map(ClientOffer::cut).toList());
    }

    private static String inWords(ClientHello hello) {
        return "client offered "
                + named(hello.versions(), ClientOffer::version)
                + "; ciphers="
                + named(hello.cipherSuites(), CipherSuite::shown)
                + "; groups="
                + named(hello.groups(), NamedGroup::shown)
                + "; signatures="
                + named(hello.signatureSchemes(), ClientOffer::code)
                + "; alpn="
                + applicationProtocols(hello)
                + "; sni="
                + serverName(hello);
    }

    private static String version(int code) {
        return switch (code) {
            case 0x0002 -> "SSL2.0";
            case 0x0300 -> "SSL3.0";
            case 0x0301 -> "TLS1.0";
            case 0x0302 -> "TLS1.1";
            case 0x0303 -> "TLS1.2";
            case 0x0304 -> "TLS1.3";
            default -> code(code);
        };
    }

    private static String code(int code) {
        return String.format(Locale.ROOT, "0x%04X", code);
    }

    private static String named(List<Integer> codes, IntFunction<String> name) {
        return listed(codes.stream().map(code -> name.apply(code)).toList());
    }

    private static String listed(List<String> names) {
        if (names.isEmpty()) {
            return NOTHING;
        }
        String shown = names.stream().limit(ENTRIES_MAX).collect(Collectors.joining(","));
        int more = names.size() - ENTRIES_MAX;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    private static String cut(String name) {
        return name.length() > NAME_LENGTH_MAX ? name.substring(0, NAME_LENGTH_MAX) + "..." : name;
    }
}
