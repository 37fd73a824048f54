package io.sealane.conformance.model;

import io.sealane.testkit.Ending;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Thinks of moves: mostly such as a client makes that wants to get somewhere, often at the wrong
/// time, now and then nonsense. The same seed and the same server lead to the same moves.
final class Script {
    static final Move.Peer NO_PEER =
            new Move.Peer(Move.Arrival.LATE, Move.Act.WHOLE, 0, 0, List.of());

    private static final List<String> NAMES =
            List.of(
                    "a",
                    "b",
                    "c.txt",
                    "d",
                    "e",
                    "docs",
                    "void",
                    "hello.txt",
                    "empty.txt",
                    "grün",
                    "two words",
                    "quo\"te",
                    "x".repeat(255),
                    "ab-c");
    private static final List<String> ODD_PATHS =
            List.of(
                    ".",
                    "..",
                    "/",
                    "//",
                    "../..",
                    "./",
                    "d/../a",
                    "nowhere/a",
                    "hello.txt/a",
                    ".sealane-a",
                    ".SEALANE-b",
                    ".sealane-d/a",
                    "y".repeat(256),
                    "z/".repeat(50),
                    "./".repeat(1000),
                    "a\tb",
                    "~",
                    "*",
                    "-la",
                    "d/",
                    "%s%n",
                    "\u65e5\u672c");

    /// Verbs with a path behind them.
    private static final List<String> WITH_PATH =
            List.of(
                    "CWD",
                    "XCWD",
                    "MKD",
                    "MKD",
                    "MKD",
                    "XMKD",
                    "RMD",
                    "XRMD",
                    "DELE",
                    "DELE",
                    "RNFR",
                    "RNFR",
                    "RNTO",
                    "RNTO",
                    "SIZE",
                    "SIZE",
                    "MDTM",
                    "MLST",
                    "SITE MKDIR",
                    "SITE RMDIR",
                    "SITE CHMOD 755",
                    "MFMT 20250102030405",
                    "MFF modify=20250102030405;",
                    "MDTM 20250102030405");

    /// Said alone: a server may go on with what comes behind before it has the sum.
    private static final List<String> SUMS =
            List.of("XCRC", "XMD5", "XSHA", "XSHA1", "XSHA256", "XSHA512");

