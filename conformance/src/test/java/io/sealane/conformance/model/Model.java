package io.sealane.conformance.model;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a session looks like from outside: who is logged in, its parameters, what is agreed for the
/// next data connection, and the files. [#hear] says what is right to happen after a line.
///
/// [#hear] changes nothing; it answers with copies. Belongs to one thread.
final class Model {
    private static final Set<String> BEFORE_LOGIN =
            Set.of(
                    "USER", "PASS", "ACCT", "REIN", "QUIT", "AUTH", "PBSZ", "PROT", "CCC", "ABOR",
                    "SYST", "STAT", "HELP", "NOOP", "FEAT", "OPTS", "CLNT", "CSID", "LANG");
    private static final Set<String> AFTER_LOGIN =
            Set.of(
                    "SMNT", "PRET", "ESTA", "ESTP", "THMB", "AVBL", "CWD", "XCWD", "CDUP", "XCUP",
                    "TYPE", "STRU", "MODE", "PORT", "EPRT", "PASV", "EPSV", "LPRT", "LPSV", "RETR",
                    "STOR", "STOU", "APPE", "ALLO", "REST", "RNFR", "RNTO", "DELE", "RMD", "XRMD",
                    "MKD", "XMKD", "PWD", "XPWD", "LIST", "NLST", "SITE", "XCRC", "XMD5", "XSHA",
                    "XSHA1", "XSHA256", "XSHA512", "SIZE", "MDTM", "MFMT", "MFF", "MFCT", "MLST",
                    "MLSD");
    private static final Set<String> REFUSED =
            Set.of("SMNT", "LPRT", "LPSV", "MFCT", "PRET", "ESTA", "ESTP", "THMB");
    private static final Set<String> NEEDS_ARGUMENT =
            Set.of(
                    "USER", "CWD", "XCWD", "AUTH", "PBSZ", "PROT", "TYPE", "STRU", "MODE", "PORT",
                    "EPRT", "RETR", "STOR", "APPE", "REST", "RNFR", "RNTO", "DELE", "RMD", "XRMD",
                    "MKD", "XMKD", "SITE", "XCRC", "XMD5", "XSHA", "XSHA1", "XSHA256", "XSHA512",
                    "OPTS", "SIZE", "MDTM", "MFMT", "MFF");
    private static final Set<String> DURING_TRANSFER =
            Set.of("NOOP", "STAT", "PWD", "XPWD", "ABOR");

    /// What no FTP client says, and what ends the connection.
    private static final Set<String> HTTP = Set.of("GET", "HEAD", "POST", "PUT", "OPTIONS");

    /// An offset waits behind these for its transfer; others end it.
    private static final Set<String> KEEPS_RESTART =
            Set.of(
                    "TYPE", "STRU", "MODE", "PORT", "EPRT", "PASV", "EPSV", "ALLO", "REST", "RETR",
                    "STOU", "STOR", "APPE");

    private static final int LOGIN_FAILURES_MAX = 5;
    private static final int NOT_LOGGED_IN = 530;
    static final int UNAVAILABLE = 550;

    /// What the next data connection is to be.
    enum Offer {
        NONE,
        PASSIVE,
        ACTIVE
    }

    private final Stage stage;
    private final Place place;
    Tree tree;

    private boolean controlByTls;
    private boolean bufferSizeSet;
    private boolean dataByTls;
    private Optional<String> claimed = Optional.empty();
    private int failures;
    private boolean loggedIn;
    String cwd = Tree.ROOT;
    Cargo.Type type = Cargo.Type.ASCII;
    long restart;
    long announced;
    Optional<String> renameFrom = Optional.empty();
    Optional<String> lastUpload = Optional.empty();
    boolean epsvOnly;
    Offer offer = Offer.NONE;

    private Model(Stage stage, Tree tree) {
        this.stage = stage;
        this.place = stage.place();
        this.tree = tree;
    }

    /// A client that has just been greeted.
    static Model greeted(Stage stage, Tree tree) {
        Model model = new Model(stage, tree);
        model.controlByTls = model.place.beginsByTls();
        model.bufferSizeSet = model.place.beginsByTls();
        model.dataByTls = model.place.beginsByTls();
        return model;
    }

