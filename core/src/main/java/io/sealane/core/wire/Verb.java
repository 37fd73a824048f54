package io.sealane.core.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Every command the server knows, with all that is true of it: when it may be said, what it takes,
/// how FEAT and HELP name it, and where it is specified. The gates, FEAT and HELP read the row;
/// nothing about a command is written down a second time.
///
/// To add a command, add its row; the dispatcher's switch then no longer compiles until it has a
/// handler.
public enum Verb {
    // Access control
    USER(Stage.ANY, Argument.REQUIRED, "4.1.1", 959, "USER <name>"),
    PASS(Stage.ANY, Argument.OPTIONAL, "4.1.1", 959, "PASS <password>"),
    ACCT(Stage.ANY, Argument.OPTIONAL, "4.1.1", 959, "ACCT <account>"),
    SMNT(Stage.LOGGED_IN, Argument.OPTIONAL, "4.1.1", 959, "SMNT <path>", Traits.none().refused()),
    CWD(Stage.LOGGED_IN, Argument.REQUIRED, "4.1.1", 959, "CWD <directory>"),
    XCWD(Stage.LOGGED_IN, Argument.REQUIRED, "", 775, "XCWD <directory>"),
    CDUP(Stage.LOGGED_IN, Argument.NONE, "4.1.1", 959, "CDUP"),
    XCUP(Stage.LOGGED_IN, Argument.NONE, "", 775, "XCUP"),
    REIN(Stage.ANY, Argument.NONE, "4.1.1", 959, "REIN"),
    QUIT(Stage.ANY, Argument.NONE, "4.1.1", 959, "QUIT"),

    // Security (RFC 2228, RFC 4217)
    AUTH(
            Stage.ANY,
            Argument.REQUIRED,
            "3",
            2228,
            "AUTH <mechanism>",
            Traits.none().feat(Feature.AUTH, "AUTH TLS", "AUTH SSL")),
    ADAT(Stage.ANY, Argument.REQUIRED, "3", 2228, "ADAT <base 64>", Traits.none().withoutUse()),
    PBSZ(
            Stage.ANY,
            Argument.REQUIRED,
            "3",
            2228,
            "PBSZ <size>",
            Traits.none().feat(Feature.TLS, "PBSZ")),
    PROT(
            Stage.ANY,
            Argument.REQUIRED,
            "3",
            2228,
            "PROT <level>",
            Traits.none().feat(Feature.TLS, "PROT")),
    CCC(
            Stage.ANY,
            Argument.NONE,
            "3",
            2228,
            "CCC",
            Traits.none().feat(Feature.CLEAR_CONTROL, "CCC")),
    MIC(Stage.ANY, Argument.REQUIRED, "3", 2228, "MIC <base 64>", Traits.none().withoutUse()),
    CONF(Stage.ANY, Argument.REQUIRED, "3", 2228, "CONF <base 64>", Traits.none().withoutUse()),
    ENC(Stage.ANY, Argument.REQUIRED, "3", 2228, "ENC <base 64>", Traits.none().withoutUse()),

    // Transfer parameters
    TYPE(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "4.1.2",
            959,
            "TYPE A|I|L 8",
            Traits.none().keepsRestart()),
    STRU(Stage.LOGGED_IN, Argument.REQUIRED, "4.1.2", 959, "STRU F", Traits.none().keepsRestart()),
    MODE(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "4.1.2",
            959,
            "MODE S|Z",
            Traits.none().keepsRestart().feat(Feature.MODE_Z, "MODE Z")),
    PORT(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "4.1.2",
            959,
            "PORT <h1,h2,h3,h4,p1,p2>",
            Traits.none().keepsRestart()),
    EPRT(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "2",
            2428,
            "EPRT |<protocol>|<address>|<port>|",
            Traits.none().keepsRestart().feat(Feature.ACTIVE, "EPRT")),
    PASV(
            Stage.LOGGED_IN,
            Argument.NONE,
            "4.1.2",
            959,
            "PASV",
            Traits.none().keepsRestart().feat(Feature.ALWAYS, "PASV")),
    EPSV(
            Stage.LOGGED_IN,
            Argument.OPTIONAL,
            "3",
            2428,
            "EPSV [<protocol>|ALL]",
            Traits.none().keepsRestart().feat(Feature.ALWAYS, "EPSV")),
    CPSV(
            Stage.LOGGED_IN,
            Argument.NONE,
            "",
            0,
            "CPSV",
            Traits.none().keepsRestart().feat(Feature.SERVER_TO_SERVER, "CPSV")),
    SSCN(
            Stage.LOGGED_IN,
            Argument.OPTIONAL,
            "",
            0,
            "SSCN [ON|OFF]",
            Traits.none().keepsRestart().feat(Feature.SERVER_TO_SERVER, "SSCN")),
    LPRT(Stage.LOGGED_IN, Argument.OPTIONAL, "3", 1639, "LPRT <address>", Traits.none().refused()),
    LPSV(Stage.LOGGED_IN, Argument.OPTIONAL, "3", 1639, "LPSV", Traits.none().refused()),