    private static final List<String> DOWNLOADS =
            List.of("RETR", "RETR", "RETR", "RETR", "LIST", "NLST", "MLSD");
    private static final List<String> UPLOADS = List.of("STOR", "STOR", "STOR", "APPE", "STOU");
    private static final List<String> DATA_PORTS =
            List.of(
                    "EPSV",
                    "EPSV",
                    "EPSV",
                    "PASV",
                    "PASV",
                    "EPSV 1",
                    "PORT ${port}",
                    "EPRT ${eprt}");
    private static final List<String> SIMPLE =
            List.of(
                    "PWD",
                    "XPWD",
                    "CDUP",
                    "XCUP",
                    "SYST",
                    "NOOP",
                    "NOOP x",
                    "STAT",
                    "HELP",
                    "HELP RETR",
                    "HELP SITE",
                    "FEAT",
                    "TYPE A",
                    "TYPE I",
                    "TYPE I",
                    "TYPE L 8",
                    "TYPE E",
                    "STRU F",
                    "STRU R",
                    "MODE S",
                    "MODE X",
                    "ALLO 10",
                    "ALLO 5000",
                    "ALLO",
                    "ACCT x",
                    "REST 0",
                    "REST 3",
                    "REST 5000",
                    "REST -1",
                    "REST x",
                    "ABOR",
                    "OPTS UTF8 ON",
                    "OPTS MLST type;size;",
                    "OPTS x",
                    "CLNT probe",
                    "CSID Name=probe;",
                    "LANG",
                    "LANG EN",
                    "LANG XX",
                    "SMNT /",
                    "LPRT 1",
                    "LPSV",
                    "MFCT 20250102030405 a",
                    "SITE HELP",
                    "SITE X",
                    "SITE",
                    "MFMT x",
                    "MFF x",
                    "EPSV ALL",
                    "EPSV 2",
                    "EPSV x",
                    "PORT 1,2,3",
                    "PORT 127,0,0,1,0,21",
                    "PORT 10,0,0,1,200,1",
                    "PORT 1,2,3,4,5,999",
                    "EPRT |9|x|1|",
                    "EPRT |3|a|1|",
                    "EPRT x",
                    "EPRT |1|10.0.0.1|5000|",
                    "EPRT |2|::1|5000|",
                    "PROT P",
                    "PROT C",
                    "PROT S",
                    "PROT X",
                    "PBSZ 0",
                    "PBSZ x",
                    "CCC",
                    "REIN",
                    "AVBL",
                    "AVBL docs",
                    "AVBL nowhere",
                    "PRET x",
                    "ESTA x",
                    "ESTP",
                    "THMB x",
                    "SITE WHO",
                    "SITE UMASK",
                    "SITE UMASK 022",
                    "SITE IDLE",
                    "AUTH X",
                    "USER demo",
                    "PASS x",
                    "CWD",
                    "RNTO",
                    "STOR",
                    "RETR",
                    "LIST -la");
    private static final List<String> NONSENSE =
            List.of(
                    "XYZZY",
                    "GET / HTTP/1.1",
                    "",
                    " ",
                    "NO\u0000OP",
                    "MKD \u00e9",
                    "PWD\rPWD",
                    "  PWD",
                    "PWD  x",
                    "x".repeat(5000),
                    "NOOP " + "y".repeat(4000),
                    "MKD " + "y".repeat(4000),
                    "\u00ff\u00f4\u00ff\u00f2ABOR",
                    "\u00ff\u00fd\u0006NOOP",
                    "MKD \u00ff\u00ff",
                    "CWD " + "z/".repeat(2000),
                    "RETR\ta",
                    "123",
                    "226 done");
    private static final List<String> MEANWHILE =
            List.of(
                    "NOOP", "NOOP", "STAT", "PWD", "ABOR", "XYZZY", "", "SIZE a", "SYST", "QUIT",
                    "CWD d", "EPSV", "TYPE I", "DELE a", "RETR b", "PASV");

    private final RandomGenerator random;

    Script(RandomGenerator random) {
        this.random = random;
    }

    /// Every verb that may be said.
    static List<String> verbs() {
        List<String> lines = new ArrayList<>(SIMPLE);
        lines.addAll(WITH_PATH);
        lines.addAll(SUMS);
        lines.addAll(DOWNLOADS);
        lines.addAll(UPLOADS);
        lines.addAll(DATA_PORTS);
        lines.addAll(MEANWHILE);
        return lines.stream()
                .map(line -> line.split(" ", 2)[0])
                .filter(Model::knows)
                .distinct()
                .toList();
    }

    Move next(Model model, Stage stage) {
        int dice = random.nextInt(1000);
        if (dice < 12) {
            return drop(model);
        }
        if (dice < 40) {
            return say(pick(NONSENSE));
        }
        if (!model.isLoggedIn()) {
            return random.nextInt(5) == 0 ? say(pick(SIMPLE)) : arrival(model, stage);
        }
        if (model.isControlByTls() && !model.isDataByTls() && random.nextInt(3) > 0) {
            return new Move.Say(List.of("PBSZ 0\r\n", "PROT P\r\n"), peer());
        }
        if (model.offer != Model.Offer.NONE && random.nextInt(5) > 0) {
            return transfer(model);
        }
        if (dice < 400) {
            return say(pick(DATA_PORTS));
        }
        if (dice < 700) {
            return say(pick(WITH_PATH) + " " + path(model));
        }
        if (dice < 710) {
            String path = path(model);
            return path.contains(" ") ? say("NOOP") : say(pick(SUMS) + " " + path);
        }
        if (dice < 780) {
            return group(model);
        }
        if (dice < 800) {
            return new Move.Say(
                    List.of(line("REST " + random.nextInt(3000)), line(pick(DATA_PORTS))), peer());
        }
        return dice < 810 ? say("QUIT") : say(pick(SIMPLE));
    }

