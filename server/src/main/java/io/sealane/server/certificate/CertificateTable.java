package io.sealane.server.certificate;

import io.sealane.config.CertificateName;
import io.sealane.config.HostName;
import io.sealane.core.tls.TlsException;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.tls.TlsVersion;
import io.sealane.core.wire.ClientHello;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// All certificates of a moment, and which of them a client gets. Immutable.
final class CertificateTable {
    /// A certificate and the names it is given for.
    ///
    /// @param label what people call it: `certificates[1]`
    record Row(String label, List<CertificateName> names, TlsIdentity identity, KeyKind kind) {
        Row {
            names = List.copyOf(names);
        }
    }

    /// What a client gets that asks for a name which no certificate has.
    enum UnknownName {
        DEFAULT_CERTIFICATE,
        REFUSAL
    }

    private static final String WILDCARD = "*";

    private final UnknownName unknownName;
    private final List<Row> byDefault;
    private final Map<String, List<Row>> byName = new HashMap<>();
    private final Map<String, List<String>> unused = new LinkedHashMap<>();

    /// @param rows at least one; the first is the default, and with it those that share a name with
    ///   it, for clients of other abilities
    CertificateTable(List<Row> rows, UnknownName unknownName) {
        this.unknownName = unknownName;
        for (Row row : rows) {
            row.names().forEach(name -> add(name.text(), row));
        }
        Set<Row> defaults = new LinkedHashSet<>();
        defaults.add(rows.getFirst());
        rows.getFirst().names().forEach(name -> defaults.addAll(rowsOf(name.text())));
        byDefault = List.copyOf(defaults);
    }

    /// For which names no client gets the certificate `label`, though it is configured, and why;
    /// for people.
    List<String> unused(String label) {
        return List.copyOf(unused.getOrDefault(label, List.of()));
    }

    /// The certificate for a client: by the server name that it asks for, an exact name before a
    /// wildcard, then by the signatures that it understands. Without a name, or with an IP address
    /// for one (lftp, Perl and Ruby send that), the default.
    ///
    /// @param versions TLS versions that the client is served
    /// @throws TlsException where unknown names are refused
    TlsIdentity choose(Optional<ClientHello> hello, Set<TlsVersion> versions) throws TlsException {
        if (hello.isEmpty()) {
            return byDefault.getFirst().identity();
        }
        List<Row> rows = rowsFor(hello.get());
        return preferred(rows, kind -> kind.isUnderstoodBy(hello.get(), versions))
                // Old devices that know ECDSA with CBC alone.
                .or(() -> preferred(rows, kind -> kind.isOfferedBy(hello.get())))
                .orElse(rows.getFirst())
                .identity();
    }

    private static Optional<Row> preferred(List<Row> rows, Predicate<KeyKind> fits) {
        return rows.stream()
                .filter(row -> fits.test(row.kind()))
                .min((one, other) -> one.kind().compareTo(other.kind()));
    }

    private List<Row> rowsFor(ClientHello hello) throws TlsException {
        Optional<HostName> asked = hello.serverName().flatMap(CertificateTable::hostName);
        if (asked.isEmpty()) {
            return byDefault;
        }
        String name = asked.get().text();
        List<Row> exact = rowsOf(name);
        int dot = name.indexOf('.');
        List<Row> found =
                exact.isEmpty() && dot > 0 ? rowsOf(WILDCARD + name.substring(dot)) : exact;
        if (!found.isEmpty()) {
            return found;
        }
        return switch (unknownName) {
            case DEFAULT_CERTIFICATE -> byDefault;
            case REFUSAL ->
                    throw TlsException.refusal(
                            TlsException.UNRECOGNIZED_NAME, "no certificate for " + name);
        };
    }

    /// RFC 6066 section 3 has names without their final dot, and some clients send it.
    private static Optional<HostName> hostName(String sent) {
        return HostName.parse(sent.endsWith(".") ? sent.substring(0, sent.length() - 1) : sent);
    }

    private List<Row> rowsOf(String name) {
        return byName.getOrDefault(name, List.of());
    }

    private void add(String name, Row row) {
        List<Row> rows = byName.computeIfAbsent(name, _ -> new ArrayList<>());
        Optional<Row> taken = rows.stream().filter(other -> other.kind() == row.kind()).findFirst();
        if (taken.isPresent()) {
            unused.computeIfAbsent(row.label(), _ -> new ArrayList<>())
                    .add(
                            "no client gets it for the name "
                                    + name
                                    + ", which "
                                    + taken.get().label()
                                    + " has with the same kind of key ("
                                    + row.kind()
                                    + ")");
        } else {
            rows.add(row);
        }
    }
}
