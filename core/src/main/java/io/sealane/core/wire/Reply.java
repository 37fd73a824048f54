package io.sealane.core.wire;

import io.sealane.vfs.VirtualPath;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// A reply: a code and its text (RFC 959 section 4.2). CR, LF and what else no path can hold cannot
/// be in it. Replies that are always the same are constants here; the others are made by a named
/// method, so that this file is the catalogue of all that the server says.
///
/// Where clients take a path from a line, it is whole and has every character it has. Lines for
/// people show its beginning, and so have [#LINE_OCTETS_SHOWN_MAX] octets at most.
///
/// @param code 100 to 659
/// @param lines at least one
public record Reply(int code, List<String> lines) {
    public static final Reply COMMAND_OKAY = of(200, "Okay.");
    public static final Reply NO_TRANSFER_TO_ABORT = of(226, "No transfer to abort.");
    public static final Reply ABORTED = of(226, "Abort done.");
    public static final Reply WORK_ABORTED = of(426, "Aborted, nothing was changed.");
    public static final Reply REMOVAL_ABORTED = of(426, "Aborted, part of it is gone.");
    public static final Reply GOODBYE = of(221, "Goodbye.");
    public static final Reply LOGGED_IN = of(230, "Logged in.");

    /// RFC 2228 section 4: to USER, where a client certificate says who it is.
    public static final Reply LOGGED_IN_BY_CERTIFICATE =
            of(232, "User logged in, authorized by security data exchange.");

    /// To PASS behind 232: clients that always send it look for 230.
    public static final Reply PASSWORD_NOT_NEEDED =
            of(230, "Logged in by certificate, no password is needed.");

    public static final Reply PASSWORD_PLEASE = of(331, "Password, please.");

    /// RFC 2228 section 5.1: the password, and an answer to a challenge. FileZilla asks its user
    /// for a one-time password where the brackets are, and sends it in front of the password, with
    /// a semicolon between.
    public static final Reply ONE_TIME_PASSWORD_PLEASE =
            of(336, "Password and one-time password, please. [alg:totp]");

    public static final Reply RENAME_TO_PLEASE = of(350, "Send RNTO with the new name.");
    public static final Reply COPY_TO_PLEASE = of(350, "Send SITE CPTO with the new name.");
    public static final Reply RANGE_RESET = of(350, "No range any more.");
    public static final Reply NOT_LOGGED_IN = of(530, "Log in with USER and PASS first.");
    public static final Reply LOGIN_REFUSED = of(530, "Login incorrect.");
    public static final Reply LOGIN_UNAVAILABLE =
            of(421, "Logins are not possible now, try later.");
    public static final Reply ACCOUNT_ENDED =
            of(421, "Your account was removed or disabled, closing.");
    public static final Reply TOO_MANY_LOGINS = of(421, "Too many failed logins, closing.");
    public static final Reply HOST_AFTER_USER = of(503, "HOST comes before USER.");
    public static final Reply HOST_SYNTAX =
            of(501, "Not a host: a DNS name, an IPv4 address, or an IPv6 address in brackets.");
    public static final Reply HOST_UNKNOWN = of(504, "No such host here.");
    public static final Reply HOST_OF_ANOTHER_TLS_SESSION =
            of(504, "Not the host that the TLS handshake asked for.");
    public static final Reply HOST_UNAVAILABLE = of(434, "That host is not available now.");
    public static final Reply ALREADY_LOGGED_IN = of(503, "Already logged in.");
    public static final Reply USER_FIRST = of(503, "Send USER first.");
    public static final Reply RNFR_FIRST = of(503, "Send RNFR first.");
    public static final Reply CPFR_FIRST = of(503, "Send SITE CPFR first.");
    public static final Reply ACCT_NOT_NEEDED = of(202, "ACCT is not needed.");
    public static final Reply NAMEFMT_NOT_NEEDED = of(202, "Names are paths here anyway.");
    public static final Reply ALLO_SYNTAX = of(501, "Not a size: ALLO <octets> [R <octets>].");
    public static final Reply ALLO_NOT_NEEDED = of(200, "No storage allocation is necessary.");
    public static final Reply SYSTEM_TYPE = of(215, "UNIX Type: L8");
    public static final Reply UTF8_ON = of(200, "UTF-8 is on.");
    public static final Reply UTF8_SYNTAX = of(501, "OPTS UTF8 takes ON or OFF.");
    public static final Reply UTF8_STAYS_ON = of(501, "UTF-8 cannot be turned off here.");
    public static final Reply CLIENT_NOTED = of(200, "Noted.");
    public static final Reply ONLY_EPSV = of(503, "EPSV ALL was sent, only EPSV is taken now.");
    public static final Reply EPSV_ALL = of(200, "EPSV ALL: from now on only EPSV is taken.");
    public static final Reply NO_PASSIVE_PORT = of(425, "No passive port free, try again later.");
    public static final Reply ACTIVE_OFF = of(502, "Active mode is off here, use EPSV or PASV.");
    public static final Reply FOREIGN_ADDRESS =
            of(500, "Data connections go to the address you came from, on ports from 1024 on.");
    public static final Reply SERVER_TO_SERVER_OFF =
            of(502, "There is no TLS here to move files between servers by.");
    public static final Reply SERVER_TO_SERVER_REFUSED =
            of(504, "You may not move files between servers here.");
    public static final Reply CPSV_NEEDS_PRIVATE =
            of(503, "CPSV is for protected data: send PBSZ 0 and PROT P first.");
    public static final Reply SSCN_CLIENT = of(200, "SSCN:CLIENT METHOD");
    public static final Reply SSCN_SERVER = of(200, "SSCN:SERVER METHOD");
    public static final Reply SSCN_SYNTAX = of(501, "SSCN takes ON or OFF.");
    public static final Reply NO_DATA_CONNECTION = of(425, "Use EPSV, PASV, EPRT or PORT first.");
    public static final Reply FILE_UNAVAILABLE =
            of(550, "No such file or directory, or no access.");

