package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.data.ActiveSettings;
import io.sealane.core.data.DataPorts;
import io.sealane.core.data.OtherServers;
import io.sealane.core.data.PassiveOffer;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.session.Settings.DataCommands;
import io.sealane.core.tls.TlsRole;
import io.sealane.core.wire.Blanks;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.HostPort;
import io.sealane.core.wire.Reply;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// PORT, EPRT, PASV, EPSV (RFC 959 section 4.1.2, RFC 2428), CPSV and SSCN. Each opens or notes
/// what the next transfer uses; the state holds it, and the session closes it when the state lets
/// go of it.
final class DataPortCommands {
    /// Ports below it belong to services that must not be spoken to for a stranger (RFC 2577
    /// section 3, which suggests 504 for them; 500 is what clients and scanners know from vsftpd,
    /// as for addresses).
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;

    /// A number of the registry of address families (RFC 2428 section 2).
    private static final Pattern PROTOCOL = Pattern.compile("\\d{1,5}");

    private final Services services;
    private final DataPorts.Client client;

    DataPortCommands(Services services) {
        this.services = services;
        this.client = services.client();
    }

    Outcome pasv(Member state) {
        if (state.settings().dataCommands() == DataCommands.EPSV_ONLY) {
            return say(Reply.ONLY_EPSV, state);
        }
        return open(state, security(state), this::enteringPassive);
    }

    /// CPSV: PASV for one data connection on which this server is the TLS client. Interop: a custom
    /// of drftpd and glftpd, which clients know that move files between servers.
    Outcome cpsv(Member state) {
        Optional<Reply> refusal = refusalOfRole(state);
        if (refusal.isPresent()) {
            return say(refusal.get(), state);
        }
        return switch (state.link().protection().data()) {
            case CLEAR -> say(Reply.CPSV_NEEDS_PRIVATE, state);
            case PRIVATE ->
                    state.settings().dataCommands() == DataCommands.EPSV_ONLY
                            ? say(Reply.ONLY_EPSV, state)
                            : open(state, security(state, TlsRole.CLIENT), this::enteringPassive);
        };
    }

    /// SSCN: which side of the handshakes this server is from now on. Without an argument it is a
    /// question. Interop: a custom of RaidenFTPD and ProFTPD.
    Outcome sscn(CommandLine command, Member state) {
        Optional<Reply> refusal = refusalOfRole(state);
        if (refusal.isPresent()) {
            return say(refusal.get(), state);
        }
        return switch (Blanks.between(command.argument()).toUpperCase(Locale.ROOT)) {
            case "" -> say(answer(state.link().dataRole()), state);
            case "ON" -> role(TlsRole.CLIENT, state);
            case "OFF" -> role(TlsRole.SERVER, state);
            default -> say(Reply.SSCN_SYNTAX, state);
        };
    }

    private static Outcome role(TlsRole role, Member state) {
        return say(answer(role), state.withLink(state.link().withDataRole(role)));
    }

    private static Reply answer(TlsRole role) {
        return switch (role) {
            case CLIENT -> Reply.SSCN_CLIENT;
            case SERVER -> Reply.SSCN_SERVER;
        };
    }

    /// Security: a server that connects as a client where it is told to is for those alone whom the
    /// operator has named.
    private Optional<Reply> refusalOfRole(Member state) {
        if (!services.setup().policy().offersTls()) {
            return Optional.of(Reply.SERVER_TO_SERVER_OFF);
        }
        return switch (others(state)) {
            case OtherServers.None() -> Optional.of(Reply.SERVER_TO_SERVER_REFUSED);
            case OtherServers.Within(var networks) ->
                    client.security().sessionTls().isPresent()
                            ? Optional.empty()
                            : Optional.of(Reply.TLS_FIRST);
        };
    }

    private Reply enteringPassive(PassiveOffer offer) {
        return Reply.enteringPassive(
                HostPort.format(services.dataPorts().advertisedAddress(client), offer.port()));
    }