    // Service
    RETR(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "4.1.3",
            959,
            "RETR <file>",
            Traits.none().keepsRestart()),
    STOR(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "4.1.3",
            959,
            "STOR <file>",
            Traits.none().keepsRestart()),
    STOU(
            Stage.LOGGED_IN,
            Argument.OPTIONAL,
            "4.1.3",
            959,
            "STOU [<name>]",
            Traits.none().keepsRestart()),
    APPE(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "4.1.3",
            959,
            "APPE <file>",
            Traits.none().keepsRestart()),
    ALLO(
            Stage.LOGGED_IN,
            Argument.OPTIONAL,
            "4.1.3",
            959,
            "ALLO <octets> [R <octets>]",
            Traits.none().keepsRestart()),
    REST(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "5",
            3659,
            "REST <offset>",
            Traits.none().keepsRestart().feat(Feature.ALWAYS, "REST STREAM")),
    RNFR(Stage.LOGGED_IN, Argument.REQUIRED, "4.1.3", 959, "RNFR <path>"),
    RNTO(Stage.LOGGED_IN, Argument.REQUIRED, "4.1.3", 959, "RNTO <path>"),
    ABOR(Stage.ANY, Argument.NONE, "4.1.3", 959, "ABOR", Traits.none().servedAtOnce()),
    DELE(Stage.LOGGED_IN, Argument.REQUIRED, "4.1.3", 959, "DELE <file>"),
    RMD(Stage.LOGGED_IN, Argument.REQUIRED, "4.1.3", 959, "RMD <directory>"),
    XRMD(Stage.LOGGED_IN, Argument.REQUIRED, "", 775, "XRMD <directory>"),
    MKD(Stage.LOGGED_IN, Argument.REQUIRED, "4.1.3", 959, "MKD <directory>"),
    XMKD(Stage.LOGGED_IN, Argument.REQUIRED, "", 775, "XMKD <directory>"),
    PWD(Stage.LOGGED_IN, Argument.NONE, "4.1.3", 959, "PWD", Traits.none().servedDuringTransfer()),
    XPWD(Stage.LOGGED_IN, Argument.NONE, "", 775, "XPWD", Traits.none().servedDuringTransfer()),
    LIST(Stage.LOGGED_IN, Argument.OPTIONAL, "4.1.3", 959, "LIST [-<options>] [<path>]"),
    NLST(Stage.LOGGED_IN, Argument.OPTIONAL, "4.1.3", 959, "NLST [-<options>] [<path>]"),
    SITE(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "4.1.3",
            959,
            "SITE <command> [<argument>]",
            Traits.none().feat(Feature.ALWAYS, "SITE COPY")),
    SYST(Stage.ANY, Argument.NONE, "4.1.3", 959, "SYST"),
    STAT(
            Stage.ANY,
            Argument.OPTIONAL,
            "4.1.3",
            959,
            "STAT [-<options>] [<path>]",
            Traits.none().servedDuringTransfer()),
    HELP(Stage.ANY, Argument.OPTIONAL, "4.1.3", 959, "HELP [<command>]"),
    NOOP(Stage.ANY, Argument.OPTIONAL, "4.1.3", 959, "NOOP", Traits.none().servedDuringTransfer()),

