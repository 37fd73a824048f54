package io.sealane.conformance.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.sealane.vfs.VirtualPath;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who may know whom: ARCHITECTURE.md as a test.
final class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.sealane");

    /// A package of core may use those before it.
    private static final List<String> CORE_ORDER =
            List.of(
                    "wire",
                    "limit",
                    "event",
                    "work",
                    "checksum",
                    "tls",
                    "net",
                    "data",
                    "transfer",
                    "session",
                    "command",
                    "server");

    /// JSSE reads the time of day by itself, and what waits for that to go on has to as well.
    private static final Set<String> CLOCKS =
            Set.of(
                    "java.lang.System.nanoTime",
                    "java.time.Instant.now",
                    "java.time.InstantSource.system",
                    "java.time.Clock.systemUTC",
                    "java.time.Clock.systemDefaultZone",
                    "java.time.LocalDate.now",
                    "java.time.LocalDateTime.now",
                    "java.time.ZonedDateTime.now");

    private static final String[] JDK = {
        "java..", "javax.crypto..", "javax.naming..", "javax.net..", "javax.security..", "jdk.net.."
    };

    @Test
    void cores_packages_are_the_ones_that_have_a_place_in_the_order() {
        assertThat(CLASSES.getPackage("io.sealane.core").getSubpackages())
                .extracting(JavaPackage::getRelativeName)
                .containsExactlyInAnyOrderElementsOf(CORE_ORDER);
    }

    @Test
    void a_package_of_core_uses_only_those_before_it() {
        for (int place = 0; place < CORE_ORDER.size() - 1; place++) {
            noClasses()
                    .that()
                    .resideInAPackage(core(CORE_ORDER.get(place)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            CORE_ORDER.stream()
                                    .skip(place + 1L)
                                    .map(ArchitectureTest::core)
                                    .toArray(String[]::new))
                    .check(CLASSES);
        }
    }

    @Test
    void no_packages_use_each_other() {
        slices().matching("io.sealane.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void what_can_be_embedded_stands_on_the_jdk_alone() {
        standsOn("io.sealane.vfs..");
        standsOn("io.sealane.accounts..");
        standsOn("io.sealane.core..", "io.sealane.vfs..", "io.sealane.accounts..");
    }

    @Test
    void the_testkit_shares_nothing_with_the_server() {
        standsOn("io.sealane.testkit..", "com.sun.management..");
    }

    @Test
    void adapters_know_no_other_adapter() {
        noClasses()
                .that()
                .resideInAPackage("io.sealane.config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sealane.core..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sealane.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sealane.server..")
                .check(CLASSES);
    }

    @Test
    void each_third_party_is_seen_by_one_place() {
        seenBy("io.netty..", "io.sealane.tls.boringssl..");
        seenBy("org.sqlite..", "io.sealane.store.sql..");
        seenBy("org.bouncycastle.crypto.generators..", "io.sealane.store.sql..");
        seenBy("org.snakeyaml..", "io.sealane.config..");
        seenBy("org.shredzone..", "io.sealane.server.certificate..");
        seenBy("picocli..", "io.sealane.server.cli..", "io.sealane.bench..");
        seenBy("org.apache.ftpserver..", "io.sealane.bench.server..");
        seenBy(
                "tools.jackson..",
                "io.sealane.server.log..",
                "io.sealane.server.status..",
                "io.sealane.server.usage..",
                "io.sealane.server.doctor..",
                "io.sealane.bench..");
        seenBy(
                "org.bouncycastle..",
                "io.sealane.store.sql..",
                "io.sealane.server.certificate..",
                "io.sealane.server.cli..");
        seenBy("org.bouncycastle.util.encoders..", "io.sealane.server.cli..");
    }

    /// And asks policy about it there.
    @Test
    void what_clients_name_is_found_by_one_place() {
        noClasses()
                .that()
                .resideInAPackage("io.sealane.core.command..")
                .and()
                .doNotHaveSimpleName("StoreAccess")
                .and()
                .doNotHaveSimpleName("TlsGate")
                .should()
                .callMethod(VirtualPath.class, "resolve", VirtualPath.class, String.class)
                .check(CLASSES);
    }

    /// Time is given to it. But for the wait for a peer to fall silent, which is a matter of
    /// milliseconds.
    @Test
    void core_reads_no_clock_of_its_own() {
        noClasses()
                .that()
                .resideInAPackage("io.sealane.core..")
                .and()
                .doNotHaveSimpleName("TlsTransport")
                .and()
                .doNotHaveSimpleName("Ticker")
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe(
                                "it is a clock",
                                access ->
                                        CLOCKS.contains(
                                                access.getTargetOwner().getName()
                                                        + "."
                                                        + access.getTarget().getName())))
                .check(CLASSES);
    }

    /// With the server's own classes it would not see the server's own mistakes.
    @Test
    void the_doctor_sees_by_its_own_eyes() {
        noClasses()
                .that()
                .resideInAPackage("io.sealane.server.doctor..")
                .should()
                .dependOnClassesThat(
                        JavaClass.Predicates.resideInAPackage("io.sealane.core..")
                                .and(
                                        DescribedPredicate.not(
                                                JavaClass.Predicates.resideInAPackage(
                                                        core("wire")))))
                .check(CLASSES);
    }

    private static void standsOn(String module, String... others) {
        classes()
                .that()
                .resideInAPackage(module)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        Stream.of(
                                        Stream.of(JDK),
                                        Stream.of(others),
                                        Stream.of(module, "org.jspecify.annotations.."))
                                .flatMap(packages -> packages)
                                .toArray(String[]::new))
                .check(CLASSES);
    }

    private static void seenBy(String thirdParty, String... places) {
        noClasses()
                .that()
                .resideOutsideOfPackages(places)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(thirdParty)
                .check(CLASSES);
    }

    private static String core(String name) {
        return "io.sealane.core." + name + "..";
    }
}