    /// Interop: curl takes a 550 of SIZE for "no such file", and does not try RETR.
    public static final Reply HALF_REPLACED =
            of(554, "Your upload to this name has not come to its end: begin anew or delete it.");

    public static final Reply NOT_A_PLAIN_FILE = of(550, "Not a plain file.");
    public static final Reply NOT_A_DIRECTORY = of(550, "Not a directory.");
    public static final Reply MLSD_OF_NO_DIRECTORY = of(501, "MLSD is for directories, use MLST.");
    public static final Reply LISTING_CUT =
            of(451, "This is not all: too many entries or levels, list directories one by one.");
    public static final Reply NOT_EMPTY = of(550, "Directory not empty.");
    public static final Reply NOT_EMPTY_UNSEEN =
            of(550, "Directory not empty: names that cannot be listed, or an upload under way.");
    public static final Reply ALREADY_EXISTS = of(550, "A file or directory of that name exists.");
    public static final Reply CROSSES_STORES = of(550, "Both must be in the same store.");
    public static final Reply NOT_SUPPORTED_HERE = of(504, "The store here cannot do that.");
    public static final Reply STORAGE_FULL = of(452, "Insufficient storage space.");
    public static final Reply QUOTA_EXCEEDED = of(552, "Storage quota exceeded.");
    public static final Reply NAME_NOT_ALLOWED = of(553, "File name not allowed.");
    public static final Reply TRY_LATER = of(450, "Busy, try again later.");
    public static final Reply CHECKSUMS_BUSY =
            of(450, "As many checksums as may be are being computed, try again later.");
    public static final Reply LOCAL_ERROR = of(451, "Local error, nothing was changed.");
    public static final Reply RESTART_OUT_OF_PLACE =
            of(554, "The offset or range does not fit what is there.");
    public static final Reply RESTART_WITHOUT_FILE =
            of(554, "STOU makes a new file, there is nothing to go on from.");

    /// The limits of [VirtualPath].
    public static final Reply PATH_TOO_LONG =
            of(
                    501,
                    "Name too long: "
                            + VirtualPath.NAME_BYTES_MAX
                            + " octets at most in a name, "
                            + VirtualPath.PATH_BYTES_MAX
                            + " in a path, "
                            + VirtualPath.NAMES_MAX
                            + " names.");