    /// The same files, seen by the next client.
    Model reconnected() {
        return greeted(stage, tree);
    }

    Model with(Tree changed) {
        Model next = copy();
        next.tree = changed;
        return next;
    }

    boolean isLoggedIn() {
        return loggedIn;
    }

    boolean isControlByTls() {
        return controlByTls;
    }

    boolean isDataByTls() {
        return dataByTls;
    }

    Place place() {
        return place;
    }

    Optional<String> claimed() {
        return claimed;
    }

    /// Every command the model knows.
    static boolean knows(String verb) {
        return BEFORE_LOGIN.contains(verb) || AFTER_LOGIN.contains(verb);
    }

    /// Whether a line is answered while a transfer runs, instead of after it.
    static boolean isServedDuringTransfer(String line) {
        return switch (Line.read(line)) {
            case Line.Command(String verb, String argument) ->
                    DURING_TRANSFER.contains(verb) || !knows(verb);
            case Line.Empty empty -> true;
            case Line.Malformed malformed -> true;
        };
    }

    /// What is right to happen after this line, end of line included.
    Answer hear(String line) {
        return switch (Line.read(line)) {
            case Line.Command(String verb, String argument) -> command(verb, argument);
            case Line.Empty empty -> new Answer.Silence(this);
            case Line.Malformed(int code) -> Answer.Says.of(this, code);
        };
    }

    private Answer command(String verb, String argument) {
        if (HTTP.contains(verb)) {
            return new Answer.Leaves(421, this);
        }
        if (!knows(verb)) {
            return Answer.Says.of(this, 500);
        }
        Model next = copy();
        if (!KEEPS_RESTART.contains(verb)) {
            next.restart = 0;
            next.announced = 0;
        }
        if (!verb.equals("RNTO")) {
            next.renameFrom = Optional.empty();
        }
        if (!loggedIn && !BEFORE_LOGIN.contains(verb)) {
            return Answer.Says.of(next, NOT_LOGGED_IN);
        }
        if (REFUSED.contains(verb)) {
            return Answer.Says.of(next, 502);
        }
        if (NEEDS_ARGUMENT.contains(verb) && argument.isBlank()) {
            return Answer.Says.of(next, 501);
        }
        if (BEFORE_LOGIN.contains(verb)) {
            return next.anybody(verb, argument);
        }
        return switch (verb) {
            case "TYPE", "STRU", "MODE", "REST", "ALLO" ->
                    new Parameters(next).parameter(verb, argument);
            case "PORT", "EPRT", "PASV", "EPSV" -> new Parameters(next).dataPort(verb, argument);
            case "RETR", "STOR", "STOU", "APPE", "LIST", "NLST", "MLSD" ->
                    new Files(next).transfer(verb, argument, restart);
            case "SITE" -> new Files(next).site(argument);
            default -> new Files(next).files(verb, argument);
        };
    }

    private Answer anybody(String verb, String argument) {
        return switch (verb) {
            case "USER" -> user(argument);
            case "PASS" -> pass(argument);
            case "REIN" -> rein();
            case "QUIT" -> new Answer.Leaves(221, this);
            case "AUTH" -> auth(argument.strip().toUpperCase(Locale.ROOT));
            case "PBSZ" -> pbsz(argument.strip());
            case "PROT" -> prot(argument.strip().toUpperCase(Locale.ROOT));
            case "CCC" -> Answer.Says.of(this, controlByTls ? 534 : 533);
            case "ABOR" -> Answer.Says.of(this, 226);
            case "SYST" -> Answer.Says.of(this, 215);
            case "STAT" -> Answer.Says.of(this, 211, 212, 213, 450, UNAVAILABLE);
            case "HELP" -> Answer.Says.of(this, 214, 500, 501, 502);
            case "NOOP", "CLNT", "CSID" -> Answer.Says.of(this, 200);
            case "FEAT" -> Answer.Says.of(this, 211);
            case "ACCT" -> Answer.Says.of(this, 202);
            case "OPTS", "LANG" -> Answer.Says.of(this, 200, 501, 504, NOT_LOGGED_IN);
            default -> throw new IllegalStateException(verb);
        };
    }

