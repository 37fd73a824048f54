package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.data.ActiveSettings;
import io.sealane.core.tls.Concessions.Permission;
import io.sealane.core.tls.ListenerMode;
import io.sealane.core.tls.Requirement;
import io.sealane.core.transfer.Compression;
import io.sealane.core.transfer.Compression.Availability;
import io.sealane.core.transfer.TransferSettings;
import io.sealane.core.transfer.TransferSettings.LineEnds;
import io.sealane.core.wire.Verb;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// FEAT and HELP (RFC 2389 section 3, RFC 959 section 4.1.3): what is there is named, what is not
/// is not. The lists here are written out: they are what clients are told.
final class FeaturesTest {
    private static final List<String> AUTH_FEATURES = List.of("AUTH TLS", "AUTH SSL");
    private static final List<String> TLS_FEATURES = List.of("PBSZ", "PROT");
    private static final List<String> PASSIVE_FEATURES = List.of("PASV", "EPSV");
    private static final List<String> OTHER_FEATURES =
            List.of(
                    "REST STREAM",
                    "SITE COPY",
                    "UTF8",
                    "CLNT",
                    "CSID",
                    "LANG EN*",
                    "SIZE",
                    "MDTM",
                    "MFMT",
                    "MFF modify;UNIX.mode;",
                    "AVBL",
                    "MLST type*;size*;modify*;perm*;unique*;UNIX.mode*;",
                    "TVFS",
                    "MLSD",
                    "RANG STREAM",
                    "HASH SHA-256*;SHA-512;SHA-1;MD5;CRC32",
                    "XCRC",
                    "XMD5",
                    "XSHA",
                    "XSHA1",
                    "XSHA256",
                    "XSHA512",
                    "MD5",
                    "MMD5",
                    "DSIZ",
                    "RMDA",
                    "COMB");

    @ParameterizedTest
    @EnumSource
    void features_are_those_of_the_mode_before_and_after_the_login(Door door) throws IOException {
        try (TestServer server = TestServer.start()) {
            try (ProbeClient visitor = server.greeted(door)) {
                assertThat(visitor.features())
                        .containsExactlyElementsOf(features(door, compressible(door)));
            }
            try (ProbeClient member = member(server, door)) {
                List<String> compressible =
                        door.mode() == ListenerMode.PLAIN ? compressible(door) : List.of();
                assertThat(member.features())
                        .containsExactlyElementsOf(features(door, compressible));
            }
        }
    }

    private static List<String> features(Door door, List<String> compressible) {
        List<String> features = new ArrayList<>();
        switch (door.mode()) {
            case EXPLICIT, AUTO -> {
                features.addAll(AUTH_FEATURES);
                features.addAll(TLS_FEATURES);
            }
            case IMPLICIT -> features.addAll(TLS_FEATURES);
            case PLAIN -> {}
        }
        if (door.concessions().clear() == Permission.ALLOWED) {
            features.add("CCC");
        }
        features.addAll(compressible);
        features.add("EPRT");
        features.addAll(PASSIVE_FEATURES);
        features.addAll(OTHER_FEATURES);
        return features;
    }

    /// Where data travels in the clear until PROT is said, if it may.
    private static List<String> compressible(Door door) {
        boolean inTheClear =
                door.mode() != ListenerMode.IMPLICIT && door.data() == Requirement.OPTIONAL;
        return inTheClear ? List.of("MODE Z") : List.of();
    }

    @ParameterizedTest
    @EnumSource
    void mode_z_is_a_feature_where_it_is_on_with_tls_as_well(Door door) throws IOException {
        try (TestServer server = TestServer.start(modeZ(Availability.ON));
                ProbeClient client = member(server, door)) {
            assertThat(client.features()).contains("MODE Z");
            client.send("MODE Z").expect(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void mode_z_is_no_feature_where_it_is_off(Door door) throws IOException {
        try (TestServer server = TestServer.start(modeZ(Availability.OFF));
                ProbeClient client = member(server, door)) {
            assertThat(client.features()).doesNotContain("MODE Z");
            client.send("MODE Z").expect(504, "That mode is not served: use MODE S.");
            client.send("OPTS MODE Z LEVEL 3").expect(501, "No options for that.");
        }
    }

    private static TestServer.Options modeZ(Availability availability) {
        return TestServer.Options.DEFAULTS.with(
                new TransferSettings(LineEnds.CONVERTED, new Compression(availability, 6, 100)));
    }

    @Test
    void active_commands_are_no_feature_where_active_mode_is_off() throws IOException {
        TestServer.Options options =
                TestServer.Options.DEFAULTS.with(
                        TestServer.DataConnections.DEFAULTS.with(
                                new ActiveSettings(
                                        ActiveSettings.Mode.DISABLED,
                                        ActiveSettings.SourcePort.ANY)));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            assertThat(client.features())
                    .doesNotContain("EPRT")
                    .containsSubsequence(PASSIVE_FEATURES);
            client.send("PORT 127,0,0,1,200,1").expect(502, "Active mode is off here...");
            client.send("EPRT |1|127.0.0.1|51201|").expect(502);
        }
    }

    @Test
    void help_names_every_command_that_is_served_and_nothing_else() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            Reply help = client.ask("HELP");
            assertThat(help.code()).isEqualTo(214);
            List<String> named =
                    help.body().stream()
                            .flatMap(line -> Arrays.stream(line.strip().split(" +", -1)))
                            .toList();
            assertThat(named)
                    .containsExactlyElementsOf(
                            Arrays.stream(Verb.values())
                                    .filter(verb -> verb.service() == Verb.Service.SERVED)
                                    .map(Verb::name)
                                    .toList());
        }
    }

    @Test
    void help_explains_every_command_of_the_table() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            for (Verb verb : Verb.values()) {
                Reply help = client.ask("HELP " + verb);
                assertThat(help.code()).as(verb.name()).isEqualTo(214);
                if (verb != Verb.SITE) {
                    assertThat(help.text()).isEqualTo("Syntax: " + verb.syntax());
                }
            }
        }
    }

    @Test
    void every_command_of_the_table_is_known() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            for (Verb verb : Verb.values()) {
                if (verb != Verb.QUIT) {
                    assertThat(client.ask(verb.name()).code()).as(verb.name()).isNotEqualTo(500);
                }
            }
        }
    }

    private static ProbeClient member(TestServer server, Door door) throws IOException {
        return switch (door.mode()) {
            case EXPLICIT, IMPLICIT, AUTO -> server.securedMember(door);
            case PLAIN -> server.plainMember(door);
        };
    }
}