    public static final Reply EPSV_SYNTAX = of(501, "EPSV takes 1, 2, ALL or nothing.");
    public static final Reply ADDRESS_SYNTAX = of(501, "Not an address and port.");
    public static final Reply OFFSET_SYNTAX = of(501, "Not an offset: 0 to 9223372036854775807.");
    public static final Reply RANGE_SYNTAX =
            of(501, "Not a range: RANG <first octet> <last octet>. There is no range any more.");
    public static final Reply RANGE_NEEDS_IMAGE = of(551, "Ranges need TYPE I.");
    public static final Reply RANGE_NEEDS_STREAM = of(551, "Ranges need MODE S.");
    public static final Reply RANGE_NOT_STORED = of(504, "RANG is for RETR and HASH.");
    public static final Reply CHECKSUM_SYNTAX =
            of(501, "Not a path and a range: <path> [<start> [<end>]].");
    public static final Reply CHECKSUM_PATHS_SYNTAX = of(501, "Not paths: <path>, <path>, ...");
    public static final Reply HASH_UNKNOWN = of(501, "Unknown algorithm, the selection stays.");
    public static final Reply HASH_OF_FILES_ALONE = of(553, "Only plain files have a hash.");
    public static final Reply COMB_SYNTAX =
            of(501, "Not a file and its parts: COMB \"<file>\" \"<part>\" \"<part>\" ...");
    public static final Reply COMB_TWICE = of(501, "COMB takes each file once.");
    public static final Reply SYMLINK_SYNTAX =
            of(501, "Not two paths: SITE SYMLINK \"<to>\" \"<link>\".");
    public static final Reply COPY_SYNTAX =
            of(501, "Not two paths: SITE COPY \"<from>\" \"<to>\".");
    public static final Reply OFFSET_IN_ASCII =
            of(504, "No offset in TYPE A, whose lines change their length: use TYPE I.");
    public static final Reply TYPE_SYNTAX = of(501, "Not a type: A, E, I or L with a byte size.");
    public static final Reply TYPE_FORMAT_UNSUPPORTED =
            of(504, "TYPE A is served without a format or as A N (non-print).");
    public static final Reply TYPE_UNSUPPORTED = of(504, "Only TYPE A, I and L 8 are served.");
    public static final Reply BYTE_SIZE_UNSUPPORTED = of(504, "Bytes have eight bits: TYPE L 8.");
    public static final Reply BYTE_SIZE_SYNTAX = of(501, "TYPE L needs a byte size: TYPE L 8.");
    public static final Reply STRUCTURE_UNSUPPORTED = of(504, "Only STRU F is served.");
    public static final Reply STRUCTURE_SYNTAX = of(501, "Not a structure: F, R or P.");
    public static final Reply MODE_UNSUPPORTED = of(504, "That mode is not served: use MODE S.");
    public static final Reply MODE_UNKNOWN = of(501, "Not a mode: S, B, C or Z.");
    public static final Reply MODE_Z_IN_THE_CLEAR_ONLY =
            of(
                    504,
                    "No MODE Z with TLS, since the length of compressed data tells of its content:"
                            + " use MODE S.");
    public static final Reply MODE_Z_OPTION =
            of(501, "Not an option of MODE Z: ENGINE ZLIB, METHOD 8, LEVEL 0 to 9.");
    public static final Reply COMPRESSED_DATA_CUT =
            of(426, "Transfer failed: the compressed data ended before its end, it may be cut.");
    public static final Reply COMPRESSED_DATA_DAMAGED =
            of(426, "Transfer failed: in MODE Z the data must be a zlib stream, undamaged.");
    public static final Reply COMPRESSED_DATA_TRAILED =
            of(426, "Transfer failed: more octets behind the end of the compressed data.");
    public static final Reply COMPRESSED_DATA_EXPANDS =
            of(552, "The data expands too many times, nothing was kept: use MODE S for it.");
    public static final Reply TIME_SYNTAX =
            of(501, "Not a time and a path: YYYYMMDDhhmmss[.sss] <path>.");
    public static final Reply MODE_SYNTAX =
            of(501, "Not a mode and a path: SITE CHMOD 644 <path>.");
    public static final Reply FACTS_SYNTAX =
            of(501, "Not facts and a path: MFF modify=YYYYMMDDhhmmss;UNIX.mode=644; <path>.");
    public static final Reply FACTS_UNSUPPORTED =
            of(504, "Only the facts modify and UNIX.mode can be changed.");
    public static final Reply UMASK_SYNTAX = of(501, "Not a mask: SITE UMASK 022.");
    public static final Reply UMASK_OF_STORE = of(200, "UMASK is the store's own.");
    public static final Reply UTIME_SYNTAX =
            of(501, "Not a time and a path: SITE UTIME YYYYMMDDhhmm[ss] <path>.");
    public static final Reply LANGUAGE_ENGLISH = of(200, "Replies are in English.");
    public static final Reply LANGUAGE_UNKNOWN = of(504, "Replies are in English only: LANG EN.");
    public static final Reply SERVER_FACTS = of(200, "Name=Sealane; CaseSensitive=1; DirSep=/;");

