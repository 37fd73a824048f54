package io.sealane.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypesTest {
    private static final Bounds<Duration> ANY =
            new Bounds<>(Duration.ZERO, Duration.ofDays(999_999_999));

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "10.0.0.0/8, a00::, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::/0, ::1, true",
        "::/0, 127.0.0.1, false",
        "192.168.1.128/25, 192.168.1.129, true",
        "192.168.1.128/25, 192.168.1.127, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "::ffff:10.0.0.0/104, 11.1.2.3, false"
    })
    void a_network_holds_its_addresses(String block, String address, boolean held) {
        assertThat(CidrBlock.parse(block).orElseThrow().contains(InetAddress.ofLiteral(address)))
                .isEqualTo(held);
    }

    @Test
    void an_address_that_java_keeps_mapped_is_the_ipv4_address() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xFF;
        mapped[12] = 10;
        InetAddress kept = Inet6Address.getByAddress("kept", mapped, -1);

        assertThat(CidrBlock.parse("10.0.0.0/8").orElseThrow().contains(kept)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "192.0.2.1, 192.0.2.1/32",
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "2001:db8::/32, 2001:db8:0:0:0:0:0:0/32"
    })
    void a_network_prints_as_it_is_understood(String text, String printed) {
        assertThat(CidrBlock.parse(text)).hasToString("Optional[" + printed + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0.1/8",
                "10/8",
                "010.0.0.0/8",
                "::/129",
                "::1/64",
                "::ffff:10.0.0.0/95",
                "fe80::%1/10",
                "[::1]",
                "example.com",
                "10.0.0.0/8 "
            })
    void what_is_no_network_is_refused(String text) {
        assertThat(CidrBlock.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "40000-50000, 40000, 50000, 10001",
        "1-65535, 1, 65535, 65535",
        "21, 21, 21, 1",
        "0, 0, 0, 0"
    })
    void a_port_range_has_two_ends(String text, int first, int last, int size) {
        PortRange range = PortRange.parse(text).orElseThrow();

        assertThat(range).isEqualTo(new PortRange(first, last)).hasToString(text);
        assertThat(range.size()).isEqualTo(size);
        assertThat(range.isKernelChosen()).isEqualTo(first == 0);
        assertThat(range.contains(last)).isEqualTo(first != 0);
        assertThat(range.contains(last + 1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "0-1", "2-1", "1-", "-1", "1-65536", "1 - 2", "1-2-3", "999999"})
    void what_is_no_port_range_is_refused(String text) {
        assertThat(PortRange.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0s, PT0S, 0s",
        "250ms, PT0.25S, 250ms",
        "1000ms, PT1S, 1s",
        "10s, PT10S, 10s",
        "60s, PT1M, 1m",
        "15m, PT15M, 15m",
        "2h, PT2H, 2h",
        "24h, PT24H, 1d",
        "999999999d, PT23999999976H, 999999999d"
    })
    void a_duration_is_a_number_and_a_unit(String text, Duration duration, String printed) {
        assertThat(Formats.duration(ANY).parse(text)).isEqualTo(new Parsed.Good<>(duration));
        assertThat(Formats.text(duration)).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "15",
                "m",
                "-1s",
                "+1s",
                "1.5s",
                "1 s",
                "1S",
                "1min",
                "1h30m",
                "PT1S",
                "01s",
                "1w",
                "9999999999d",
                "١s"
            })
    void what_is_no_duration_is_refused(String text) {
        assertThat(Formats.duration(ANY).parse(text)).isEqualTo(new Parsed.NotAllowed<>());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.",
                ".a",
                "-a",
                "a-",
                "a_b",
                "a b",
                "1.2.3",
                "1.2.3.4",
                "münchen.de",
                "a..b"
            })
    void what_is_no_host_name_is_refused(String text) {
        assertThat(HostName.parse(text)).isEmpty();
    }

    @Test
    void a_host_name_is_kept_in_lower_case_whatever_the_locale() {
        assertThat(HostName.parse("FTP-I.Example.COM")).contains(new HostName("ftp-i.example.com"));
        assertThat(HostName.parse("a".repeat(63) + ".org")).isPresent();
        assertThat(HostName.parse("a".repeat(64) + ".org")).isEmpty();
        assertThat(HostName.parse("a.".repeat(126) + "b")).isPresent();
        assertThat(HostName.parse("a.".repeat(127) + "b")).isEmpty();
    }

    @Test
    void a_wildcard_is_for_one_level() {
        CertificateName wildcard = CertificateName.parse("*.Example.com").orElseThrow();

        assertThat(wildcard.matches(new HostName("ftp.example.com"))).isTrue();
        assertThat(wildcard.matches(new HostName("example.com"))).isFalse();
        assertThat(wildcard.matches(new HostName("a.b.example.com"))).isFalse();
        assertThat(new CertificateName("a.org").matches(new HostName("a.org"))).isTrue();
        assertThat(new CertificateName("a.org").matches(new HostName("b.a.org"))).isFalse();
    }

    @Test
    void a_folder_for_each_user() {
        LocalFolder folder = new LocalFolder(Path.of("/srv/home-{user}/{user}"));

        assertThat(folder.isPerUser()).isTrue();
        assertThat(folder.forUser("ada")).isEqualTo(Path.of("/srv/home-ada/ada"));
        assertThat(new LocalFolder(Path.of("/srv")).isPerUser()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../b", "a\\b", "a\0b", "a\n/b"})
    void a_user_name_never_leads_elsewhere(String user) {
        LocalFolder folder = new LocalFolder(Path.of("/srv/{user}"));

        assertThatIllegalArgumentException().isThrownBy(() -> folder.forUser(user));
    }

    @ParameterizedTest
    @CsvSource({
        "/, /srv/data, true",
        "/srv, /srv, true",
        "/srv, /srvdata, false",
        "/srv/{user}, /srv, false",
        "/srv/{user}, /srv/data, true",
        "/srv/{user}, /srv/data/key.pem, true",
        "/srv/{user}/files, /srv/data/key.pem, false",
        "/srv/u-{user}, /srv/u-, false",
        "/srv/u-{user}, /srv/u-data, true",
        "/srv/u-{user}, /srv/data, false"
    })
    void a_folder_may_hold_what_some_user_could_reach(String folder, String path, boolean held) {
        assertThat(new LocalFolder(Path.of(folder)).mayHold(Path.of(path))).isEqualTo(held);
    }

    @Test
    void records_refuse_what_the_file_may_not_say() {
        ListenerTls.Offered tls = ListenerTls.Offered.DEFAULTS;
        assertRefused(() -> listener(List.of(), ListenerMode.EXPLICIT, tls));
        assertRefused(() -> listener(List.of(65_536), ListenerMode.EXPLICIT, tls));
        assertRefused(() -> listener(List.of(21, 21), ListenerMode.EXPLICIT, tls));
        assertRefused(() -> listener(List.of(21), ListenerMode.PLAIN, tls));
        assertRefused(() -> listener(List.of(21), ListenerMode.AUTO, new ListenerTls.None()));
        assertRefused(() ->
                new ListenerTls.Offered(
                        tls.control(),
                        tls.data(),
                        tls.sessionBinding(),
                        Set.of(TlsVersion.TLS_1_0),
                        tls.clientCertificate(),
                        tls.uploadEnd(),
                        tls.overridable(),
                        tls.observe(),
                        tls.clearControlChannel(),
                        tls.authAfterLogin(),
                        tls.emptyUploadWithoutHandshake(),
                        false));
        assertRefused(() ->
                listener(
                        List.of(21),
                        ListenerMode.EXPLICIT,
                        new ListenerTls.Offered(
                                tls.control(),
                                tls.data(),
                                tls.sessionBinding(),
                                tls.versions(),
                                tls.clientCertificate(),
                                tls.uploadEnd(),
                                tls.overridable(),
                                tls.observe(),
                                tls.clearControlChannel(),
                                tls.authAfterLogin(),
                                tls.emptyUploadWithoutHandshake(),
                                true)));
        assertRefused(() -> new PortRange(0, 1));
        assertRefused(() -> PassiveConfig.withPorts(new PortRange(20, 21)));
        assertRefused(() -> new CidrBlock(InetAddress.ofLiteral("10.0.0.1"), 8));
        assertRefused(() -> new LocalFolder(Path.of("relative")));
        assertRefused(() -> new MountConfig("/a/", new LocalFolder(Path.of("/srv"))));
        assertThat(listener(List.of(0, 0), ListenerMode.IMPLICIT, tls).ports()).hasSize(2);
    }

    private static void assertRefused(ThrowingCallable made) {
        assertThatIllegalArgumentException().isThrownBy(made);
    }

    private static ListenerConfig listener(
            List<Integer> ports, ListenerMode mode, ListenerTls tls) {
        return new ListenerConfig(
                "a",
                ConfigDefaults.ADDRESS,
                ports,
                mode,
                tls,
                List.of(),
                List.of(),
                ListenerConfig.SNIFF_DEFAULT);
    }
}