    // Extensions
    FEAT(Stage.ANY, Argument.NONE, "3", 2389, "FEAT"),
    OPTS(
            Stage.ANY,
            Argument.REQUIRED,
            "4",
            2389,
            "OPTS <command> [<options>]",
            Traits.none().feat(Feature.ALWAYS, "UTF8")),
    CLNT(
            Stage.ANY,
            Argument.OPTIONAL,
            "",
            0,
            "CLNT <name>",
            Traits.none().feat(Feature.ALWAYS, "CLNT")),
    CSID(
            Stage.ANY,
            Argument.OPTIONAL,
            "",
            0,
            "CSID <fact>=<value>;...",
            Traits.none().feat(Feature.ALWAYS, "CSID")),
    LANG(
            Stage.ANY,
            Argument.OPTIONAL,
            "4.1",
            2640,
            "LANG [<tag>]",
            Traits.none().feat(Feature.ALWAYS, "LANG EN*")),
    HOST(
            Stage.ANY,
            Argument.REQUIRED,
            "3",
            7151,
            "HOST <name or address>",
            Traits.none().feat(Feature.VIRTUAL_HOSTS, "HOST")),
    SIZE(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "4",
            3659,
            "SIZE <file>",
            Traits.none().feat(Feature.ALWAYS, "SIZE")),
    MDTM(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "3",
            3659,
            "MDTM <file>",
            Traits.none().feat(Feature.ALWAYS, "MDTM")),
    MFMT(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "",
            0,
            "MFMT <time> <path>",
            Traits.none().feat(Feature.ALWAYS, "MFMT")),
    MFF(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "",
            0,
            "MFF <fact>=<value>;... <path>",
            Traits.none().feat(Feature.ALWAYS, "MFF modify;UNIX.mode;")),
    MFCT(Stage.LOGGED_IN, Argument.OPTIONAL, "", 0, "MFCT <time> <path>", Traits.none().refused()),
    AVBL(
            Stage.LOGGED_IN,
            Argument.OPTIONAL,
            "",
            0,
            "AVBL [<directory>]",
            Traits.none().feat(Feature.ALWAYS, "AVBL")),
    PRET(Stage.LOGGED_IN, Argument.OPTIONAL, "", 0, "PRET <command>", Traits.none().refused()),
    ESTA(Stage.LOGGED_IN, Argument.OPTIONAL, "", 0, "ESTA <address>", Traits.none().refused()),
    ESTP(Stage.LOGGED_IN, Argument.OPTIONAL, "", 0, "ESTP", Traits.none().refused()),
    THMB(Stage.LOGGED_IN, Argument.OPTIONAL, "", 0, "THMB <file>", Traits.none().refused()),
    MLST(
            Stage.LOGGED_IN,
            Argument.OPTIONAL,
            "7",
            3659,
            "MLST [<path>]",
            Traits.none().feat(Feature.ALWAYS, "MLST " + Verb.FACTS, "TVFS")),
    MLSD(
            Stage.LOGGED_IN,
            Argument.OPTIONAL,
            "7",
            3659,
            "MLSD [<directory>]",
            Traits.none().feat(Feature.ALWAYS, "MLSD")),

    // Checksums and what is done to files without a data connection
    RANG(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "",
            0,
            "RANG <first octet> <last octet>",
            Traits.none().keepsRestart().feat(Feature.ALWAYS, "RANG STREAM")),
    HASH(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "",
            0,
            "HASH <file>",
            Traits.none().keepsRestart().feat(Feature.ALWAYS, "HASH " + Verb.HASHES)),
    XCRC(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "",
            0,
            "XCRC <file> [<start> [<end>]]",
            Traits.none().feat(Feature.ALWAYS, "XCRC")),
    XMD5(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "",
            0,
            "XMD5 <file> [<start> [<end>]]",
            Traits.none().feat(Feature.ALWAYS, "XMD5")),
    XSHA(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "",
            0,
            "XSHA <file> [<start> [<end>]]",
            Traits.none().feat(Feature.ALWAYS, "XSHA")),
    XSHA1(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "",
            0,
            "XSHA1 <file> [<start> [<end>]]",
            Traits.none().feat(Feature.ALWAYS, "XSHA1")),
    XSHA256(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "",
            0,
            "XSHA256 <file> [<start> [<end>]]",
            Traits.none().feat(Feature.ALWAYS, "XSHA256")),
    XSHA512(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "",
            0,
            "XSHA512 <file> [<start> [<end>]]",
            Traits.none().feat(Feature.ALWAYS, "XSHA512")),
    MD5(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "",
            0,
            "MD5 <file>",
            Traits.none().feat(Feature.ALWAYS, "MD5")),
    MMD5(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "",
            0,
            "MMD5 <file>, <file>, ...",
            Traits.none().feat(Feature.ALWAYS, "MMD5")),
    DSIZ(
            Stage.LOGGED_IN,
            Argument.OPTIONAL,
            "",
            0,
            "DSIZ [<directory>]",
            Traits.none().feat(Feature.ALWAYS, "DSIZ")),
    RMDA(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "",
            0,
            "RMDA <directory>",
            Traits.none().feat(Feature.ALWAYS, "RMDA")),
    COMB(
            Stage.LOGGED_IN,
            Argument.REQUIRED,
            "",
            0,
            "COMB <file> <part> ...",
            Traits.none().feat(Feature.ALWAYS, "COMB"));

