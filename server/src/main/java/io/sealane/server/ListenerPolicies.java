package io.sealane.server;

import io.sealane.config.CidrBlock;
import io.sealane.config.ListenerConfig;
import io.sealane.config.ListenerTls;
import io.sealane.config.Permission;
import io.sealane.core.limit.Admittance;
import io.sealane.core.server.ListenerSettings;
import io.sealane.core.tls.ApplicationProtocols;
import io.sealane.core.tls.ClientCertificates;
import io.sealane.core.tls.Concessions;
import io.sealane.core.tls.ListenerMode;
import io.sealane.core.tls.NamedGroup;
import io.sealane.core.tls.PolicyOptions;
import io.sealane.core.tls.PolicyResolution.Overridable;
import io.sealane.core.tls.Requirement;
import io.sealane.core.tls.SessionBinding;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.Strength;
import io.sealane.core.tls.TlsDemands;
import io.sealane.core.tls.TlsException;
import io.sealane.core.tls.TlsPolicy;
import io.sealane.core.tls.TlsProvider;
import io.sealane.core.tls.TlsSettings;
import io.sealane.core.tls.TlsSource;
import io.sealane.core.tls.TlsVersion;
import io.sealane.core.tls.UploadEnd;
import io.sealane.server.certificate.Certificates;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// From the words of the configuration to the settings of a listener.
final class ListenerPolicies {
    private ListenerPolicies() {}

    static boolean offersTls(ListenerConfig listener) {
        return switch (listener.tls()) {
            case ListenerTls.None() -> false;
            case ListenerTls.Offered offered -> true;
        };
    }

    /// @param oneTimePasswords whether some account has such
    static ListenerSettings of(
            ListenerConfig listener,
            TlsProvider provider,
            Optional<Certificates> certificates,
            Optional<AskedClients> clients,
            BooleanSupplier oneTimePasswords) {
        List<InetSocketAddress> addresses =
                listener.ports().stream()
                        .map(port -> new InetSocketAddress(listener.address(), port))
                        .toList();
        return new ListenerSettings(
                listener.name(),
                addresses,
                policy(listener),
                options(listener),
                switch (listener.tls()) {
                    case ListenerTls.None() ->
                            hello -> {
                                throw new TlsException("no TLS on this listener");
                            };
                    case ListenerTls.Offered offered ->
                            source(offered, provider, certificates, clients, oneTimePasswords);
                },
                admittance(listener),
                listener.sniff());
    }

    /// What a listener demands of TLS.
    static TlsPolicy policy(ListenerConfig listener) {
        return switch (listener.tls()) {
            case ListenerTls.None() ->
                    new TlsPolicy(
                            ListenerMode.PLAIN,
                            Requirement.OPTIONAL,
                            Requirement.OPTIONAL,
                            TlsVersion.TLS_1_2,
                            SessionBinding.OFF,
                            Requirement.OPTIONAL,
                            UploadEnd.STRICT,
                            Concessions.STRICT);
            case ListenerTls.Offered offered -> policy(listener, offered);
        };
    }

    /// How a listener's policy meets those of accounts and mounts, and what is tried there.
    static PolicyOptions options(ListenerConfig listener) {
        return switch (listener.tls()) {
            case ListenerTls.None() -> PolicyOptions.DEFAULTS;
            case ListenerTls.Offered offered ->
                    new PolicyOptions(
                            offered.overridable() ? Overridable.YES : Overridable.NO,
                            demands(offered.observe()));
        };
    }

    static boolean isLegacy(ListenerConfig listener) {
        return switch (listener.tls()) {
            case ListenerTls.None() -> false;
            case ListenerTls.Offered offered -> offered.legacy();
        };
    }

    static Admittance admittance(ListenerConfig listener) {
        List<CidrBlock> clients = listener.clients();
        Set<String> users = Set.copyOf(listener.users());
        return new Admittance(
                address ->
                        clients.isEmpty()
                                || clients.stream().anyMatch(network -> network.contains(address)),
                user -> users.isEmpty() || users.contains(user));
    }