    private Answer user(String name) {
        if (loggedIn) {
            return Answer.Says.of(this, 503);
        }
        if (isPasswordTooOpen()) {
            return Answer.Says.of(this, NOT_LOGGED_IN);
        }
        Model next = copy();
        next.claimed = Optional.of(name);
        return Answer.Says.of(next, 331);
    }

    private Answer pass(String password) {
        if (loggedIn) {
            return Answer.Says.of(this, 503);
        }
        if (isPasswordTooOpen()) {
            return Answer.Says.of(this, NOT_LOGGED_IN);
        }
        if (claimed.isEmpty()) {
            return Answer.Says.of(this, 503);
        }
        Model next = copy();
        next.claimed = Optional.empty();
        if (claimed.get().equals(stage.user()) && password.equals(stage.password())) {
            next.loggedIn = true;
            return Answer.Says.of(next, 230);
        }
        next.failures++;
        return next.failures == LOGIN_FAILURES_MAX
                ? new Answer.Leaves(421, next)
                : Answer.Says.of(next, NOT_LOGGED_IN);
    }

    /// As if the client had just come; its TLS stays on, and refused logins stay counted.
    private Answer rein() {
        Model next = new Model(stage, tree);
        next.controlByTls = controlByTls;
        next.bufferSizeSet = place.beginsByTls();
        next.dataByTls = place.beginsByTls();
        next.failures = failures;
        return Answer.Says.of(next, 220);
    }

    private boolean isPasswordTooOpen() {
        return place.requiresTls() && !controlByTls;
    }

    private Answer auth(String mechanism) {
        boolean protectsData = mechanism.equals("SSL") || mechanism.equals("TLS-P");
        if (!protectsData && !mechanism.equals("TLS") && !mechanism.equals("TLS-C")) {
            return Answer.Says.of(this, 504);
        }
        if (controlByTls || !place.offersTls()) {
            return Answer.Says.of(this, 534);
        }
        if (loggedIn) {
            return Answer.Says.of(this, 503);
        }
        Model next = new Model(stage, tree);
        next.controlByTls = true;
        next.bufferSizeSet = protectsData;
        next.dataByTls = protectsData;
        return new Answer.Secures(next);
    }

    private Answer pbsz(String size) {
        if (!size.matches("[0-9]*")) {
            return Answer.Says.of(this, 501);
        }
        if (!controlByTls) {
            return Answer.Says.of(this, 503);
        }
        Model next = copy();
        next.bufferSizeSet = true;
        return Answer.Says.of(next, 200);
    }

    private Answer prot(String level) {
        boolean exists = level.equals("C") || level.equals("P");
        if (!exists && !level.equals("S") && !level.equals("E")) {
            return Answer.Says.of(this, 504);
        }
        if (!controlByTls) {
            return Answer.Says.of(this, 503);
        }
        if (!exists) {
            return Answer.Says.of(this, 536);
        }
        if (!bufferSizeSet) {
            return Answer.Says.of(this, 503);
        }
        if (level.equals("C") && place.requiresTls()) {
            return Answer.Says.of(this, 534);
        }
        Model next = copy();
        next.dataByTls = level.equals("P");
        return Answer.Says.of(next, 200);
    }

    private Model copy() {
        Model copy = new Model(stage, tree);
        copy.controlByTls = controlByTls;
        copy.bufferSizeSet = bufferSizeSet;
        copy.dataByTls = dataByTls;
        copy.claimed = claimed;
        copy.failures = failures;
        copy.loggedIn = loggedIn;
        copy.cwd = cwd;
        copy.type = type;
        copy.restart = restart;
        copy.announced = announced;
        copy.renameFrom = renameFrom;
        copy.lastUpload = lastUpload;
        copy.epsvOnly = epsvOnly;
        copy.offer = offer;
        return copy;
    }
}
