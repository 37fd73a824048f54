package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.checksum.HashAlgorithm;
import io.sealane.core.session.CommandHandler;
import io.sealane.core.session.Ending;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.session.SessionState.Visitor;
import io.sealane.core.session.Settings;
import io.sealane.core.wire.Blanks;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.Reply;
import io.sealane.core.wire.Verb;
import java.util.Optional;

/// Leads each command through the gates of its row to its handler.
public final class Commands implements CommandHandler {
    private final AccessCommands access;
    private final SecurityCommands security;
    private final InformationCommands information;
    private final ParameterCommands parameters;
    private final DataPortCommands dataPorts;
    private final DirectoryCommands directories;
    private final FileCommands files;
    private final ChecksumCommands checksums;
    private final CopyCommands copies;
    private final TreeCommands trees;
    private final SiteCommands sites;
    private final TransferCommands transfers;
    private final ListingCommands listings;
    private final AccountWatch account;

    public Commands(Services services) {
        account = new AccountWatch(services.authenticator(), services.clock());
        access = new AccessCommands(services, account);
        security = new SecurityCommands(services);
        information = new InformationCommands(services);
        parameters = new ParameterCommands(services);
        dataPorts = new DataPortCommands(services);
        directories = new DirectoryCommands(services);
        files = new FileCommands(services);
        checksums = new ChecksumCommands(services);
        copies = new CopyCommands(services);
        trees = new TreeCommands(services);
        sites = new SiteCommands(services, copies, trees);
        transfers = new TransferCommands(services);
        listings = new ListingCommands(services);
    }

    @Override
    public Outcome handle(CommandLine command, SessionState before, Occupation occupation) {
        Verb verb = command.verb();
        SessionState state = withoutLeftovers(verb, before);
        if (verb.stage() == Verb.Stage.LOGGED_IN && state instanceof Visitor) {
            return say(Reply.NOT_LOGGED_IN, state);
        }
        if (needsAccount(command, occupation)) {
            Optional<Outcome.Left> end = lookAfter(state);
            if (end.isPresent()) {
                return switch (occupation) {
                    case NONE -> end.get();
                    case RUNNING -> say(Reply.NOT_LOGGED_IN, state);
                };
            }
        }
        if (verb.service() == Verb.Service.REFUSED) {
            return say(Reply.notImplemented(verb), state);
        }
        if (verb.argument() == Verb.Argument.REQUIRED && Blanks.only(command.argument())) {
            return say(Reply.ARGUMENT_NEEDED, state);
        }
        return serve(command, state);
    }

    @Override
    public Optional<Outcome.Left> lookAfter(SessionState state) {
        return state instanceof Member member && account.hasEnded(member)
                ? Optional.of(
                        new Outcome.Left(Reply.ACCOUNT_ENDED, Ending.Known.ACCOUNT_ENDED, state))
                : Optional.empty();
    }

    /// Whether a command is nothing for somebody whose account has ended. What he transfers is
    /// finished, and he may ask how it goes.
    private static boolean needsAccount(CommandLine command, Occupation occupation) {
        return switch (occupation) {
            case NONE -> command.verb() != Verb.QUIT;
            case RUNNING -> command.verb() == Verb.STAT && !Blanks.only(command.argument());
        };
    }

