package io.sealane.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recorded defaults. A change here changes servers that are running: it goes into the changelog.
class ConfigDefaultsTest {
    private static final String OFFERED_EXPLICIT =
            "Offered[control=REQUIRED, data=REQUIRED, sessionBinding=PREFER, versions=V,"
                    + " clientCertificate=NONE, uploadEnd=STRICT"
                    + ", overridable=false, observe="
                    + TlsDemands.NONE
                    + ", clearControlChannel=REFUSED, authAfterLogin=REFUSED"
                    + ", emptyUploadWithoutHandshake=REFUSED, legacy=false]";

    private static final String COMMON =
            ", active=ActiveConfig[enabled=true, sourcePort=STANDARD]"
                    + ", serverToServer=ServerToServerConfig[users=[], peers=[]]"
                    + ", tls=TlsConfig[provider=BORINGSSL, sni=LENIENT]"
                    + ", certificates=[], clientCertificates=Optional.empty"
                    + ", accounts=AccountsConfig[database="
                    + "Sqlite[file=/w/sealane-data/sealane.db]"
                    + ", oneTimePasswordGrace=PT15M]"
                    + ", storage=StorageConfig[mounts=[MountConfig[path=/"
                    + ", local=LocalFolder[template=/w/sealane-data/files/{user}], tls="
                    + TlsDemands.NONE
                    + "]]"
                    + ", durability=FLUSH, partialsKept=PT24H, hiddenFiles=SHOW"
                    + ", symbolicLinks=FOLLOW, ascii=CONVERT], hosts=[]"
                    + ", listing=ListingConfig[zone=Z]"
                    + ", compression=CompressionConfig[modeZ=CLEAR_ONLY, level=6"
                    + ", expansionMax=1000]"
                    + ", legacyNames=LegacyNamesConfig[charset=UTF-8, clients=[]]"
                    + ", limits=LimitsConfig[sessions=10000, sessionsPerUser=50"
                    + ", sessionsPerAddress=100, idle=PT15M, login=PT1M, handshake=PT10S"
                    + ", stall=PT5M, dataConnect=PT30S, linger=PT5S, keepalive=PT1M, drain=PT10S]"
                    + ", admin=AdminConfig[address=/127.0.0.1:8021]"
                    + ", log=LogConfig[format=TEXT]]";

    private static final String LISTENERS =
            "SealaneConfig[dataDir=/w/sealane-data, listeners=[ListenerConfig[name=explicit,"
                    + " address=/127.0.0.1, ports=[2121], mode=EXPLICIT, tls="
                    + OFFERED_EXPLICIT
                    + ", clients=[], users=[], sniff=PT0.25S],"
                    + " ListenerConfig[name=implicit, address=/127.0.0.1,"
                    + " ports=[2990], mode=IMPLICIT, tls="
                    + OFFERED_EXPLICIT
                    + ", clients=[], users=[], sniff=PT0.25S]], passive=PassiveConfig[ports=";

    private static final String PASSIVE =
            ", exclude=[], bind=Default[], advertise=OfControlConnection[], advertiseTo=[]"
                    + ", peerCheck=SAME_ADDRESS]";

    @TempDir Path folder;

    @Test
    void zero_config_is_loopback_only_with_tls_required() {
        SealaneConfig config = ConfigDefaults.zeroConfig(Path.of("/w"));

        assertThat(recorded(config)).isEqualTo(LISTENERS + "42000-42999" + PASSIVE + COMMON);
    }

    @Test
    void an_empty_file_differs_from_zero_config_in_the_passive_ports_alone() {
        SealaneConfig config = new ConfigFile(folder).config("");

        assertThat(recorded(config).replace(folder.toString(), "/w"))
                .isEqualTo(LISTENERS + "40000-50000" + PASSIVE + COMMON);
    }

    @Test
    void tls_versions_are_1_2_and_1_3() {
        assertThat(ListenerTls.Offered.DEFAULTS.versions())
                .isEqualTo(Set.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3));
    }

    @Test
    void a_relative_working_folder_gives_absolute_paths() {
        SealaneConfig config = ConfigDefaults.zeroConfig(Path.of(""));

        assertThat(config.dataDir()).isAbsolute().endsWithRaw(Path.of("sealane-data"));
    }

    /// Sets have no order of their own.
    private static String recorded(SealaneConfig config) {
        return config.toString().replaceAll("versions=\\[[^]]*\\]", "versions=V");
    }
}
