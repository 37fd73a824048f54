package io.sealane.testkit;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of MLSD, or the one of MLST between its first and last, cut by the grammar of RFC 3659
/// section 7.2 and nothing but it: what the grammar leaves open is not taken.
///
/// @param facts values by name, in lower case
/// @param name everything behind the one blank that ends the facts
public record FactsLine(Map<String, String> facts, String name) {
    /// `RCHAR` and `=`, which is `SCHAR`.
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9,.:!@#$%^&()\\-_+?/\\\\'\"=]*");

    /// A standard fact, or one of an operating system (`OS-name "." token`).
    private static final Pattern FACT_NAME =
            Pattern.compile(
                    "(?i:size|modify|create|type|unique|perm|lang|media-type|charset)"
                            + "|[A-Za-z0-9]+\\.[A-Za-z0-9.\\-]+");

    private static final Pattern TIME =
            Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\.\\d+)?");
    private static final Pattern TYPE =
            Pattern.compile("(?i:cdir|pdir|dir|file)|(?i:OS)\\.[A-Za-z0-9]+=[^=]+");
    private static final Pattern PERM = Pattern.compile("(?i:(?:([acdeflmprw])(?!.*\\1))*)");

    public FactsLine {
        facts = Map.copyOf(facts);
    }

    /// Reads a line of MLSD: the name has no directory in it.
    public static FactsLine ofListing(String line) {
        FactsLine parsed = parse(line);
        if (parsed.name.contains("/")) {
            throw violation("a name in a listing is not a path", line);
        }
        return parsed;
    }

    /// Reads the lines of MLSD: the type of each entry, by its name.
    public static Map<String, String> types(List<String> lines) {
        Map<String, String> types = new LinkedHashMap<>();
        for (String line : lines) {
            FactsLine parsed = ofListing(line);
            types.put(parsed.name, parsed.fact("type").orElseThrow());
        }
        return types;
    }

    /// Reads a reply to MLST: `250-` text, a blank and one line, `250` text.
    public static FactsLine ofReply(Reply reply) {
        if (reply.code() != 250 || reply.body().size() != 1) {
            throw violation("MLST is answered by 250 and one line between two", reply.toString());
        }
        String line = reply.body().getFirst();
        if (!line.startsWith(" ")) {
            throw violation("the line of MLST begins with a blank", line);
        }
        return parse(line.substring(1));
    }

    /// Returns the value of a fact, named in any case.
    public Optional<String> fact(String factName) {
        return Optional.ofNullable(facts.get(factName.toLowerCase(Locale.ROOT)));
    }

    private static FactsLine parse(String line) {
        Map<String, String> facts = new LinkedHashMap<>();
        int at = 0;
        while (at < line.length() && line.charAt(at) != ' ') {
            int equals = line.indexOf('=', at);
            int end = line.indexOf(';', at);
            if (equals < 0 || end < equals) {
                throw violation("a fact is a name, =, a value, and ;", line);
            }
            String factName = line.substring(at, equals);
            String value = line.substring(equals + 1, end);
            check(factName, value, line);
            if (facts.put(factName.toLowerCase(Locale.ROOT), value) != null) {
                throw violation("a fact comes once", line);
            }
            at = end + 1;
        }
        if (at + 1 >= line.length()) {
            throw violation("one blank and a name follow the facts", line);
        }
        return new FactsLine(facts, line.substring(at + 1));
    }

    private static void check(String factName, String value, String line) {
        if (!FACT_NAME.matcher(factName).matches()) {
            throw violation("no name of a fact: " + factName, line);
        }
        if (!VALUE.matcher(value).matches()) {
            throw violation("a value holds none but the characters of SCHAR: " + value, line);
        }
        boolean good =
                switch (factName.toLowerCase(Locale.ROOT)) {
                    case "size" -> value.matches("\\d+");
                    case "modify", "create" -> isTime(value);
                    case "type" -> TYPE.matcher(value).matches();
                    case "perm" -> PERM.matcher(value).matches();
                    case "unique" -> !value.isEmpty();
                    case "unix.mode" -> value.matches("[0-7]+");
                    default -> true;
                };
        if (!good) {
            throw violation("not a value of " + factName + ": " + value, line);
        }
    }

    private static boolean isTime(String value) {
        Matcher time = TIME.matcher(value);
        if (!time.matches()) {
            return false;
        }
        try {
            LocalDateTime ignored =
                    LocalDateTime.of(
                            number(time, 1),
                            number(time, 2),
                            number(time, 3),
                            number(time, 4),
                            number(time, 5),
                            number(time, 6));
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static int number(Matcher time, int group) {
        return Integer.parseInt(time.group(group));
    }

    private static ProtocolViolation violation(String rule, String line) {
        return new ProtocolViolation(rule, line.getBytes(StandardCharsets.UTF_8));
    }
}