    /// Security: never names what it does not know, or a stranger could have this server say what
    /// he likes.
    public static final Reply UNKNOWN_COMMAND = of(500, "Unknown command.");

    public static final Reply UNKNOWN_SITE_COMMAND =
            of(500, "Unknown SITE command, see HELP SITE.");
    public static final Reply TOO_MANY_FAULTS =
            of(421, "Too many lines in a row that are no commands, closing.");
    public static final Reply NO_WEB_SERVER = of(421, "This is no web server, closing.");
    public static final Reply ARGUMENT_NEEDED = of(501, "An argument is needed.");
    public static final Reply LINE_TOO_LONG = of(500, "Line too long.");
    public static final Reply LINE_CONTROL_CHARACTER = of(500, "Control character in the line.");
    public static final Reply LINE_UNDECODABLE = of(501, "Not in the character set in use.");
    public static final Reply AUTH_MECHANISM = of(504, "Unknown mechanism, use AUTH TLS.");
    public static final Reply AUTH_GO_AHEAD = of(234, "Go ahead with TLS.");
    public static final Reply AUTH_ALREADY = of(534, "TLS is on already.");
    public static final Reply AUTH_NOT_HERE = of(534, "No TLS on this port.");
    public static final Reply AUTH_AFTER_LOGIN = of(503, "AUTH comes before USER.");
    public static final Reply AUTH_PIPELINED =
            of(421, "Nothing may follow AUTH before it is answered, closing.");
    public static final Reply TLS_REQUIRED_FOR_LOGIN =
            of(530, "TLS is required here: send AUTH TLS before USER.");
    public static final Reply TLS_REQUIRED_ON_ANOTHER_PORT =
            of(530, "TLS is required for this login, which this port has not: use another port.");
    public static final Reply CLIENT_CERTIFICATE_FOR_LOGIN =
            of(530, "A client certificate is required here: show one in the TLS handshake.");
    public static final Reply TLS_REQUIRED_HERE =
            of(534, "TLS is required for this path: log in behind AUTH TLS.");
    public static final Reply PROTECTED_DATA_ON_ANOTHER_PORT =
            of(521, "Data needs TLS here, which this port has not: use another port.");
    public static final Reply CLIENT_CERTIFICATE_HERE =
            of(534, "A client certificate is required for this path.");
    public static final Reply TLS_FIRST = of(503, "Send AUTH TLS first.");
    public static final Reply NO_TLS_HERE = of(503, "No TLS on this port.");
    public static final Reply PBSZ_FIRST = of(503, "Send PBSZ 0 first.");
    public static final Reply BUFFER_SIZE_SYNTAX =
            of(501, "Not a size of 0 to 4294967295: PBSZ 0.");
    public static final Reply PBSZ_ZERO = of(200, "PBSZ=0");
    public static final Reply PROT_CLEAR = of(200, "Data connections are in the clear.");
    public static final Reply PROT_PRIVATE = of(200, "Data connections are protected by TLS.");
    public static final Reply PROT_MUST_BE_PRIVATE =
            of(534, "Data connections must be protected here: use PROT P.");
    public static final Reply PROT_LEVEL_UNSUPPORTED =
            of(536, "Only PROT C and PROT P exist for TLS.");
    public static final Reply PROT_LEVEL_UNKNOWN = of(504, "Unknown level, use PROT P.");
    public static final Reply PROT_REFUSED_FOR_DATA =
            of(521, "Data connections must be protected here: send PBSZ 0 and PROT P first.");
    public static final Reply CCC_DONE =
            of(200, "Going on in the clear; data connections stay as they are.");
    public static final Reply CCC_IN_THE_CLEAR =
            of(533, "The control connection is in the clear already.");
    public static final Reply CCC_PIPELINED =
            of(503, "Nothing may follow CCC before it is answered.");
    public static final Reply CCC_REFUSED = of(534, "The control connection stays protected here.");
    public static final Reply NO_SECURITY_EXCHANGE = of(503, "No security exchange is under way.");
    public static final Reply SECURITY_DATA_SYNTAX = of(501, "Not base 64.");
    public static final Reply COMMANDS_BY_TLS_ALONE =
            of(537, "TLS protects the whole control connection: send the command as it is.");
    public static final Reply IMPLICIT_ONLY =
            of(
                    421,
                    "This port speaks TLS from the first byte (implicit FTPS): use ftps:// or an"
                            + " explicit port.");
    public static final Reply SERVER_STOPPING = of(421, "The server is stopping, closing.");
    public static final Reply CLIENT_NOT_ALLOWED =
            of(421, "This port is not for your address, closing.");