    Outcome epsv(CommandLine command, Member state) {
        String argument = Blanks.between(command.argument()).toUpperCase(Locale.ROOT);
        if (argument.equals("ALL")) {
            return say(Reply.EPSV_ALL, state.with(state.settings().withEpsvOnly()));
        }
        boolean overIpv4 = client.localAddress() instanceof Inet4Address;
        boolean fits =
                argument.isEmpty()
                        || (argument.equals("1") && overIpv4)
                        || (argument.equals("2") && !overIpv4);
        if (!fits) {
            return say(
                    PROTOCOL.matcher(argument).matches() ? ownProtocol() : Reply.EPSV_SYNTAX,
                    state);
        }
        return open(state, security(state), offer -> Reply.enteringExtendedPassive(offer.port()));
    }

    Outcome port(CommandLine command, Member state) {
        return active(HostPort.parsePort(command.argument()), "PORT", state);
    }

    Outcome eprt(CommandLine command, Member state) {
        if (state.settings().dataCommands() == DataCommands.EPSV_ONLY) {
            return say(Reply.ONLY_EPSV, state);
        }
        return switch (HostPort.parseExtended(command.argument())) {
            case HostPort.Extended.Address(InetSocketAddress address) ->
                    isReachable(address.getAddress(), state)
                            ? active(Optional.of(address), "EPRT", state)
                            : say(ownProtocol(), state);
            case HostPort.Extended.UnknownProtocol() -> say(ownProtocol(), state);
            case HostPort.Extended.Malformed() -> say(Reply.ADDRESS_SYNTAX, state);
        };
    }

    /// 522 with the network protocol that the control connection has.
    private Reply ownProtocol() {
        return Reply.networkProtocol(client.localAddress() instanceof Inet4Address ? 1 : 2);
    }

    /// Whether there is a way to `address`: by the control connection's protocol, or to another
    /// server that was named with it.
    private boolean isReachable(InetAddress address, Member state) {
        boolean sameProtocol =
                address instanceof Inet4Address == client.localAddress() instanceof Inet4Address;
        return sameProtocol || address.isAnyLocalAddress() || others(state).include(address);
    }

    private Outcome open(
            Member state, DataPorts.Security security, Function<PassiveOffer, Reply> reply) {
        // The old port is closed first: a session never holds two.
        state.offer().ifPresent(old -> old.close());
        Member without = state.withoutOffer();
        return services.dataPorts()
                .openPassive(client, others(state), security)
                .map(offer -> say(reply.apply(offer), without.offering(offer)))
                .orElseGet(() -> say(Reply.NO_PASSIVE_PORT, without));
    }

    private Outcome active(Optional<InetSocketAddress> parsed, String verb, Member state) {
        if (services.activeMode() == ActiveSettings.Mode.DISABLED) {
            return say(Reply.ACTIVE_OFF, state);
        }
        if (state.settings().dataCommands() == DataCommands.EPSV_ONLY) {
            return say(Reply.ONLY_EPSV, state);
        }
        if (parsed.isEmpty()) {
            return say(Reply.ADDRESS_SYNTAX, state);
        }
        InetSocketAddress target = orClient(parsed.get());
        boolean allowed =
                isClient(target.getAddress()) || others(state).include(target.getAddress());
        if (!allowed || target.getPort() < FIRST_UNPRIVILEGED_PORT) {
            return say(Reply.FOREIGN_ADDRESS, state);
        }
        return say(
                Reply.parameterSet(verb + " noted."),
                state.offering(
                        services.dataPorts()
                                .openActive(
                                        client,
                                        target,
                                        others(state).peerAt(target.getAddress()),
                                        security(state))));
    }

    /// Interop: lftp 4.9 offers `EPRT |2|::|port|` where it did not find out its own address.
    private InetSocketAddress orClient(InetSocketAddress target) {
        return target.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(client.address(), target.getPort())
                : target;
    }

    private boolean isClient(InetAddress address) {
        return Arrays.equals(address.getAddress(), client.address().getAddress());
    }

    private OtherServers others(Member state) {
        return services.serverToServer().of(state.account().name());
    }

    private static DataPorts.Security security(Member state) {
        return security(state, state.link().dataRole());
    }

    private static DataPorts.Security security(Member state, TlsRole role) {
        return new DataPorts.Security(state.link().protection().data(), role);
    }
}
