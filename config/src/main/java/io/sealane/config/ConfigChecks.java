package io.sealane.config;

import io.sealane.config.ReadConfig.ReadCertificate;
import io.sealane.config.ReadConfig.ReadClientCertificates;
import io.sealane.config.ReadConfig.ReadMount;
import io.sealane.config.ReadConfig.ReadSource;
import io.sealane.config.SecretPlaces.Secret;
import io.sealane.config.Setting.Origin;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Checks the values of one file against each other. A value that was wrong by itself takes no
/// part: its stand-in is not what the file says.
final class ConfigChecks {
    private final ReadConfig config;
    private final Problems problems;

    ConfigChecks(ReadConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    void run() {
        checkListenerNames();
        List<Socket> sockets = sockets();
        checkEachSocketIsFree(sockets);
        checkPassivePorts(sockets);
        checkExcludedPorts();
        checkCertificateNames();
        checkClientCertificates();
        checkMountPaths();
        checkHostNames();
        checkRootMount();
        checkMountsHoldNoSecret();
        warnOfOpenAdmin();
        warnOfPrivateAddressToThePublic();
    }

    private void checkListenerNames() {
        checkUnique(
                config.listeners().stream().map(ReadListener::name).toList(),
                Function.identity(),
                "another name for each listener");
    }

    /// Two certificates may have the same name: an RSA and an EC key for clients of both kinds.
    private void checkCertificateNames() {
        config.certificates()
                .forEach(certificate ->
                        checkUnique(
                                certificate.names(),
                                CertificateName::text,
                                "each name once in a certificate"));
        for (ReadCertificate certificate : config.certificates()) {
            if (certificate.source() instanceof ReadSource.Acme) {
                certificate.names().stream()
                        .filter(name -> name.isGood() && name.value().isWildcard())
                        .forEach(name ->
                                problems.errorIn(
                                        name.place(),
                                        name.value().text(),
                                        "is not allowed with acme; allowed: names without a"
                                                + " wildcard, which its challenges prove"));
            }
        }
    }

    private void checkClientCertificates() {
        List<ReadListener> asking =
                config.listeners().stream().filter(ReadListener::asksForCertificates).toList();
        if (config.clientCertificates().isEmpty()) {
            asking.stream()
                    .map(listener -> listener.tls().clientCertificate())
                    .forEach(certificate ->
                            problems.errorIn(
                                    certificate.place(),
                                    certificate.value().text(),
                                    "needs somebody to trust; allowed: with "
                                            + Key.CLIENT_CERTIFICATES_TRUST.path()
                                            + ", or none"));
            return;
        }
        ReadClientCertificates clients = config.clientCertificates().get();
        if (asking.isEmpty()) {
            problems.warning(clients.place(), "no listener asks for certificates of clients");
        }
        if (clients.password().isFromFile()
                && clients.password().value() == CertificatePassword.NOT_NEEDED
                && clients.user().isGood()
                && clients.user().value() == CertificateUser.NONE) {
            problems.errorIn(
                    clients.password().place(),
                    clients.password().value().text(),
                    "is not allowed with user: none, by which a certificate is nobody's; allowed:"
                            + " required, or with another user");
        }
    }

    private void checkMountPaths() {
        checkMountPaths(config.storage().mounts());
        config.hosts().forEach(host -> checkMountPaths(host.mounts()));
    }

    private void checkMountPaths(List<ReadMount> mounts) {
        checkUnique(
                mounts.stream().map(ReadMount::path).toList(),
                Function.identity(),
                "one mount for each path");
    }

    private void checkHostNames() {
        checkUnique(
                config.hosts().stream().flatMap(host -> host.names().stream()).toList(),
                HostConfig.Name::text,
                "each name at one host");
    }

    private void checkRootMount() {
        Path dataDir = config.dataDir().value();
        if (config.storage().mounts().isEmpty() && !ConfigDefaults.hasRootMount(dataDir)) {
            problems.errorIn(
                    config.dataDir().place(),
                    dataDir.toString(),
                    "has braces; allowed: a path without, or "
                            + Key.STORAGE_MOUNTS.path()
                            + " of your own");
        }
    }

    private <T> void checkUnique(
            List<Setting<T>> settings, Function<T, String> text, String allowed) {
        Map<T, Place> places = new HashMap<>();
        for (Setting<T> setting : settings) {
            Place first =
                    setting.isGood() ? places.putIfAbsent(setting.value(), setting.place()) : null;
            if (first != null) {
                problems.errorIn(
                        setting.place(),
                        text.apply(setting.value()),
                        "is taken by " + described(first) + "; allowed: " + allowed);
            }
        }
    }

    /// All that the server listens on from the start, the ports that the kernel chooses left out.
    private List<Socket> sockets() {
        List<Socket> sockets = new ArrayList<>();
        for (ReadListener listener : config.listeners()) {
            if (listener.address().isGood()) {
                listener.ports()
                        .forEach(p -> sockets.add(new Socket(listener.address().value(), p)));
            }
        }
        if (config.listenersOrigin() == Origin.DEFAULT) {
            Place place = new Place(Key.LISTENERS.path(), 0);
            for (ListenerConfig listener : ConfigDefaults.listeners()) {
                listener.ports()
                        .forEach(port ->
                                sockets.add(
                                        new Socket(
                                                listener.address(),
                                                new Setting<>(place, port, Origin.DEFAULT))));
            }
        }
        Setting<AdminConfig> admin = config.admin();
        if (admin.isGood()) {
            InetSocketAddress address = admin.value().address();
            sockets.add(
                    new Socket(
                            address.getAddress(),
                            new Setting<>(admin.place(), address.getPort(), admin.origin())));
        }
        sockets.removeIf(socket -> socket.port.value() == 0);
        return sockets;
    }

    private void checkEachSocketIsFree(List<Socket> sockets) {
        Map<Integer, List<Socket>> takenByPort = new HashMap<>();
        for (Socket socket : sockets) {
            List<Socket> taken =
                    takenByPort.computeIfAbsent(socket.port.value(), _ -> new ArrayList<>());
            taken.stream()
                    .filter(other -> IpLiteral.overlap(other.address, socket.address))
                    .findFirst()
                    .ifPresent(other -> reportTaken(other.port, socket.port));
            taken.add(socket);
        }
    }

    /// At the later of the two, unless only the earlier one is in the file.
    private void reportTaken(Setting<Integer> earlier, Setting<Integer> later) {
        boolean atEarlier = earlier.isFromFile() && !later.isFromFile();
        Setting<Integer> wrong = atEarlier ? earlier : later;
        Setting<Integer> other = atEarlier ? later : earlier;
        problems.errorIn(
                wrong.place(),
                String.valueOf(wrong.value()),
                "is taken by "
                        + described(other.place())
                        + "; allowed: an address and port of its own");
    }

    private void checkPassivePorts(List<Socket> sockets) {
        Setting<PortRange> passive = config.passive().ports();
        if (!passive.isGood()) {
            return;
        }
        for (Socket socket : sockets) {
            Setting<Integer> port = socket.port;
            if (!passive.value().contains(port.value()) || isExcluded(port.value())) {
                continue;
            }
            if (port.isFromFile() || !passive.isFromFile()) {
                problems.errorIn(
                        port.place(),
                        String.valueOf(port.value()),
                        "is one of passive.ports (" + passive.value() + "); allowed: any other");
            } else {
                problems.errorIn(
                        passive.place(),
                        passive.value().toString(),
                        "holds port "
                                + port.value()
                                + " of "
                                + described(port.place())
                                + "; allowed: ports that nothing else listens on");
            }
        }
    }

    private boolean isExcluded(int port) {
        return config.passive().exclude().stream().anyMatch(excluded -> excluded.value() == port);
    }

    private void checkExcludedPorts() {
        Setting<PortRange> ports = config.passive().ports();
        List<Setting<Integer>> exclude = config.passive().exclude();
        if (!ports.isGood() || exclude.isEmpty()) {
            return;
        }
        Setting<Integer> last = exclude.getLast();
        if (ports.value().isKernelChosen()) {
            problems.errorIn(
                    last.place(),
                    String.valueOf(last.value()),
                    "is not allowed where the kernel chooses; allowed: with a range of"
                            + " passive.ports");
        } else if (!PassiveConfig.leavesAny(
                ports.value(), exclude.stream().map(Setting::value).toList())) {
            problems.errorIn(
                    last.place(),
                    String.valueOf(last.value()),
                    "is the last of passive.ports (" + ports.value() + "); allowed: all but one");
        }
    }

    /// A secret, and where the file speaks of it.
    private record Held(Setting<Path> setting, Secret secret) {}

    /// Security: what clients may list and fetch must hold neither accounts nor private keys.
    private void checkMountsHoldNoSecret() {
        List<Held> secrets = secrets();
        Stream.concat(
                        config.storage().mounts().stream(),
                        config.hosts().stream().flatMap(host -> host.mounts().stream()))
                .map(ReadMount::local)
                .filter(Setting::isGood)
                .forEach(local -> {
                    List<LocalFolder> forms = SecretPlaces.forms(local.value());
                    secrets.stream()
                            .filter(held -> held.secret().mayBeReachedFrom(forms))
                            .findFirst()
                            .ifPresent(held -> reportHeld(local, held.setting()));
                });
    }

    private List<Held> secrets() {
        List<Setting<Path>> files = new ArrayList<>();
        files.add(config.dataDir());
        for (ReadCertificate certificate : config.certificates()) {
            if (certificate.source() instanceof ReadSource.Files pem) {
                files.add(pem.key());
            }
        }
        // Who could replace these could let in whom he likes.
        config.clientCertificates()
                .ifPresent(clients -> {
                    files.add(clients.trust());
                    files.addAll(clients.crl());
                });
        Setting<AccountsDatabase> database = config.accounts().database();
        Path databaseFile =
                switch (database.value()) {
                    case AccountsDatabase.Sqlite(Path file) -> file;
                };
        files.add(new Setting<>(database.place(), databaseFile, database.origin()));
        List<Held> secrets = new ArrayList<>();
        if (config.dataDir().isGood()) {
            Path keys = SealaneConfig.keysFolder(config.dataDir().value());
            secrets.add(new Held(config.dataDir(), Secret.whole(keys)));
        }
        files.stream()
                .filter(Setting::isGood)
                .map(file -> new Held(file, Secret.at(file.value())))
                .forEach(secrets::add);
        return secrets;
    }

    private void reportHeld(Setting<LocalFolder> local, Setting<Path> secret) {
        problems.errorIn(
                local.place(),
                local.value().template().toString(),
                "holds "
                        + secret.place().key()
                        + " ("
                        + Problems.shown(secret.value().toString())
                        + "), which clients must not reach; allowed: a folder beside it");
    }

    private void warnOfOpenAdmin() {
        Setting<AdminConfig> admin = config.admin();
        if (admin.isGood() && !admin.value().address().getAddress().isLoopbackAddress()) {
            problems.warning(admin.place(), "other machines can reach the server's controls");
        }
    }

    /// Only where it is beyond doubt: whoever reaches a public address of ours is elsewhere.
    private void warnOfPrivateAddressToThePublic() {
        Setting<AdvertisedAddress> advertise = config.passive().advertise();
        boolean isPrivate =
                advertise.isFromFile()
                        && advertise.value() instanceof AdvertisedAddress.Fixed(Inet4Address fixed)
                        && !IpLiteral.isPublic(fixed);
        if (!isPrivate) {
            return;
        }
        config.listeners().stream()
                .map(ReadListener::address)
                .filter(Setting::isGood)
                .filter(address -> IpLiteral.isIpv4(address.value()))
                .filter(address -> IpLiteral.isPublic(address.value()))
                .findFirst()
                .ifPresent(address ->
                        problems.warning(
                                advertise.place(),
                                "clients that come by "
                                        + described(address.place())
                                        + " cannot reach a private address"));
    }

    private static String described(Place place) {
        return place.key() + (place.line() == 0 ? "" : " on line " + place.line());
    }

    /// @param port with the place to blame
    private record Socket(InetAddress address, Setting<Integer> port) {}
}