    /// Last lines of a STAT with a path.
    private static final String STATUS_END = "End of status";

    /// Interop: jsftp 2 lists by STAT, and goes over to LIST at this code.
    public static final Reply STATUS_TOO_LONG = of(502, "Too long for STAT, use LIST.");

    /// Longest line in characters, without its code: a path with each of its characters a quote,
    /// and so doubled, and the words around it. A path that is cut is another path to the client.
    private static final int LINE_LENGTH_MAX = 2 * VirtualPath.PATH_BYTES_MAX + 512;

    /// Longest line for people in octets, its end included.
    ///
    /// Interop: RFC 959 sets no limit, but clients of old read lines into 512 octets.
    static final int LINE_OCTETS_SHOWN_MAX = 512;

    /// What is left of it for a path when the words around it are taken off.
    private static final int PATH_OCTETS_SHOWN_MAX = 400;

    public Reply {
        lines = lines.stream().map(line -> Printable.forReply(line, LINE_LENGTH_MAX)).toList();
        if (code < 100 || code > 659 || lines.isEmpty()) {
            throw new IllegalArgumentException("not a reply: " + code);
        }
    }

    private static Reply of(int code, String text) {
        return new Reply(code, List.of(text));
    }

    public static Reply greeting(String product) {
        return of(220, product + " ready.");
    }

    /// A command behind which nothing may be read came while something ran.
    public static Reply hadToWait(Verb verb) {
        return of(503, verb + " came while something ran: send it again.");
    }

    /// @param number of the oldest version that will do: `1.3`
    public static Reply tlsVersionForLogin(String number) {
        return of(530, "TLS " + number + " or newer is required for this login.");
    }

    /// @param number of the oldest version that will do: `1.3`
    public static Reply tlsVersionForData(String number) {
        return of(522, "TLS " + number + " or newer is required for this data connection.");
    }

    /// @param number of the oldest version that will do: `1.3`
    public static Reply tlsVersionHere(String number) {
        return of(534, "TLS " + number + " or newer is required for this path.");
    }

    /// 220 to HOST, as a greeting (RFC 7151 section 3.2).
    public static Reply hostChosen(HostArgument host, String product) {
        return of(220, product + " ready at " + host.text() + ".");
    }

    public static Reply malformed(ControlLine.Fault fault) {
        return switch (fault) {
            case TOO_LONG -> LINE_TOO_LONG;
            case CONTROL_CHARACTER -> LINE_CONTROL_CHARACTER;
            case UNDECODABLE -> LINE_UNDECODABLE;
        };
    }

    public static Reply notImplemented(Verb verb) {
        return of(502, verb + " is not served here.");
    }

