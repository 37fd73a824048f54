package io.sealane.conformance.house;

import java.util.List;

/// A place that may break a rule, and why.
///
/// @param advice how the rule's advice begins
record Exemption(String path, String advice, String reason) {
    /// Fewer are better. One that nothing needs any more fails [TidyTest].
    static final List<Exemption> ALL =
            List.of(
                    new Exemption(
                            "core/src/main/java/io/sealane/core/tls/JsseSession.java",
                            "System.currentTimeMillis",
                            "compared with the JDK's own session creation times, same clock"),
                    new Exemption(
                            "core/src/main/java/io/sealane/core/command/Commands.java",
                            "serve has",
                            "one line for each command, and the compiler misses none"),
                    new Exemption(
                            "store-sql/src/main/java/io/sealane/store/sql/SqliteLibrary.java",
                            "catch (Exception",
                            "the driver declares no narrower one"),
                    new Exemption(
                            "tls-boringssl/src/main/java/io/sealane/tls/boringssl/"
                                    + "BoringSslNative.java",
                            "catch (Exception",
                            "tcnative declares no narrower one"),
                    new Exemption(
                            "config/src/test/java/io/sealane/config/ConfigLoaderTest.java",
                            "every_key_lands_in_its_record",
                            "one expression that names every key"),
                    new Exemption(
                            "testkit/src/main/java/io/sealane/testkit/ProbeData.java",
                            "ProbeData",
                            "the probe's data connection, RFC 959 section 2.2"));

    boolean covers(Finding finding) {
        return finding.path().equals(path) && finding.advice().startsWith(advice);
    }
}
