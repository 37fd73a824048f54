package io.sealane.testkit;

import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/// What the probe offers in its ClientHello, by JSSE's names; an empty list leaves it to JSSE. TLS
/// 1.0 and 1.1 need the security property `jdk.tls.disabledAlgorithms` changed besides.
public record TlsChoice(
        List<String> versions,
        List<String> cipherSuites,
        List<String> groups,
        List<String> applicationProtocols,
        List<String> serverNames,
        List<KeyManager> keyManagers) {
    public static final TlsChoice DEFAULTS =
            new TlsChoice(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    public static final TlsChoice TLS_1_2 = DEFAULTS.versions("TLSv1.2");
    public static final TlsChoice TLS_1_3 = DEFAULTS.versions("TLSv1.3");

    public TlsChoice {
        versions = List.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
        groups = List.copyOf(groups);
        applicationProtocols = List.copyOf(applicationProtocols);
        serverNames = List.copyOf(serverNames);
        keyManagers = List.copyOf(keyManagers);
    }

    public TlsChoice versions(String... names) {
        return new TlsChoice(
                List.of(names),
                cipherSuites,
                groups,
                applicationProtocols,
                serverNames,
                keyManagers);
    }

    public TlsChoice cipherSuites(String... names) {
        return new TlsChoice(
                versions, List.of(names), groups, applicationProtocols, serverNames, keyManagers);
    }

    /// Key exchange groups in order of preference, for example `x25519`, `secp256r1`.
    public TlsChoice groups(String... names) {
        return new TlsChoice(
                versions,
                cipherSuites,
                List.of(names),
                applicationProtocols,
                serverNames,
                keyManagers);
    }

    /// ALPN protocol names.
    public TlsChoice applicationProtocols(String... names) {
        return new TlsChoice(
                versions, cipherSuites, groups, List.of(names), serverNames, keyManagers);
    }

    /// SNI.
    public TlsChoice serverName(String name) {
        return new TlsChoice(
                versions, cipherSuites, groups, applicationProtocols, List.of(name), keyManagers);
    }

    /// Client certificates.
    public TlsChoice keyManagers(KeyManager... managers) {
        return new TlsChoice(
                versions,
                cipherSuites,
                groups,
                applicationProtocols,
                serverNames,
                List.of(managers));
    }

    void applyTo(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        if (!versions.isEmpty()) {
            parameters.setProtocols(versions.toArray(String[]::new));
        }
        if (!cipherSuites.isEmpty()) {
            parameters.setCipherSuites(cipherSuites.toArray(String[]::new));
        }
        if (!groups.isEmpty()) {
            parameters.setNamedGroups(groups.toArray(String[]::new));
        }
        if (!applicationProtocols.isEmpty()) {
            parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
        }
        if (!serverNames.isEmpty()) {
            parameters.setServerNames(serverNames.stream().map(TlsChoice::sni).toList());
        }
        engine.setSSLParameters(parameters);
    }

    private static SNIServerName sni(String name) {
        return new SNIHostName(name);
    }
}
