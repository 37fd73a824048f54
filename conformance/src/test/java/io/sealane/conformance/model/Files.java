package io.sealane.conformance.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is right after the commands that move, show and change files. Changes the copy of a model
/// that it is given.
final class Files {
    private static final Pattern TIME_AND_PATH = Pattern.compile("\\d{14} (.+)");
    private static final Pattern FACTS_AND_PATH = Pattern.compile("((?:[^;= ]+=[^;= ]*;)+) (.+)");

    private static final Set<String> FROM_AN_OFFSET = Set.of("RETR", "STOR", "APPE");

    private final Model model;

    Files(Model model) {
        this.model = model;
    }

    Answer transfer(String verb, String argument, long offset) {
        model.restart = 0;
        long announced = model.announced;
        model.announced = 0;
        if (verb.equals("STOU") && offset > 0) {
            return Answer.Says.of(model, 554);
        }
        if (model.place().requiresTls() && !model.isDataByTls()) {
            return Answer.Says.of(model, 521);
        }
        boolean isOfLines = model.type == Cargo.Type.ASCII && FROM_AN_OFFSET.contains(verb);
        if (isOfLines && offset > 0) {
            return Answer.Says.of(model, 504);
        }
        if (model.offer == Model.Offer.NONE) {
            return Answer.Says.of(model, 425);
        }
        model.offer = Model.Offer.NONE;
        if (verb.equals("STOU")) {
            return stou(argument, announced);
        }
        boolean mayHaveOptions = verb.equals("LIST") || verb.equals("NLST");
        String text = mayHaveOptions ? withoutOptions(argument) : argument;
        Optional<String> path = Paths.resolve(model.cwd, text);
        if (path.isEmpty()) {
            return Answer.Says.of(model, 501);
        }
        return switch (verb) {
            case "RETR" -> retr(path.get(), offset);
            case "STOR" -> begun(path, model.tree.store(path.get(), offset), announced);
            case "APPE" -> appe(path.get(), offset, announced);
            default -> listing(verb, path.get());
        };
    }

    /// What looks like an option is one, unless something has that name.
    private String withoutOptions(String argument) {
        if (Paths.resolve(model.cwd, argument).filter(model.tree::exists).isPresent()) {
            return argument;
        }
        return argument.replaceFirst("^-[a-zA-Z]+ ?", "");
    }

    private Answer retr(String path, long offset) {
        Optional<byte[]> content = model.tree.content(path);
        if (content.isEmpty()) {
            return Answer.Says.of(model, Model.UNAVAILABLE);
        }
        byte[] all = content.get();
        if (offset > all.length) {
            return Answer.Says.of(model, 554);
        }
        byte[] rest = Arrays.copyOfRange(all, (int) offset, all.length);
        return new Answer.Moves(new Cargo.Download(Ascii.toWire(rest, model.type)), model);
    }

    /// REST in front of APPE may only name the place where it goes on anyway.
    private Answer appe(String path, long offset, long announced) {
        Tree.Beginning beginning = model.tree.append(path);
        boolean isElsewhere = offset > 0 && offset != beginning.beginning().length;
        return beginning.code() == 0 && isElsewhere
                ? Answer.Says.of(model, 554)
                : begun(Optional.of(path), beginning, announced);
    }

    /// @param path empty where the server chooses it
    private Answer begun(Optional<String> path, Tree.Beginning beginning, long announced) {
        if (beginning.code() != 0) {
            return Answer.Says.of(model, beginning.code());
        }
        model.lastUpload = path;
        return new Answer.Moves(new Cargo.Upload(path, beginning, model.type, announced), model);
    }

    /// A name that the client gives may be taken as the beginning of the server's own.
    private Answer stou(String argument, long announced) {
        Optional<String> path =
                Paths.resolve(model.cwd, argument.isBlank() ? "any" : argument + "any");
        if (path.isEmpty()) {
            return Answer.Says.of(model, 501);
        }
        Tree.Beginning beginning = model.tree.store(path.get(), 0);
        return begun(Optional.empty(), beginning, announced);
    }

    private Answer listing(String verb, String path) {
        if (model.tree.isDirectory(path)) {
            return new Answer.Moves(new Cargo.Listing(model.tree.namesIn(path)), model);
        }
        boolean isPattern = path.endsWith("/*") && !verb.equals("MLSD");
        String around = Tree.parent(path);
        if (isPattern && !model.tree.exists(path) && model.tree.isDirectory(around)) {
            return new Answer.Moves(new Cargo.Listing(model.tree.namesIn(around)), model);
        }
        return verb.equals("MLSD") || !model.tree.exists(path)
                ? Answer.Says.of(model, 501, Model.UNAVAILABLE)
                : new Answer.Moves(
                        new Cargo.Listing(List.of(path.substring(path.lastIndexOf('/') + 1))),
                        model);
    }

    Answer files(String verb, String argument) {
        return switch (verb) {
            case "PWD", "XPWD" -> new Answer.Says(Set.of(257), quoted(model.cwd), model);
            case "CDUP", "XCUP" -> enter(Tree.parent(model.cwd));
            case "RNTO" -> rnto(argument);
            case "MDTM" ->
                    at(
                            TIME_AND_PATH.matcher(argument).matches()
                                    ? pathBehindTime(argument)
                                    : argument,
                            213);
            case "MFMT" ->
                    TIME_AND_PATH.matcher(argument).matches()
                            ? at(pathBehindTime(argument), 213)
                            : Answer.Says.of(model, 501);
            case "MFF" -> mff(argument);
            default ->
                    Paths.resolve(model.cwd, argument)
                            .map(path -> file(verb, path))
                            .orElseGet(() -> Answer.Says.of(model, 501));
        };
    }

