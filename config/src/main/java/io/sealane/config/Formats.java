package io.sealane.config;

import static java.util.stream.Collectors.joining;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the values of the file are written, all but paths, which hang on the file's folder.
final class Formats {
    static final Format<InetAddress> ADDRESS =
            Format.of("an IP address such as 0.0.0.0, :: or 192.0.2.1", IpLiteral::parse);

    static final Format<BindAddress> BIND =
            Format.of(ADDRESS.allowed(), text -> IpLiteral.parse(text).map(BindAddress.Fixed::new));

    static final Format<Integer> PORT =
            Format.of(
                    "a port, 1 to 65535, or 0 for one that the kernel chooses",
                    text -> whole(text).filter(ListenerConfig.PORT::contain));

    static final Format<PortRange> PASSIVE_PORTS =
            Format.of(
                    "ports such as 40000-50000, from 1024 to 65535, or 0 for those that the kernel"
                            + " chooses",
                    text ->
                            PortRange.parse(text)
                                    .filter(range ->
                                            range.isKernelChosen()
                                                    || range.first() >= PassiveConfig.PORT_MIN));

    static final Format<Integer> EXCLUDED_PORT =
            Format.of(
                    "a port, 1024 to 65535",
                    text ->
                            whole(text)
                                    .filter(port -> port >= PassiveConfig.PORT_MIN)
                                    .filter(port -> port <= PortRange.PORT_MAX));

    static final Format<String> USER_NAME =
            Format.of(
                    "the name of a user, 1 to 64 letters, digits, '.', '_', '-', '@' and '+', the"
                            + " first a letter, a digit or '_'",
                    text -> Optional.of(text).filter(ServerToServerConfig.USER.asMatchPredicate()));

    static final Format<AdminConfig> ADMIN =
            Format.of(
                    "an IP address and a port such as 127.0.0.1:8021 or [::1]:8021",
                    text -> socketAddress(text).map(AdminConfig::new));

    static final Format<InetSocketAddress> SOCKET_ADDRESS =
            Format.of(
                    "an IP address and a port such as 0.0.0.0:80 or [::]:80",
                    Formats::socketAddress);

    static final Format<URI> DIRECTORY =
            Format.of(
                    "an https URL such as https://acme-v02.api.letsencrypt.org/directory",
                    text -> uri(text, "https").filter(url -> url.getHost() != null));

    static final Format<URI> CONTACT =
            Format.of(
                    "mailto: and an address such as mailto:admin@example.com",
                    text -> uri(text, "mailto").filter(url -> text.indexOf('@') > 0));

    static final Format<Boolean> AGREED =
            Format.of(
                    "true, by which you agree to the authority's terms of service",
                    text -> Optional.of(true).filter(agreed -> text.equals("true")));

    static final Format<CidrBlock> NETWORK =
            Format.of(
                    "a network such as 10.0.0.0/8 or 2001:db8::/32, with no bit set behind the"
                            + " prefix, or an IP address",
                    CidrBlock::parse);

    static final Format<AdvertisedAddress> ADVERTISED =
            Format.of(
                    "an IPv4 address that clients can reach (PASV carries no other), or a DNS"
                            + " name",
                    Formats::advertised);

    static final Format<CertificateName> CERTIFICATE_NAME =
            Format.of(
                    "a DNS name such as ftp.example.com or *.example.com", CertificateName::parse);

    static final Format<HostConfig.Name> HOST_NAME =
            Format.of(
                    "a DNS name such as ftp.example.com, or an IP address", HostConfig.Name::parse);

    static final Format<String> REALM =
            Format.of(
                    "1 to 61 letters, digits, '.', '_' and '-', as they stand behind the '@' of"
                            + " an account's name",
                    text -> Optional.of(text).filter(HostConfig.REALM.asMatchPredicate()));

    static final Format<String> LISTENER_NAME =
            Format.of(
                    "1 to 64 letters, digits, '.', '_' and '-', the first a letter or digit",
                    text -> Optional.of(text).filter(ListenerConfig.NAME.asMatchPredicate()));

    static final Format<String> MOUNT_PATH =
            Format.of(
                    "an absolute path such as / or /public, without a / at the end, without '.' or"
                            + " '..', and the same for all users",
                    text -> Optional.of(text).filter(MountConfig::isPath));

    static final Format<Boolean> TRUTH =
            Format.of(
                    "true, false",
                    text ->
                            switch (text) {
                                case "true" -> Optional.of(true);
                                case "false" -> Optional.of(false);
                                default -> Optional.empty();
                            });

