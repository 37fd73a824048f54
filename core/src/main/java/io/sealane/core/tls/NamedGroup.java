package io.sealane.core.tls;

import io.sealane.core.wire.ClientHello;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Groups of key exchange by their names in the IANA registry `TLS Supported Groups`.
public enum NamedGroup {
    /// ML-KEM-768 together with X25519 (draft-ietf-tls-ecdhe-mlkem): safe as long as one of the two
    /// is.
    X25519MLKEM768("X25519MLKEM768", 0x11EC),
    X25519("x25519", 0x001D),
    SECP256R1("secp256r1", 0x0017),
    SECP384R1("secp384r1", 0x0018),

    // Known by name alone.
    SECP521R1("secp521r1", 0x0019),
    X448("x448", 0x001E),
    SECP256R1MLKEM768("SecP256r1MLKEM768", 0x11EB),
    SECP384R1MLKEM1024("SecP384r1MLKEM1024", 0x11ED),
    FFDHE2048("ffdhe2048", 0x0100),
    FFDHE3072("ffdhe3072", 0x0101),
    FFDHE4096("ffdhe4096", 0x0102),
    FFDHE6144("ffdhe6144", 0x0103),
    FFDHE8192("ffdhe8192", 0x0104);

    /// Those that are served as far as a provider can, the best first.
    public static final List<NamedGroup> SERVED =
            List.of(X25519MLKEM768, X25519, SECP256R1, SECP384R1);

    private static final Map<Integer, NamedGroup> BY_CODE =
            Arrays.stream(values())
                    .collect(Collectors.toMap(NamedGroup::code, Function.identity()));

    private final String registered;
    private final int code;

    NamedGroup(String registered, int code) {
        this.registered = registered;
        this.code = code;
    }

    /// The order in which groups are taken for a client: its own where that begins with a
    /// post-quantum one; else first those that it has sent a key share for, because others cost it
    /// a second ClientHello with each connection (RFC 8446 section 4.1.4), and of these the
    /// post-quantum ones.
    ///
    /// @param served in the order for clients that say nothing
    public static List<NamedGroup> inOrderFor(
            Optional<ClientHello> hello, List<NamedGroup> served) {
        return hello.map(said -> inOrderFor(said, served)).orElse(served);
    }

    private static List<NamedGroup> inOrderFor(ClientHello hello, List<NamedGroup> served) {
        List<NamedGroup> byClient =
                served.stream()
                        .sorted(Comparator.comparingInt(group -> place(group, hello.groups())))
                        .toList();
        NamedGroup favorite = byClient.getFirst();
        if (favorite.isPostQuantum() && hello.groups().contains(favorite.code)) {
            return byClient;
        }
        return byClient.stream()
                .sorted(
                        Comparator.comparing((NamedGroup group) ->
                                        !hello.keyShares().contains(group.code))
                                .thenComparing(group -> !group.isPostQuantum()))
                .toList();
    }

    private static int place(NamedGroup group, List<Integer> codes) {
        int at = codes.indexOf(group.code);
        return at < 0 ? codes.size() : at;
    }

    private boolean isPostQuantum() {
        return registered.contains("MLKEM");
    }

    int code() {
        return code;
    }

    /// Its name in the registry.
    public String registered() {
        return registered;
    }

    /// The name of a code point, or `0xNNNN`.
    static String shown(int code) {
        NamedGroup known = BY_CODE.get(code);
        return known == null ? String.format(Locale.ROOT, "0x%04X", code) : known.registered;
    }
}