    private static String pathBehindTime(String argument) {
        return argument.substring(argument.indexOf(' ') + 1);
    }

    private Answer file(String verb, String path) {
        return switch (verb) {
            case "CWD", "XCWD" -> enter(path);
            case "MKD", "XMKD" -> change(model.tree.makeDirectory(path), quoted(path));
            case "RMD", "XRMD" -> change(model.tree.removeDirectory(path), "");
            case "DELE" -> change(model.tree.deleteFile(path), "");
            case "SIZE" -> size(path);
            case "MLST" -> at(path, 250);
            case "XCRC", "XMD5", "XSHA", "XSHA1", "XSHA256", "XSHA512" -> sum(verb, path);
            case "AVBL" ->
                    Answer.Says.of(model, model.tree.isDirectory(path) ? 213 : Model.UNAVAILABLE);
            case "RNFR" -> rnfr(path);
            default -> throw new IllegalStateException(verb);
        };
    }

    private Answer enter(String path) {
        if (!model.tree.isDirectory(path)) {
            return Answer.Says.of(model, Model.UNAVAILABLE);
        }
        model.cwd = path;
        return Answer.Says.of(model, 250);
    }

    private Answer change(Tree.Change change, String text) {
        model.tree = change.tree();
        return new Answer.Says(Set.of(change.code()), change.code() < 400 ? text : "", model);
    }

    private Answer size(String path) {
        Optional<byte[]> bytes =
                model.tree.exists(path) ? model.tree.content(path) : partialToBeSeen(path);
        boolean wasTold = model.lastUpload.equals(Optional.of(path));
        if (!wasTold && model.tree.isHalfReplaced(path)) {
            return Answer.Says.of(model, 554);
        }
        return bytes.isEmpty()
                ? Answer.Says.of(model, Model.UNAVAILABLE)
                : new Answer.Says(Set.of(213), Integer.toString(bytes.get().length), model);
    }

    private Optional<byte[]> partialToBeSeen(String path) {
        return model.tree.isDirectory(Tree.parent(path))
                ? model.tree.partial(path)
                : Optional.empty();
    }

    /// Not of paths with blanks: numbers behind one may be octets to begin and to end with.
    private Answer sum(String verb, String path) {
        return model.tree
                .content(path)
                .<Answer>map(bytes -> new Answer.Says(Set.of(250), Sums.of(verb, bytes), model))
                .orElseGet(() -> Answer.Says.of(model, Model.UNAVAILABLE));
    }

    private Answer rnfr(String path) {
        if (!model.tree.exists(path)) {
            return Answer.Says.of(model, Model.UNAVAILABLE);
        }
        model.renameFrom = Optional.of(path);
        return Answer.Says.of(model, 350);
    }

    private Answer rnto(String argument) {
        Optional<String> from = model.renameFrom;
        model.renameFrom = Optional.empty();
        if (from.isEmpty()) {
            return Answer.Says.of(model, 503);
        }
        return Paths.resolve(model.cwd, argument)
                .<Answer>map(to -> change(model.tree.rename(from.get(), to), ""))
                .orElseGet(() -> Answer.Says.of(model, 501));
    }

    private Answer at(String argument, int code) {
        return Paths.resolve(model.cwd, argument)
                .map(path ->
                        Answer.Says.of(model, model.tree.exists(path) ? code : Model.UNAVAILABLE))
                .orElseGet(() -> Answer.Says.of(model, 501));
    }

    private Answer mff(String argument) {
        Matcher form = FACTS_AND_PATH.matcher(argument);
        return form.matches() && form.group(1).matches("(?i)modify=\\d{14};")
                ? at(form.group(2), 213)
                : Answer.Says.of(model, 501, 504);
    }

    Answer site(String argument) {
        String[] words = argument.strip().split(" ", 2);
        String rest = words.length > 1 ? words[1] : "";
        return switch (words[0].toUpperCase(Locale.ROOT)) {
            case "MKDIR", "RMDIR" -> siteDirectory(words[0].toUpperCase(Locale.ROOT), rest);
            case "CHMOD" ->
                    rest.matches("[0-7]{3} .+")
                            ? at(rest.substring(4), 200)
                            : Answer.Says.of(model, 501);
            case "HELP" -> Answer.Says.of(model, 214);
            case "WHO", "UMASK", "IDLE" -> Answer.Says.of(model, 200);
            default -> Answer.Says.of(model, 500, 501, 502, 504);
        };
    }

    private Answer siteDirectory(String word, String argument) {
        Optional<String> path = Paths.resolve(model.cwd, argument);
        if (argument.isBlank() || path.isEmpty()) {
            return Answer.Says.of(model, 501);
        }
        Tree.Change change =
                word.equals("MKDIR")
                        ? model.tree.makeDirectory(path.get())
                        : model.tree.removeDirectory(path.get());
        model.tree = change.tree();
        return Answer.Says.of(model, change.code() < 400 ? 200 : change.code());
    }

    private static String quoted(String path) {
        return '"' + path.replace("\"", "\"\"") + '"';
    }
}