    private static TlsSource source(
            ListenerTls.Offered offered,
            TlsProvider provider,
            Optional<Certificates> certificates,
            Optional<AskedClients> clients,
            BooleanSupplier oneTimePasswords) {
        Certificates all =
                certificates.orElseThrow(
                        () -> new IllegalStateException("TLS without a certificate"));
        Set<TlsVersion> versions = versions(offered);
        return hello -> {
            Optional<SessionTls> toAnAuthority = all.answer(hello);
            return toAnAuthority.isPresent()
                    ? toAnAuthority.get()
                    : provider.newSession(
                            new TlsSettings(
                                    all.choose(hello, versions),
                                    versions,
                                    offered.legacy() ? Strength.LEGACY : Strength.MODERN,
                                    clients.map(asked -> asked.now(offered.clientCertificate()))
                                            .orElse(ClientCertificates.NONE),
                                    ApplicationProtocols.of(hello, oneTimePasswords),
                                    NamedGroup.inOrderFor(hello, NamedGroup.SERVED)));
        };
    }

    private static TlsPolicy policy(ListenerConfig listener, ListenerTls.Offered offered) {
        return new TlsPolicy(
                switch (listener.mode()) {
                    case EXPLICIT -> ListenerMode.EXPLICIT;
                    case IMPLICIT -> ListenerMode.IMPLICIT;
                    case AUTO -> ListenerMode.AUTO;
                    case PLAIN -> ListenerMode.PLAIN;
                },
                requirement(offered.control()),
                requirement(offered.data()),
                Collections.min(versions(offered)),
                binding(offered.sessionBinding()),
                switch (offered.clientCertificate()) {
                    case NONE, OPTIONAL -> Requirement.OPTIONAL;
                    case REQUIRED -> Requirement.REQUIRED;
                },
                end(offered.uploadEnd()),
                new Concessions(
                        permission(offered.clearControlChannel()),
                        permission(offered.authAfterLogin()),
                        permission(offered.emptyUploadWithoutHandshake())));
    }

    private static Concessions.Permission permission(Permission configured) {
        return switch (configured) {
            case REFUSED -> Concessions.Permission.REFUSED;
            case ALLOWED -> Concessions.Permission.ALLOWED;
        };
    }

    /// What is demanded in the words of the configuration.
    static TlsDemands demands(io.sealane.config.TlsDemands configured) {
        return new TlsDemands(
                configured.control().map(ListenerPolicies::requirement),
                configured.data().map(ListenerPolicies::requirement),
                configured.leastVersion().map(ListenerPolicies::version),
                configured.sessionBinding().map(ListenerPolicies::binding),
                configured.clientCertificate().map(ListenerPolicies::requirement),
                configured.uploadEnd().map(ListenerPolicies::end));
    }

    private static SessionBinding binding(io.sealane.config.SessionBinding configured) {
        return switch (configured) {
            case SAME_SESSION -> SessionBinding.SAME_SESSION;
            case SAME_USER -> SessionBinding.SAME_USER;
            case PREFER -> SessionBinding.PREFER;
            case OFF -> SessionBinding.OFF;
        };
    }

    private static UploadEnd end(io.sealane.config.UploadEnd configured) {
        return switch (configured) {
            case STRICT -> UploadEnd.STRICT;
            case LENIENT -> UploadEnd.LENIENT;
        };
    }

    private static Requirement requirement(io.sealane.config.Requirement configured) {
        return switch (configured) {
            case REQUIRED -> Requirement.REQUIRED;
            case OPTIONAL -> Requirement.OPTIONAL;
        };
    }

    static Set<TlsVersion> versions(ListenerTls.Offered offered) {
        return offered.versions().stream()
                .map(ListenerPolicies::version)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static TlsVersion version(io.sealane.config.TlsVersion configured) {
        return switch (configured) {
            case TLS_1_0 -> TlsVersion.TLS_1_0;
            case TLS_1_1 -> TlsVersion.TLS_1_1;
            case TLS_1_2 -> TlsVersion.TLS_1_2;
            case TLS_1_3 -> TlsVersion.TLS_1_3;
        };
    }
}