    private Move arrival(Model model, Stage stage) {
        if (model.place().offersTls() && !model.isControlByTls() && random.nextInt(4) > 0) {
            return say(pick(List.of("AUTH TLS", "AUTH TLS", "auth tls-c", "AUTH SSL")));
        }
        boolean wrong = random.nextInt(12) == 0;
        if (model.claimed().isEmpty()) {
            return say("USER " + (wrong ? "nobody" : stage.user()));
        }
        return say("PASS " + (wrong ? "wrong" : stage.password()));
    }

    private Move drop(Model model) {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            lines.add(line(pick(WITH_PATH) + " " + path(model)));
        }
        return new Move.Drop(lines, pick(List.of(Ending.RESET, Ending.FIN, Ending.ORDERLY)));
    }

    private Move group(Model model) {
        List<String> lines = new ArrayList<>();
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
            String said = random.nextBoolean() ? pick(WITH_PATH) + " " + path(model) : pick(SIMPLE);
            lines.add(line(said));
        }
        return new Move.Say(lines, peer());
    }

    private Move transfer(Model model) {
        List<String> lines = new ArrayList<>();
        String said =
                switch (random.nextInt(10)) {
                    case 0, 1, 2, 3, 4 -> pick(UPLOADS) + " " + path(model);
                    case 5 -> pick(List.of("LIST", "NLST", "MLSD", "LIST -la", "NLST -l", "STOU"));
                    default -> pick(DOWNLOADS) + " " + path(model);
                };
        if (random.nextInt(12) == 0) {
            said = "RETR /large.bin";
        }
        lines.add(line(said));
        if (random.nextInt(6) == 0) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                lines.add(line(pick(MEANWHILE)));
            }
        }
        return new Move.Say(lines, peer());
    }

    private Move.Peer peer() {
        List<String> during = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                during.add(line(pick(MEANWHILE)));
            }
        }
        Move.Act act = random.nextBoolean() ? Move.Act.WHOLE : pick(List.of(Move.Act.values()));
        int bytes =
                switch (random.nextInt(8)) {
                    case 0 -> 0;
                    case 1 -> 1;
                    case 2 -> 50_000 + random.nextInt(300_000);
                    default -> random.nextInt(6000);
                };
        return new Move.Peer(
                pick(List.of(Move.Arrival.values())), act, bytes, random.nextLong(), during);
    }

    private String path(Model model) {
        // The server's own names differ from play to play.
        List<String> paths =
                model.tree.paths().stream()
                        .filter(path -> !path.matches(".*[.][0-9a-f]{10}\\b.*"))
                        .toList();
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> paths.isEmpty() ? "a" : pick(paths);
            case 4, 5, 6 -> pick(NAMES);
            case 7 -> pick(NAMES) + "/" + pick(NAMES);
            case 8 -> paths.isEmpty() ? "/" : pick(paths) + "/" + pick(NAMES);
            default -> random.nextInt(3) == 0 ? pick(ODD_PATHS) : pick(NAMES);
        };
    }

    private Move say(String said) {
        return new Move.Say(List.of(line(said)), peer());
    }

    /// A line as it goes over the wire, in the letter case of the day.
    private String line(String said) {
        int space = said.indexOf(' ');
        String verb = space < 0 ? said : said.substring(0, space);
        String rest = space < 0 ? "" : said.substring(space);
        boolean lower = random.nextInt(8) == 0 && Model.knows(verb);
        String shown = lower ? verb.toLowerCase(Locale.ROOT) : verb;
        return octets(shown + rest) + (random.nextInt(20) == 0 ? "\n" : "\r\n");
    }

    /// Text above Latin-1 becomes its UTF-8; what is Latin-1 already may be meant as octets.
    private static String octets(String text) {
        boolean isText = text.chars().anyMatch(c -> c > 0xff) || text.contains("grün");
        return isText
                ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                : text;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