    static final Format<ZoneId> ZONE =
            Format.of("a time zone such as UTC, Europe/Berlin or +05:30", Formats::zone);

    static final Format<Charset> LEGACY_CHARSET =
            Format.of(
                    "a character set that has ASCII as it is, such as GBK, Shift_JIS or"
                            + " windows-1252",
                    text -> charset(text).filter(LegacyNamesConfig::hasAscii));

    private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final Pattern DURATION = Pattern.compile("(0|[1-9][0-9]{0,8})(ms|s|m|h|d)");
    private static final Pattern SOCKET =
            Pattern.compile("(?:\\[([^\\]]+)\\]|([^:\\[\\]]+)):([0-9]+)");

    private Formats() {}

    /// Any of an enum's words.
    static <E extends Enum<E> & ConfigWord> Format<E> word(Class<E> type) {
        E[] all = type.getEnumConstants();
        return Format.of(
                Arrays.stream(all).map(ConfigWord::text).collect(joining(", ")),
                text -> Arrays.stream(all).filter(word -> word.text().equals(text)).findFirst());
    }

    /// A whole number without sign or unit.
    static Format<Integer> count(Bounds<Integer> bounds) {
        return Format.of(
                "a whole number, " + bounds.least() + " to " + bounds.most(),
                text -> whole(text).filter(bounds::contain));
    }

    /// A whole number with its unit: `250ms`, `10s`, `15m`, `2h`, `1d`.
    static Format<Duration> duration(Bounds<Duration> bounds) {
        return Format.of(
                "a whole number with a unit (ms, s, m, h, d), "
                        + text(bounds.least())
                        + " to "
                        + text(bounds.most()),
                text -> duration(text).filter(bounds::contain));
    }

    /// A duration as it is written in the file, in the largest unit that leaves no rest.
    static String text(Duration duration) {
        for (DurationUnit unit : DurationUnit.LARGEST_FIRST) {
            long units = duration.dividedBy(unit.length);
            if (units > 0 && unit.length.multipliedBy(units).equals(duration)) {
                return units + unit.text;
            }
        }
        return duration.isZero() ? "0s" : duration.toString();
    }

    private static Optional<Duration> duration(String text) {
        Matcher form = DURATION.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        long units = Long.parseLong(form.group(1));
        return DurationUnit.LARGEST_FIRST.stream()
                .filter(unit -> unit.text.equals(form.group(2)))
                .map(unit -> unit.length.multipliedBy(units))
                .findFirst();
    }

    private static Optional<URI> uri(String text, String scheme) {
        try {
            return Optional.of(new URI(text)).filter(uri -> scheme.equals(uri.getScheme()));
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }

    private static Optional<Charset> charset(String text) {
        try {
            return Optional.of(Charset.forName(text));
        } catch (IllegalArgumentException noSuch) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> whole(String text) {
        return WHOLE.matcher(text).matches()
                ? Optional.of(Integer.parseInt(text))
                : Optional.empty();
    }

    private static Optional<InetSocketAddress> socketAddress(String text) {
        Matcher form = SOCKET.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        boolean brackets = form.group(1) != null;
        String host = brackets ? form.group(1) : form.group(2);
        return whole(form.group(3))
                .filter(ListenerConfig.PORT::contain)
                .flatMap(port ->
                        IpLiteral.parse(host)
                                .filter(address -> brackets == host.indexOf(':') >= 0)
                                .map(address -> new InetSocketAddress(address, port)));
    }

    /// UTC by any of its names is one and the same, so that configurations can be compared.
    private static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text).normalized());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<AdvertisedAddress> advertised(String text) {
        Optional<InetAddress> literal = IpLiteral.parse(text);
        if (literal.isPresent()) {
            return literal.filter(AdvertisedAddress.Fixed::isUsable)
                    .map(Inet4Address.class::cast)
                    .map(AdvertisedAddress.Fixed::new);
        }
        return HostName.parse(text).map(AdvertisedAddress.Named::new);
    }

    private enum DurationUnit {
        DAY("d", Duration.ofDays(1)),
        HOUR("h", Duration.ofHours(1)),
        MINUTE("m", Duration.ofMinutes(1)),
        SECOND("s", Duration.ofSeconds(1)),
        MILLISECOND("ms", Duration.ofMillis(1));

        static final List<DurationUnit> LARGEST_FIRST = List.of(values());

        private final String text;
        private final Duration length;

        DurationUnit(String text, Duration length) {
            this.text = text;
            this.length = length;
        }
    }
}