    /// 257 with the path in quotes, quotes inside doubled (RFC 959 appendix II).
    public static Reply currentDirectory(String path) {
        return of(257, quoted(path) + " is the current directory.");
    }

    public static Reply directoryCreated(String path) {
        return of(257, quoted(path) + " created.");
    }

    public static Reply directoryChanged(String path) {
        return of(250, "Now in " + shown(path));
    }

    public static Reply fileActionDone(String what) {
        return of(250, what);
    }

    public static Reply parameterSet(String what) {
        return of(200, what);
    }

    public static Reply restartAt(long offset) {
        return of(350, "Restarting at " + offset + ".");
    }

    public static Reply rangeSelected(OctetRange range) {
        return of(350, "Octets " + range.inclusive() + " of the next file.");
    }

    /// 213 to HASH (draft-bryan-ftpext-hash-02 section 3).
    ///
    /// @param path as the client wrote it
    public static Reply hash(String algorithm, OctetRange range, String digits, String path) {
        return of(213, algorithm + " " + range.inclusive() + " " + digits + " " + path);
    }

    /// 250 to XCRC and its kin: the digits alone, as every client takes them.
    public static Reply checksum(String digits) {
        return of(250, digits.toUpperCase(Locale.ROOT));
    }

    /// 251 to MD5 and 252 to MMD5 (expired draft-twine-ftpmd5-00): paths as the client wrote them.
    public static Reply md5(int code, Map<String, String> digitsByPath) {
        return of(
                code,
                digitsByPath.entrySet().stream()
                        .map(file -> md5(file.getKey(), file.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    private static String md5(String path, String digits) {
        boolean plain = path.indexOf(' ') < 0 && path.indexOf(',') < 0;
        return (plain ? path : quoted(path)) + " " + digits.toUpperCase(Locale.ROOT);
    }

    public static Reply fileStatus(String value) {
        return of(213, value);
    }

    /// 227 in the form that NAT helpers and thirty years of clients parse (RFC 1123 section
    /// 4.1.2.6).
    public static Reply enteringPassive(String hostPort) {
        return of(227, "Entering Passive Mode (" + hostPort + ").");
    }

    public static Reply enteringExtendedPassive(int port) {
        return of(229, "Entering Extended Passive Mode (|||" + port + "|)");
    }

    /// 150. To STOU it names the file in the form that clients look for (RFC 1123 section 4.1.2.9).
    ///
    /// Interop: clients that sent no SIZE take it from the parentheses (wget, curl; asyncftpclient
    /// of Nim 1.6 with TYPE A, too).
    ///
    /// @param octets how many of the file there are to send by now, where that is known
    public static Reply openingData(Verb verb, String path, OptionalLong octets) {
        String text = verb == Verb.STOU ? "FILE: " + path : "Ready for data of " + shown(path);
        return of(150, octets.isPresent() ? text + " (" + octets.getAsLong() + " bytes)" : text);
    }

    public static Reply transferComplete(String what) {
        return of(226, what);
    }

    public static Reply noDataConnection(String why) {
        return of(425, "No data connection: " + shown(why) + ".");
    }

    /// 522 (RFC 4217 section 10.2): the TLS negotiation of the data connection failed.
    public static Reply tlsNotNegotiated(String why) {
        return of(522, "No data connection: " + shown(why) + ".");
    }

    /// 522 (RFC 4217 section 10.2): a full handshake.
    ///
    /// @param binding what policy wants, as it is written
    public static Reply notResumed(String binding) {
        return of(
                522,
                "TLS session of the data connection not resumed: session-binding "
                        + binding
                        + " requires it.");
    }

    /// 522: a full handshake in the place of the session that the client offered.
    public static Reply notResumedButOffered(String binding) {
        return of(
                522,
                "TLS session of the data connection not resumed: the one that was offered is"
                        + " unknown here or used up, and session-binding "
                        + binding
                        + " requires one.");
    }

    /// 425: the session was that of the same user's other control connection. The 522 of RFC 4217
    /// section 7 is for good; this client has sessions and took the wrong one, so it may do better
    /// when it tries again.
    public static Reply resumedFromSibling(String binding) {
        return of(
                425,
                "Can't build data connection: its TLS session was resumed from another session of"
                        + " this user, and session-binding "
                        + binding
                        + " requires this one's.");
    }

    public static Reply transferBroken(String why) {
        return of(426, "Transfer failed: " + why + ".");
    }

    public static Reply idleTooLong(String limit) {
        return of(421, "Nothing heard for " + limit + ", closing.");
    }

    public static Reply umaskIs(int umask) {
        return of(200, String.format(Locale.ROOT, "UMASK is %03o.", umask));
    }

    public static Reply namesAreIn(Charset charset) {
        return of(200, "Names are in " + charset.name() + ".");
    }

    public static Reply idleLimitIs(long seconds, long secondsMax) {
        return of(
                200,
                "Sessions end after "
                        + seconds
                        + " seconds without a command; the most is "
                        + secondsMax
                        + ".");
    }

    public static Reply idleSyntax(long secondsMax) {
        return of(501, "Not a limit: SITE IDLE 1 to " + secondsMax + " seconds.");
    }

    public static Reply loginTooSlow(String limit) {
        return of(421, "Not logged in within " + limit + ", closing.");
    }

    public static Reply tooManySessions(String whose, int limit) {
        return of(421, "Too many sessions " + whose + " (limit " + limit + "), try again later.");
    }

    public static Reply help(String text) {
        return of(214, text);
    }

    public static Reply optionRefused(String why) {
        return of(501, why);
    }

    /// 522 with the network protocol that this control connection has: 1 is IPv4, 2 is IPv6.
    public static Reply networkProtocol(int served) {
        return of(522, "Network protocol not supported, use (" + served + ")");
    }

    /// What SITE CHMOD set: of four digits it takes the last three.
    public static Reply modeIs(int mode) {
        return of(200, String.format(Locale.ROOT, "Mode is %04o.", mode));
    }

    /// A tree that could not be removed as a whole.
    ///
    /// @param code what the failure itself is answered with
    public static Reply removalStopped(int code) {
        return of(code, "Part of it is gone, the rest could not be removed.");
    }

    /// 451 for a defect of the server; the number finds the log line.
    public static Reply defect(String incident) {
        return of(451, "Server error " + incident + ", please report it.");
    }

    /// A reply of several lines: the first and last are plain, those between begin with a space and
    /// so can never look like the last (RFC 959 section 4.2, RFC 2389 section 3.2).
    public static Reply listing(int code, String first, List<String> between, String last) {
        List<String> lines = new ArrayList<>();
        lines.add(shown(first));
        between.forEach(line -> lines.add(" " + line));
        lines.add(last);
        return new Reply(code, lines);
    }

    /// A reply to STAT with a path: lines of LIST as they are, so that clients can parse them. One
    /// that begins with a digit could be taken for the end and is indented (RFC 959 section 4.2).
    public static Reply listedStatus(int code, String path, List<String> between) {
        List<String> lines = new ArrayList<>();
        lines.add("Status of " + path);
        for (String line : between) {
            boolean digit = !line.isEmpty() && line.charAt(0) >= '0' && line.charAt(0) <= '9';
            lines.add(digit ? " " + line : line);
        }
        lines.add(STATUS_END);
        return new Reply(code, lines);
    }

    public boolean isPreliminary() {
        return code < 200;
    }

    /// The octets for the control connection.
    ///
    /// @param charset of names
    public byte[] encode(Charset charset) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size() - 1; i++) {
            if (i == 0) {
                text.append(code).append('-');
            }
            text.append(lines.get(i)).append("\r\n");
        }
        text.append(code).append(' ').append(lines.getLast()).append("\r\n");
        return NameCharsets.encode(text.toString(), charset);
    }

    /// The reply for a log.
    @Override
    public String toString() {
        return Printable.escape(code + " " + lines.getFirst());
    }

    /// As much of a path as a line for people has room for.
    public static String shown(String path) {
        return Printable.cutToOctets(path, PATH_OCTETS_SHOWN_MAX);
    }

    private static String quoted(String path) {
        return '"' + path.replace("\"", "\"\"") + '"';
    }
}