    private Outcome serve(CommandLine command, SessionState state) {
        return switch (command.verb()) {
            case USER -> access.user(command, state);
            case PASS -> access.pass(command, state);
            case ACCT -> say(Reply.ACCT_NOT_NEEDED, state);
            case REIN -> access.rein(state);
            case HOST -> access.host(command, state);
            case QUIT -> new Outcome.Left(Reply.GOODBYE, Ending.Known.QUIT, state);
            case AUTH -> security.auth(command, state);
            case PBSZ -> security.pbsz(command, state);
            case PROT -> security.prot(command, state);
            case CCC -> security.ccc(state);
            case ADAT -> security.adat(state);
            case MIC, CONF, ENC -> security.wrapped(command, state);
            case FEAT -> information.feat(state);
            case HELP -> information.help(command, state);
            case SYST -> say(Reply.SYSTEM_TYPE, state);
            case NOOP -> say(Reply.COMMAND_OKAY, state);
            case OPTS -> parameters.opts(command, state);
            case CLNT -> parameters.clnt(command, state);
            case CSID -> parameters.csid(command, state);
            case LANG -> parameters.lang(command, state);
            case STAT -> listings.stat(command, state);
            case ABOR -> new Outcome.Aborted(state);
            case CWD, XCWD -> directories.cwd(command, member(command, state));
            case CDUP, XCUP -> directories.cdup(member(command, state));
            case PWD, XPWD -> directories.pwd(member(command, state));
            case MKD, XMKD -> directories.mkd(command, member(command, state));
            case RMD, XRMD -> directories.rmd(command, member(command, state));
            case TYPE -> parameters.type(command, member(command, state));
            case STRU -> parameters.stru(command, member(command, state));
            case MODE -> parameters.mode(command, member(command, state));
            case REST -> parameters.rest(command, member(command, state));
            case ALLO -> parameters.allo(command, member(command, state));
            case PORT -> dataPorts.port(command, member(command, state));
            case EPRT -> dataPorts.eprt(command, member(command, state));
            case PASV -> dataPorts.pasv(member(command, state));
            case EPSV -> dataPorts.epsv(command, member(command, state));
            case CPSV -> dataPorts.cpsv(member(command, state));
            case SSCN -> dataPorts.sscn(command, member(command, state));
            case RETR -> transfers.retr(command, member(command, state));
            case STOR -> transfers.stor(command, member(command, state));
            case STOU -> transfers.stou(command, member(command, state));
            case APPE -> transfers.appe(command, member(command, state));
            case LIST -> listings.list(command, member(command, state));
            case NLST -> listings.nlst(command, member(command, state));
            case MLSD -> listings.mlsd(command, member(command, state));
            case AVBL -> directories.avbl(command, member(command, state));
            case MLST -> listings.mlst(command, member(command, state));
            case SIZE -> files.size(command, member(command, state));
            case MDTM -> files.mdtm(command, member(command, state));
            case MFMT -> files.mfmt(command, member(command, state));
            case MFF -> files.mff(command, member(command, state));
            case DELE -> files.dele(command, member(command, state));
            case RNFR -> files.rnfr(command, member(command, state));
            case RNTO -> files.rnto(command, member(command, state));
            case SITE -> sites.site(command, member(command, state));
            case RANG -> parameters.rang(command, member(command, state));
            case HASH -> checksums.hash(command, member(command, state));
            case XCRC -> checksums.sum(HashAlgorithm.CRC32, command, member(command, state));
            case XMD5 -> checksums.sum(HashAlgorithm.MD5, command, member(command, state));
            case XSHA, XSHA1 -> checksums.sum(HashAlgorithm.SHA_1, command, member(command, state));
            case XSHA256 -> checksums.sum(HashAlgorithm.SHA_256, command, member(command, state));
            case XSHA512 -> checksums.sum(HashAlgorithm.SHA_512, command, member(command, state));
            case MD5 -> checksums.md5(command, member(command, state));
            case MMD5 -> checksums.mmd5(command, member(command, state));
            case DSIZ -> trees.dsiz(command, member(command, state));
            case RMDA -> trees.rmda(command, member(command, state));
            case COMB -> copies.comb(command, member(command, state));
            case SMNT, LPRT, LPSV, MFCT, PRET, ESTA, ESTP, THMB ->
                    throw new IllegalStateException(command.verb() + " is refused by its row");
        };
    }

    /// The state without what the commands before had set up for others than this one.
    private static SessionState withoutLeftovers(Verb verb, SessionState state) {
        return switch (state) {
            case Visitor visitor -> visitor;
            case Member member -> {
                Settings settings = member.settings();
                if (verb.restart() == Verb.Restart.CLEARED) {
                    settings = settings.withoutRange();
                }
                if (verb != Verb.RNTO) {
                    settings = settings.withoutRenameFrom();
                }
                if (verb != Verb.SITE) {
                    settings = settings.withoutCopyFrom();
                }
                yield member.with(settings);
            }
        };
    }

    /// The state of a user who is logged in, as the row's stage guarantees.
    private static Member member(CommandLine command, SessionState state) {
        return switch (state) {
            case Visitor visitor ->
                    throw new IllegalStateException(command.verb() + " before the login");
            case Member member -> member;
        };
    }
}