    /// Stands in a FEAT line for the facts that are selected at the moment.
    public static final String FACTS = "{facts}";

    /// Stands in a FEAT line for the hash algorithms, with a star at the one that is selected.
    public static final String HASHES = "{hashes}";

    /// When in a session the command may be said.
    public enum Stage {
        ANY,
        LOGGED_IN
    }

    /// What the command takes behind its name.
    public enum Argument {
        /// Takes none; one that is given is ignored, as clients of thirty years expect.
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /// Whether the command is served while a transfer or a work runs, or waits for its end.
    public enum DuringTransfer {
        /// Even before a transfer's preliminary reply.
        AT_ONCE,
        /// Behind the preliminary reply of a transfer, so that replies keep their order.
        SERVED,
        HELD
    }

    /// Whether a range set by REST or RANG lives on behind it. Interop: node-ftp sends REST before
    /// PASV.
    public enum Restart {
        KEPT,
        CLEARED
    }

    /// Whether the command is served at all.
    public enum Service {
        SERVED,
        /// Known, and answered with 502: a client learns that it need not try another form.
        REFUSED,
        /// Known, and never of use with TLS: its handler refuses it with the code that fits the
        /// state.
        WITHOUT_USE
    }

    /// What must be on at a listener for FEAT to name the command.
    public enum Feature {
        ALWAYS,
        /// TLS is offered, and the connection did not begin with it.
        AUTH,
        TLS,
        CLEAR_CONTROL,
        VIRTUAL_HOSTS,
        /// The user may have files moved between servers, by TLS.
        SERVER_TO_SERVER,
        ACTIVE,
        MODE_Z
    }

    /// Where the command is specified; RFC 0 stands for expired drafts and custom.
    public record Rfc(int number, String section) {}

    private record Traits(
            DuringTransfer duringTransfer,
            Restart restart,
            Service service,
            Feature feature,
            List<String> featLines) {
        static Traits none() {
            return new Traits(
                    DuringTransfer.HELD,
                    Restart.CLEARED,
                    Service.SERVED,
                    Feature.ALWAYS,
                    List.of());
        }

        Traits servedDuringTransfer() {
            return new Traits(DuringTransfer.SERVED, restart, service, feature, featLines);
        }

        Traits servedAtOnce() {
            return new Traits(DuringTransfer.AT_ONCE, restart, service, feature, featLines);
        }

        Traits feat(Feature when, String... lines) {
            return new Traits(duringTransfer, restart, service, when, List.of(lines));
        }

        Traits keepsRestart() {
            return new Traits(duringTransfer, Restart.KEPT, service, feature, featLines);
        }

        Traits refused() {
            return new Traits(duringTransfer, restart, Service.REFUSED, feature, featLines);
        }

        Traits withoutUse() {
            return new Traits(duringTransfer, restart, Service.WITHOUT_USE, feature, featLines);
        }
    }

    private static final Map<String, Verb> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(Verb::name, Function.identity()));

    private final Stage stage;
    private final Argument argument;
    private final Rfc rfc;
    private final String syntax;
    private final Traits traits;

    Verb(Stage stage, Argument argument, String section, int rfc, String syntax) {
        this(stage, argument, section, rfc, syntax, Traits.none());
    }

    Verb(Stage stage, Argument argument, String section, int rfc, String syntax, Traits traits) {
        this.stage = stage;
        this.argument = argument;
        this.rfc = new Rfc(rfc, section);
        this.syntax = syntax;
        this.traits = traits;
    }

    /// Looks a command up by the name a client sent, in any case (RFC 959 section 5.3). The letters
    /// are ASCII's: U+017F becomes an `S` in upper case and is none.
    public static Optional<Verb> named(String name) {
        return name.chars().allMatch(c -> c < 0x80)
                ? Optional.ofNullable(BY_NAME.get(name.toUpperCase(Locale.ROOT)))
                : Optional.empty();
    }

    public Stage stage() {
        return stage;
    }

    public Argument argument() {
        return argument;
    }

    public DuringTransfer duringTransfer() {
        return traits.duringTransfer();
    }

    public Restart restart() {
        return traits.restart();
    }

    public Service service() {
        return traits.service();
    }

    public Feature feature() {
        return traits.feature();
    }

    /// The lines FEAT shows for this command where [#feature] is on; empty for RFC 959's own.
    public List<String> featLines() {
        return traits.featLines();
    }

    public Rfc rfc() {
        return rfc;
    }

    /// Syntax for HELP.
    public String syntax() {
        return syntax;
    }
}
