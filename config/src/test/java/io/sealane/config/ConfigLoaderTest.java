package io.sealane.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    private static final String EVERYTHING =
            """
            data-dir: /data
            listeners:
              - name: both
                address: "::"
                ports: [3021, 0]
                mode: auto
                sniff: 100ms
                clients: [192.0.2.0/24]
                users: [ann]
                tls:
                  control: optional
                  data: optional
                  session-binding: same-session
                  versions: ["1.3"]
                  client-certificate: optional
                  upload-end: lenient
                  overridable: true
                  observe:
                    control: required
                    data: optional
                    least-version: "1.3"
                    session-binding: prefer
                    client-certificate: optional
                    upload-end: strict
                  clear-control-channel: allowed
                  auth-after-login: allowed
                  empty-upload-without-handshake: allowed
                  legacy: false
              - { name: open, address: 192.0.2.1, ports: [22], mode: plain }
            passive:
              ports: 42000-42999
              exclude: [42060, 42061]
              bind: 10.1.2.3
              advertise: FTP.example.com
              advertise-to:
                - { clients: 10.0.0.0/8, address: 10.1.2.3 }
              peer-check: same-network
            active: { enabled: false, source-port: any }
            server-to-server: { users: [ann, "b@c"], peers: [192.0.2.0/24] }
            tls: { provider: jsse, sni: strict }
            certificates:
              - names: ["*.example.com", ftp.example.org]
                chain: /tls/chain.pem
                key: key.pem
                ocsp: off
              - names: [a.example.com]
                acme:
                  directory: https://ca.example.com/dir
                  contact: mailto:a@example.com
                  terms-agreed: true
                  challenge: tls-alpn-01
                  http-address: 10.0.0.1:8080
                  tls-address: "[::]:8443"
                  trust: ca.pem
            client-certificates:
              { trust: roots.pem, crl: [/tls/a.crl], user: san-email, password: not-needed }
            accounts:
              database: jdbc:sqlite:accounts.db
              one-time-password-grace: 1h
            storage:
              mounts:
                - path: /public
                  local: /srv/public
                  tls:
                    control: optional
                    data: required
                    least-version: "1.2"
                    session-binding: off
                    client-certificate: required
                    upload-end: lenient
                - { path: /, local: "homes/{user}" }
              durability: fsync
              partials-kept: 2h
              hidden-files: hide
              symbolic-links: hide
              ascii: binary
            hosts:
              - names: [FTP.acme.example, 192.0.2.7, "2001:DB8::7"]
                enabled: false
                realm: acme
                tls:
                  control: required
                  data: optional
                  least-version: "1.3"
                  session-binding: same-session
                  client-certificate: optional
                  upload-end: strict
                mounts:
                  - path: /
                    local: "acme/{user}"
                    tls:
                      control: optional
                      data: required
                      least-version: "1.2"
                      session-binding: off
                      client-certificate: required
                      upload-end: lenient
              - { names: [ftp.example.com] }
            listing: { zone: Asia/Kolkata }
            compression: { mode-z: on, level: 3, expansion-max: 1100 }
            legacy-names: { charset: GBK, clients: [10.0.0.0/8] }
            limits:
              sessions: 1
              sessions-per-user: 2
              sessions-per-address: 3
              idle: 4m
              login: 5s
              handshake: 6s
              stall: 1d
              data-connect: 8s
              linger: 900ms
              keepalive: 7s
              drain: 0s
            admin: { address: "[::1]:9" }
            log: { format: json }
            """;

    @TempDir Path folder;
    private ConfigFile file = new ConfigFile(Path.of(""));

    @BeforeEach
    void put_the_file_into_the_folder() {
        file = new ConfigFile(folder);
    }

    @Test
    void every_key_lands_in_its_record() {
        SealaneConfig expected =
                new SealaneConfig(
                        Path.of("/data"),
                        List.of(
                                new ListenerConfig(
                                        "both",
                                        InetAddress.ofLiteral("::"),
                                        List.of(3021, 0),
                                        ListenerMode.AUTO,
                                        new ListenerTls.Offered(
                                                Requirement.OPTIONAL,
                                                Requirement.OPTIONAL,
                                                SessionBinding.SAME_SESSION,
                                                Set.of(TlsVersion.TLS_1_3),
                                                ClientCertificate.OPTIONAL,
                                                UploadEnd.LENIENT,
                                                true,
                                                new TlsDemands(
                                                        Optional.of(Requirement.REQUIRED),
                                                        Optional.of(Requirement.OPTIONAL),
                                                        Optional.of(TlsVersion.TLS_1_3),
                                                        Optional.of(SessionBinding.PREFER),
                                                        Optional.of(Requirement.OPTIONAL),
                                                        Optional.of(UploadEnd.STRICT)),
                                                Permission.ALLOWED,
                                                Permission.ALLOWED,
                                                Permission.ALLOWED,
                                                false),
                                        List.of(CidrBlock.parse("192.0.2.0/24").orElseThrow()),
                                        List.of("ann"),
                                        Duration.ofMillis(100)),
                                new ListenerConfig(
                                        "open",
                                        InetAddress.ofLiteral("192.0.2.1"),
                                        List.of(22),
                                        ListenerMode.PLAIN,
                                        new ListenerTls.None(),
                                        List.of(),
                                        List.of(),
                                        ListenerConfig.SNIFF_DEFAULT)),
                        new PassiveConfig(
                                new PortRange(42_000, 42_999),
                                List.of(42_060, 42_061),
                                new BindAddress.Fixed(InetAddress.ofLiteral("10.1.2.3")),
                                new AdvertisedAddress.Named(new HostName("ftp.example.com")),
                                List.of(
                                        new AdvertiseRule(
                                                new CidrBlock(InetAddress.ofLiteral("10.0.0.0"), 8),
                                                new AdvertisedAddress.Fixed(
                                                        Inet4Address.ofLiteral("10.1.2.3")))),
                                PeerCheck.SAME_NETWORK),
                        new ActiveConfig(false, SourcePort.ANY),
                        new ServerToServerConfig(
                                List.of("ann", "b@c"),
                                List.of(new CidrBlock(InetAddress.ofLiteral("192.0.2.0"), 24))),
                        new TlsConfig(TlsProviderName.JSSE, Sni.STRICT),
                        List.of(
                                new CertificateConfig(
                                        List.of(
                                                new CertificateName("*.example.com"),
                                                new CertificateName("ftp.example.org")),
                                        new CertificateSource.Files(
                                                Path.of("/tls/chain.pem"),
                                                folder.resolve("key.pem")),
                                        Ocsp.OFF),
                                new CertificateConfig(
                                        List.of(new CertificateName("a.example.com")),
                                        new CertificateSource.Acme(
                                                new AcmeConfig(
                                                        URI.create("https://ca.example.com/dir"),
                                                        Optional.of(
                                                                URI.create("mailto:a@example.com")),
                                                        AcmeChallenge.TLS_ALPN_01,
                                                        new InetSocketAddress(
                                                                InetAddress.ofLiteral("10.0.0.1"),
                                                                8080),
                                                        Optional.of(
                                                                new InetSocketAddress(
                                                                        InetAddress.ofLiteral("::"),
                                                                        8443)),
                                                        Optional.of(folder.resolve("ca.pem")))),
                                        Ocsp.AUTO)),
                        Optional.of(
                                new ClientCertificatesConfig(
                                        folder.resolve("roots.pem"),
                                        List.of(Path.of("/tls/a.crl")),
                                        CertificateUser.SAN_EMAIL,
                                        CertificatePassword.NOT_NEEDED)),
                        new AccountsConfig(
                                new AccountsDatabase.Sqlite(folder.resolve("accounts.db")),
                                Duration.ofHours(1)),
                        new StorageConfig(
                                List.of(
                                        new MountConfig(
                                                "/public",
                                                new LocalFolder(Path.of("/srv/public")),
                                                new TlsDemands(
                                                        Optional.of(Requirement.OPTIONAL),
                                                        Optional.of(Requirement.REQUIRED),
                                                        Optional.of(TlsVersion.TLS_1_2),
                                                        Optional.of(SessionBinding.OFF),
                                                        Optional.of(Requirement.REQUIRED),
                                                        Optional.of(UploadEnd.LENIENT))),
                                        new MountConfig(
                                                "/",
                                                new LocalFolder(folder.resolve("homes/{user}")))),
                                Durability.FSYNC,
                                Duration.ofHours(2),
                                Visibility.HIDE,
                                SymbolicLinks.HIDE,
                                Ascii.BINARY),
                        List.of(
                                new HostConfig(
                                        List.of(
                                                new HostConfig.Name("ftp.acme.example"),
                                                new HostConfig.Name("192.0.2.7"),
                                                new HostConfig.Name("[2001:db8:0:0:0:0:0:7]")),
                                        false,
                                        Optional.of("acme"),
                                        new TlsDemands(
                                                Optional.of(Requirement.REQUIRED),
                                                Optional.of(Requirement.OPTIONAL),
                                                Optional.of(TlsVersion.TLS_1_3),
                                                Optional.of(SessionBinding.SAME_SESSION),
                                                Optional.of(Requirement.OPTIONAL),
                                                Optional.of(UploadEnd.STRICT)),
                                        List.of(
                                                new MountConfig(
                                                        "/",
                                                        new LocalFolder(
                                                                folder.resolve("acme/{user}")),
                                                        new TlsDemands(
                                                                Optional.of(Requirement.OPTIONAL),
                                                                Optional.of(Requirement.REQUIRED),
                                                                Optional.of(TlsVersion.TLS_1_2),
                                                                Optional.of(SessionBinding.OFF),
                                                                Optional.of(Requirement.REQUIRED),
                                                                Optional.of(UploadEnd.LENIENT))))),
                                new HostConfig(
                                        List.of(new HostConfig.Name("ftp.example.com")),
                                        true,
                                        Optional.empty(),
                                        TlsDemands.NONE,
                                        List.of())),
                        new ListingConfig(ZoneId.of("Asia/Kolkata")),
                        new CompressionConfig(ModeZ.ON, 3, 1100),
                        new LegacyNamesConfig(
                                Charset.forName("GBK"),
                                List.of(
                                        new CidrBlock(
                                                InetAddress.ofLiteral("10.0.0.0"), Byte.SIZE))),
                        new LimitsConfig(
                                1,
                                2,
                                3,
                                Duration.ofMinutes(4),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(6),
                                Duration.ofDays(1),
                                Duration.ofSeconds(8),
                                Duration.ofMillis(900),
                                Duration.ofSeconds(7),
                                Duration.ZERO),
                        new AdminConfig(new InetSocketAddress(InetAddress.ofLiteral("::1"), 9)),
                        new LogConfig(LogFormat.JSON));

        assertThat(file.config(EVERYTHING)).isEqualTo(expected);
    }

    @Test
    void the_mapping_test_names_every_key() {
        for (Key key : Key.values()) {
            String word = key.word().replace("[]", "");
            assertThat(EVERYTHING).as(key.path()).containsPattern("(^|[ {\n])" + word + ":");
        }
    }

    @Test
    void a_listener_without_ports_has_those_of_its_mode() {
        assertThat(file.config("listeners: [{ mode: implicit }, {}]").listeners())
                .extracting(ListenerConfig::name, ListenerConfig::ports)
                .containsExactly(tuple("implicit", List.of(990)), tuple("explicit", List.of(21)));
    }

    @Test
    void certificates_of_clients_admit_and_no_more_unless_told_otherwise() {
        assertThat(
                        file.config(
                                        """
                                        listeners: [{ tls: { client-certificate: required } }]
                                        client-certificates: { trust: roots.pem }
                                        """)
                                .clientCertificates())
                .contains(
                        new ClientCertificatesConfig(
                                folder.resolve("roots.pem"),
                                List.of(),
                                CertificateUser.NONE,
                                CertificatePassword.REQUIRED));
        assertThat(file.config("").clientCertificates()).isEmpty();
    }

    @Test
    void certificates_that_nobody_asks_for_are_worth_a_warning() {
        assertThat(file.ok("client-certificates: { trust: roots.pem }").warnings())
                .extracting(warning -> warning.toString().replace(folder + "/", ""))
                .containsExactly(
                        "sealane.yaml:1: client-certificates: no listener asks for certificates of"
                                + " clients");
    }

    @Test
    void comments_alone_are_an_empty_file() {
        assertThat(file.config("# nothing\n---\n# more\n")).isEqualTo(file.config(""));
    }

    @Test
    void what_hangs_on_the_data_folder_moves_with_it() {
        SealaneConfig config = file.config("data-dir: ../elsewhere/./data");

        Path data = folder.resolveSibling("elsewhere/data");
        assertThat(config.dataDir()).isEqualTo(data);
        assertThat(config.accounts().database().jdbcUrl())
                .isEqualTo("jdbc:sqlite:" + data + "/sealane.db");
        assertThat(config.storage().mounts().getFirst().local().forUser("ada"))
                .isEqualTo(data.resolve("files/ada"));
    }

    @Test
    void a_data_folder_with_braces_needs_mounts_that_are_not_in_it() {
        assertThat(file.errors("data-dir: /srv/{x}"))
                .containsExactly(
                        "sealane.yaml:1: data-dir: \"/srv/{x}\" has braces; allowed: a path"
                                + " without, or storage.mounts of your own");
        String mounts = "\nstorage: { mounts: [ { path: /, local: '/srv/ftp/{user}' } ] }";
        assertThat(file.config("data-dir: /srv/{x}" + mounts).dataDir())
                .isEqualTo(Path.of("/srv/{x}"));
    }

    @Test
    void braces_in_the_path_of_the_file_are_no_users_name() throws IOException {
        Path braced = Files.createDirectory(folder.resolve("{user}"));
        Path inside = braced.resolve("sealane.yaml");
        Files.writeString(
                inside, "data-dir: /d\nstorage: { mounts: [ { path: /, local: 'ftp}' } ] }");

        assertThat(file.lines(ConfigLoader.load(inside)))
                .singleElement()
                .asString()
                .startsWith(
                        "{user}/sealane.yaml:2: storage.mounts[0].local: \"ftp}\" is not allowed");
        assertThat(file.lines(ConfigLoader.load(new ConfigSource.ZeroConfig(braced))))
                .singleElement()
                .asString()
                .contains("has braces in its path");
    }

    @Test
    void relative_paths_are_relative_to_the_file_however_it_is_named() throws IOException {
        Files.writeString(file.path(), "data-dir: data");
        Path roundabout = folder.resolve("x").resolve("..").resolve("sealane.yaml");
        Files.createDirectory(folder.resolve("x"));

        assertThat(ConfigLoader.load(roundabout))
                .isEqualTo(new ConfigResult.Ok(file.config("data-dir: data"), List.of(), Map.of()));
        assertThat(file.config("data-dir: data").dataDir()).isEqualTo(folder.resolve("data"));
    }

    @Test
    void anchors_may_save_writing() {
        List<ListenerConfig> listeners =
                file.config(
                                """
                                listeners:
                                  - { name: a, ports: [1], tls: &strict { versions: ["1.3"] } }
                                  - { name: b, ports: [2], tls: *strict }
                                """)
                        .listeners();

        assertThat(listeners.getFirst().tls()).isEqualTo(listeners.getLast().tls());
    }

    @Test
    void a_byte_order_mark_is_skipped() {
        assertThat(file.config("\uFEFFlog: { format: json }").log().format())
                .isEqualTo(LogFormat.JSON);
    }

    @Test
    void questionable_values_are_served_with_a_warning() {
        ConfigResult.Ok ok =
                file.ok(
                        """
                        admin: { address: 0.0.0.0:8021 }
                        listeners:
                          - { name: a, address: 0.0.0.0, ports: [1], mode: plain }
                          - name: b
                            address: "::"
                            ports: [2]
                            tls: { control: optional,
                                   data: optional,
                                   clear-control-channel: allowed }
                          - { name: c, ports: [3], mode: plain }
                          - { name: d, address: 198.51.100.7, ports: [4] }
                        passive: { advertise: 10.1.2.3 }
                        """);

        assertThat(ok.warnings())
                .extracting(warning -> warning.toString().replace(folder + "/", ""))
                .containsExactly(
                        "sealane.yaml:1: admin.address: other machines can reach the server's"
                                + " controls",
                        "sealane.yaml:3: listeners[0].mode: passwords and files travel in the"
                                + " clear",
                        "sealane.yaml:7: listeners[1].tls.control: passwords may travel in the"
                                + " clear",
                        "sealane.yaml:8: listeners[1].tls.data: files may travel in the clear",
                        "sealane.yaml:9: listeners[1].tls.clear-control-channel: commands may"
                                + " travel in the clear, and be changed on their way",
                        "sealane.yaml:12: passive.advertise: clients that come by"
                                + " listeners[3].address on line 11 cannot reach a private"
                                + " address");
    }

    @Test
    void all_errors_are_reported_in_the_order_of_the_file() {
        assertThat(
                        file.errors(
                                """
                                log: { format: xml }
                                listeners:
                                  - mode: implict
                                    ports: [21, x]
                                    tls: { control: maybe, versions: ["1.1", "1.3"] }
                                    adress: 0.0.0.0
                                  - 7
                                pasive: {}
                                limits: { idle: 15, login: [] }
                                certificates: [{ chain: a.pem }]
                                """))
                .containsExactly(
                        "sealane.yaml:1: log.format: \"xml\" is not allowed; allowed: text, json",
                        "sealane.yaml:3: listeners[0].mode: \"implict\" is not allowed; allowed:"
                                + " explicit, implicit, auto, plain",
                        "sealane.yaml:4: listeners[0].ports[1]: \"x\" is not allowed; allowed: a"
                                + " port, 1 to 65535, or 0 for one that the kernel chooses",
                        "sealane.yaml:5: listeners[0].tls.control: \"maybe\" is not allowed;"
                                + " allowed: required, optional",
                        "sealane.yaml:5: listeners[0].tls.versions[0]: \"1.1\" is not allowed"
                                + " where tls.legacy is false; allowed: 1.2, 1.3",
                        "sealane.yaml:6: listeners[0].adress: is not a known key; did you mean"
                                + " address?",
                        "sealane.yaml:7: listeners[1]: is a single value; allowed: keys with"
                                + " values",
                        "sealane.yaml:8: pasive: is not a known key; did you mean passive?",
                        "sealane.yaml:9: limits.idle: \"15\" is not allowed; allowed: a whole"
                                + " number with a unit (ms, s, m, h, d), 1s to 7d",
                        "sealane.yaml:9: limits.login: is a list; allowed: a whole number with a"
                                + " unit (ms, s, m, h, d), 1s to 1h",
                        "sealane.yaml:10: certificates[0].key: is missing; allowed: a path,"
                                + " absolute or relative to this file's folder ('~' is not"
                                + " expanded)");
    }

    @Test
    void a_file_that_is_not_there_is_an_error() {
        assertThat(file.lines(ConfigLoader.load(folder.resolve("sealane.yaml"))))
                .containsExactly("sealane.yaml: cannot be read: there is no such file");
    }

    @Test
    void a_folder_is_an_error() {
        assertThat(file.lines(ConfigLoader.load(folder)))
                .singleElement()
                .asString()
                .contains(": cannot be read: ");
    }

    @Test
    void latin_1_is_an_error_with_its_line() throws IOException {
        Files.write(file.path(), "log: {}\n# Müller\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(file.lines(ConfigLoader.load(file.path())))
                .containsExactly("sealane.yaml:2: is not UTF-8 text from here on");
    }

    @Test
    void utf_8_cut_off_within_a_character_is_an_error() throws IOException {
        Files.write(file.path(), new byte[] {'#', ' ', (byte) 0xC3});

        assertThat(file.lines(ConfigLoader.load(file.path())))
                .containsExactly("sealane.yaml:1: is not UTF-8 text from here on");
    }

    @Test
    void a_control_character_is_an_error_with_its_line() {
        assertThat(file.errors("log: {}\n# \u0007\n"))
                .containsExactly(
                        "sealane.yaml:2: is not YAML: the character U+0007 is not allowed");
    }

    @Test
    void a_file_larger_than_the_limit_is_an_error() {
        assertThat(file.errors("#".repeat(YamlFile.FILE_BYTES_MAX + 1)))
                .containsExactly("sealane.yaml: is too large; allowed: 1048576 bytes");
    }

    @Test
    void a_file_as_large_as_the_limit_is_read() {
        assertThat(file.load("#".repeat(YamlFile.FILE_BYTES_MAX)))
                .isInstanceOf(ConfigResult.Ok.class);
    }

    @Test
    void broken_yaml_is_one_error_with_its_line() {
        assertThat(file.errors("log: { format: xml }\nlimits:\n\tidle: 15m\n"))
                .singleElement()
                .asString()
                .startsWith("sealane.yaml:3: is not YAML: ")
                .contains("TAB");
    }

    @Test
    void two_documents_are_an_error() {
        assertThat(file.errors("log: {}\n---\nlog: {}\n"))
                .singleElement()
                .asString()
                .startsWith("sealane.yaml:2: is not YAML: expected a single document");
    }

    @Test
    @Timeout(20)
    void brackets_without_end_do_not_overflow_the_stack() {
        assertThat(file.errors("[".repeat(500_000)))
                .containsExactly("sealane.yaml:1: is nested too deeply; allowed: 16 levels");
        assertThat(file.errors("- ".repeat(500_000)))
                .containsExactly("sealane.yaml:1: is nested too deeply; allowed: 16 levels");
    }

    @Test
    @Timeout(20)
    void a_billion_laughs_are_refused() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            String before = "*a" + (i - 1);
            yaml.append("a" + i + ": &a" + i + " [" + (before + ", ").repeat(9) + before + "]\n");
        }

        assertThat(file.errors(yaml.toString()))
                .singleElement()
                .asString()
                .contains("is not YAML: Number of aliases for non-scalar nodes exceeds");
    }

    @Test
    @Timeout(20)
    void a_list_that_holds_itself_is_refused() {
        assertThat(file.errors("listeners: &again [*again]\n"))
                .containsExactly(
                        "sealane.yaml:1: listeners[0]: is a list; allowed: keys with values");
    }

    @Test
    void a_legacy_listener_is_for_named_clients_and_users() {
        assertThat(
                        file.errors(
                                """
                                listeners:
                                  - { name: a, ports: [1], tls: { legacy: true }, users: [x] }
                                  - name: b
                                    ports: [2]
                                    clients: [10.0.0.0/8]
                                    tls: { legacy: true }
                                """))
                .containsExactly(
                        "sealane.yaml:2: listeners[0].tls.legacy: lets in everybody; allowed: with"
                                + " clients, the networks of the devices",
                        "sealane.yaml:6: listeners[1].tls.legacy: lets in everybody; allowed: with"
                                + " users, the names that the devices log in by");
    }

    @Test
    void a_legacy_listener_may_have_old_versions_and_is_warned_of() {
        ConfigResult.Ok ok =
                file.ok(
                        """
                        listeners:
                          - name: devices
                            clients: [10.7.0.0/24]
                            users: [scanner, camera]
                            tls: { legacy: true, versions: ["1.0", "1.1", "1.2"] }
                        """);

        ListenerConfig devices = ok.config().listeners().getFirst();
        assertThat(devices.clients()).hasToString("[10.7.0.0/24]");
        assertThat(devices.users()).containsExactly("scanner", "camera");
        assertThat(devices.tls())
                .isInstanceOfSatisfying(
                        ListenerTls.Offered.class,
                        tls -> {
                            assertThat(tls.legacy()).isTrue();
                            assertThat(tls.versions()).hasSize(3).contains(TlsVersion.TLS_1_0);
                            assertThat(tls.control()).isEqualTo(Requirement.REQUIRED);
                            assertThat(tls.data()).isEqualTo(Requirement.REQUIRED);
                        });
        assertThat(ok.warnings())
                .extracting(warning -> warning.toString().replace(folder + "/", ""))
                .containsExactly(
                        "sealane.yaml:5: listeners[0].tls.legacy: TLS before 1.2, CBC, 3DES and RSA"
                                + " key exchange can be attacked: passwords and files of this"
                                + " listener may become known");
    }

    @Test
    @Timeout(60)
    void a_file_full_of_unknown_keys_is_told_about_each() {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            yaml.append("key").append(i).append(": 1\n");
        }

        assertThat(file.errors(yaml.toString())).hasSize(50_000);
    }

    @Test
    @Timeout(60)
    void no_mutilated_file_makes_the_loader_throw() {
        int rounds = Integer.getInteger("sealane.config.rounds", 500);
        Random random = new Random(20_260_101);
        List<String> pieces = List.of(EVERYTHING.split("(?<=[\n ,:])", -1));
        for (int i = 0; i < rounds; i++) {
            List<String> mutilated = new ArrayList<>(pieces);
            for (int j = random.nextInt(4); j >= 0; j--) {
                int at = random.nextInt(mutilated.size());
                switch (random.nextInt(4)) {
                    case 0 -> mutilated.remove(at);
                    case 1 -> mutilated.set(at, pieces.get(random.nextInt(pieces.size())));
                    case 2 -> mutilated.add(at, pieces.get(random.nextInt(pieces.size())));
                    default -> mutilated.set(at, "\"" + (char) random.nextInt(0x2100) + "\" ");
                }
            }
            String yaml = String.join("", mutilated);

            assertThatCode(() -> file.load(yaml)).as(yaml).doesNotThrowAnyException();
        }
    }
}
