package io.sealane.server.doctor;

import static io.sealane.server.doctor.Severity.NOTE;
import static io.sealane.server.doctor.Severity.OK;
import static io.sealane.server.doctor.Severity.SERIOUS;
import static io.sealane.server.doctor.Severity.WARNING;

import java.util.Locale;

/// All that the doctor can find: severity, meaning and remedy of each. The reports and the page for
/// users are made from this table.
public enum Finding {
    EXPLICIT_TLS(OK, "Explicit TLS is offered: AUTH TLS is answered with 234."),
    IMPLICIT_TLS(OK, "Implicit TLS is offered: TLS from the first octet."),
    BOTH_MODES(OK, "One port serves implicit and explicit TLS."),
    PORTS_SEEN(
            OK,
            "The ports that a firewall has to let through. It cannot read the replies of a"
                    + " protected control connection, so the passive ports must be open as well."),
    NOTHING_ANSWERS(
            SERIOUS,
            "No FTP server was found on any of the ports.",
            "Check name, port, firewall and --mode; give the ports by HOST:PORT or --ports."),
    PORT_UNANSWERED(
            WARNING,
            "A port that was named has no FTP server behind it, or none in the wanted mode.",
            "Start a listener there, or open the firewall, or leave the port out."),
    NOT_FTP(
            WARNING,
            "What answers on this port does not greet as an FTP server does (RFC 959 section 5.4).",
            "Look what listens there; if it is the FTP server, its greeting must be 220."),
    NO_TLS(
            SERIOUS,
            "The port knows no TLS: passwords and files travel in the clear.",
            "Give the server a certificate, offer AUTH TLS, and demand it for logins and data."),
    NOT_EXAMINED(
            NOTE,
            "This was left out of the examination.",
            "Give what it needs, and examine again."),
    PROBE_FAILED(
            WARNING,
            "A probe got no answer, or none that can be understood.",
            "Look into the server's log for this connection; try again with a longer --timeout."),
    GAVE_UP(
            WARNING,
            "Three probes in a row failed, so the rest of this port was not examined.",
            "Mend what the failed probes name, or try again: the server may limit connections."),
    TIME_USED_UP(
            WARNING,
            "The time for the whole examination was used up, so the rest was left out.",
            "Name fewer ports, or give a longer --timeout."),
    OLD_HELLO_UNANSWERED(
            NOTE,
            "A ClientHello of a version that nobody should speak any more gets no answer, as where"
                    + " a firewall drops it.",
            "Nothing, if older versions are meant to be off."),
    GREETING_TELLS_VERSION(
            NOTE,
            "The greeting names a version, which tells strangers what flaws to try.",
            "Configure a greeting without program and version."),

    FEAT_COMPLETE(OK, "FEAT names all that current clients look for (RFC 2389)."),
    FEAT_INCOMPLETE(
            NOTE,
            "FEAT leaves out what clients look for: they fall back to older commands, or do"
                    + " without times in seconds, sizes or UTF-8 names.",
            "Update the server or switch these commands on."),
    FEAT_WITHOUT_TLS(
            WARNING,
            "AUTH TLS works, but FEAT does not name it (RFC 4217 section 6): clients that look"
                    + " there first log in without TLS.",
            "Have FEAT name AUTH TLS, PBSZ and PROT; update the server."),
    FEAT_CONTRADICTED(
            WARNING,
            "FEAT names what the server then refuses, or one half of what belongs together.",
            "Switch on what FEAT names, or have it not named."),
    FEAT_REFUSED(
            NOTE,
            "FEAT is refused before the login, so clients cannot see that TLS is offered.",
            "Allow FEAT before the login."),
    FEAT_MALFORMED(
            NOTE,
            "FEAT's lines do not begin with exactly one space (RFC 2389 section 3.2); strict"
                    + " clients do not see them.",
            "Update the server."),
    AUTH_CODE(
            NOTE,
            "AUTH TLS is answered with another code than 234 (RFC 4217 section 4).",
            "Update the server; strict clients give up here."),
    AUTH_IS_A_WALL(OK, "What is sent in the clear behind AUTH TLS is not served inside TLS."),
    AUTH_INJECTION(
            SERIOUS,
            "A command sent in the clear behind AUTH TLS is answered inside TLS: somebody on the"
                    + " way can put commands into protected sessions.",
            "Update the server; until then offer implicit TLS alone."),
    LOGIN_NEEDS_TLS(OK, "A login in the clear is refused before the password."),
    CLEAR_LOGIN(
            WARNING,
            "A name sent in the clear is answered by asking for the password: a client without TLS,"
                    + " or one that was tricked out of it, sends the password in the clear.",
            "Demand TLS for logins, for every name, at USER already."),
    PROT_LEVELS(OK, "How PROT C, S, E and P are answered (RFC 2228, RFC 4217 section 9)."),
    PROT_MISLEADING(
            WARNING,
            "PROT S or PROT E is answered with 200, which TLS cannot give (RFC 4217 section 9).",
            "Update the server; 536 is the right answer."),
    PROT_P_REFUSED(
            SERIOUS,
            "PROT P is refused: data connections cannot be protected.",
            "Switch on TLS for data connections."),
    CLEAR_DATA_REFUSED(OK, "Data in the clear is refused."),
    CLEAR_DATA_ACCEPTED(
            WARNING,
            "PROT C is accepted: data may travel in the clear behind a protected login.",
            "Demand TLS for data connections."),

    TLS_VERSIONS(OK, "The versions of TLS that are accepted."),
    TLS_1_3_MISSING(
            NOTE,
            "TLS 1.3 is not accepted.",
            "Update the server or its TLS library, or switch TLS 1.3 on."),
    TLS_OUTDATED(
            WARNING,
            "TLS 1.0 or 1.1 is accepted, which RFC 8996 forbids.",
            "Accept TLS 1.2 and 1.3 alone; keep old devices on a listener of their own."),
    SSL_3(SERIOUS, "SSL 3.0 is accepted, which RFC 7568 forbids.", "Switch SSL 3.0 off."),
    NO_USABLE_TLS(
            SERIOUS,
            "Neither TLS 1.2 nor TLS 1.3 is accepted: current clients cannot connect.",
            "Switch TLS 1.2 and 1.3 on; if they are, the server's log says why handshakes fail."),
    CIPHER(OK, "What is negotiated with a current client."),
    CIPHER_WITHOUT_FORWARD_SECRECY(
            WARNING,
            "RSA key exchange is accepted: whoever gets the key later can read recorded sessions.",
            "Accept ECDHE suites alone in TLS 1.2."),
    CIPHER_BROKEN(
            SERIOUS,
            "A suite that is broken, or encrypts or authenticates nothing, is accepted.",
            "Accept AEAD suites with ECDHE alone."),
    DH_SMALL(
            WARNING,
            "A Diffie-Hellman group of less than 2048 bits is used.",
            "Accept ECDHE suites alone, or use a group of 2048 bits or more (RFC 7919)."),
    GROUPS(OK, "The key exchange groups that are accepted in TLS 1.3, the preferred first."),
    POST_QUANTUM(OK, "A client that offers X25519MLKEM768 gets it."),
    POST_QUANTUM_MISSING(
            NOTE,
            "X25519MLKEM768 is not negotiated: sessions recorded today may be read by a quantum"
                    + " computer later.",
            "Use a TLS library that has it, and put it first among the groups."),
    CERTIFICATE_TRUSTED(OK, "The certificate chain leads to a trusted root."),
    CERTIFICATE_SELF_SIGNED(
            WARNING,
            "The certificate signs itself: clients ask their users, who then accept anybody's.",
            "Use a certificate of an authority that clients know, or give clients this one; check"
                    + " it here with --trust FILE."),
    CERTIFICATE_UNTRUSTED(
            WARNING,
            "The chain leads to no root of the JDK and none of --trust FILE.",
            "Use a certificate of an authority that clients know; name a private one by --trust."),
    CHAIN_INCOMPLETE(
            WARNING,
            "Intermediate certificates are missing, so clients cannot find the way to the root.",
            "Send the intermediate certificates behind the server's own."),
    CHAIN_IN_ORDER(OK, "Each certificate of the chain is signed by the one behind it."),
    CHAIN_DISORDERED(
            WARNING,
            "The chain is not in order, or holds what does not belong to it; strict clients fail.",
            "Send the server's certificate first and each issuer behind what it issued."),
    CERTIFICATE_NAME(OK, "The certificate is for this host."),
    CERTIFICATE_OF_ANOTHER(
            WARNING,
            "The certificate is not for this host (RFC 9525): clients that check it refuse.",
            "Use a certificate whose subjectAltName has the name that clients connect to."),
    CERTIFICATE_VALID(OK, "The certificate's time is right."),
    CERTIFICATE_EXPIRES_SOON(
            WARNING,
            "The certificate expires within 14 days.",
            "Renew it, and see that the server takes the new one."),
    CERTIFICATE_EXPIRED(
            SERIOUS,
            "The certificate has expired.",
            "Renew it, and see that the server takes the new one; some need a restart."),
    CERTIFICATE_NOT_YET_VALID(
            SERIOUS,
            "The certificate is not valid yet.",
            "Check the clocks of the server, of the authority and of this machine."),
    CERTIFICATE_KEY(OK, "Key and signature of the certificate are strong enough."),
    CERTIFICATE_KEY_WEAK(
            SERIOUS,
            "The key is too small, or of a kind no longer in use.",
            "Use RSA with 2048 bits or more, ECDSA with P-256 or P-384, or Ed25519."),
    CERTIFICATE_SIGNATURE_WEAK(
            SERIOUS,
            "A certificate of the chain is signed with MD5 or SHA-1.",
            "Have it issued again with SHA-256."),
    CLIENT_CERTIFICATE_ASKED(
            NOTE,
            "The server asks clients for a certificate; what it does without one is seen below.",
            "Nothing, if that is meant."),
    CLIENT_CERTIFICATE_REQUIRED(
            NOTE,
            "Clients without a certificate of their own are not let in.",
            "Nothing, if that is meant."),
    ALPN_STRICT(OK, "A client of another protocol is refused: no_application_protocol (RFC 7301)."),
    ALPN_LENIENT(
            NOTE,
            "A client that offers h2 and http/1.1 alone is let in: a browser can be led to this"
                    + " port under the name in the certificate (the attack called ALPACA).",
            "Refuse clients whose ALPN has no ftp in it; use no certificate that is the web"
                    + " server's, too."),
    ALPN_FOREIGN(
            WARNING,
            "A protocol of the web is chosen on an FTP port.",
            "Let the server choose ftp alone."),
    ALPN_FTP(OK, "A client that offers ftp is let in."),
    ALPN_FTP_REFUSED(
            WARNING,
            "A client that offers ftp by ALPN, as FileZilla does, is refused.",
            "Accept ftp by ALPN, or ignore ALPN."),
    CONTROL_RESUMPTION(OK, "Whether a second control connection resumes the session of the first."),

    LOGIN(OK, "The login works."),
    LOGIN_FAILED(
            WARNING,
            "The login failed, so data connections were not examined.",
            "Check name and password, and that this user may log in from here."),
    PASSIVE_ADDRESS(OK, "Passive mode names the address that clients connect to."),
    PASSIVE_ADDRESS_WRONG(
            WARNING,
            "PASV names another address than the one that clients connect to, often a private one"
                    + " behind a NAT: clients that believe it cannot transfer anything.",
            "Configure the public address as the one for passive mode."),
    PASSIVE_REFUSED(
            WARNING,
            "PASV or EPSV is refused: clients that know only that one cannot transfer anything.",
            "Allow both; over IPv6 only EPSV is needed."),
    PASSIVE_UNREACHABLE(
            SERIOUS,
            "The passive port cannot be connected to.",
            "Open the passive range in the firewall, and forward it where there is a NAT."),
    DATA_BY_TLS(OK, "A listing over a protected data connection works."),
    DATA_FAILED(
            SERIOUS,
            "No listing over a protected data connection works.",
            "Look into the server's log; check certificate, passive ports and session reuse."),
    DATA_RESUMPTION_REQUIRED(
            OK,
            "A data connection must resume the session of its control connection, which proves who"
                    + " opened it. Clients that cannot do so fail."),
    DATA_RESUMPTION_OPTIONAL(
            NOTE,
            "A data connection may resume the control connection's session, or not: without it,"
                    + " somebody faster than the client can take its data connection.",
            "Demand session reuse if all clients can do it."),
    DATA_RESUMPTION_MISSING(
            WARNING,
            "A data connection never resumes the control connection's session: clients that insist"
                    + " on it fail, and each file costs a full handshake.",
            "Switch on the session cache or tickets."),
    DATA_RESUMPTION_RUNS_OUT(
            WARNING,
            "The first data connections resume, later ones do not: with clients that use each"
                    + " ticket once, transfers fail or slow down after the first.",
            "Update the server: it should send a new ticket for each data connection."),
    LISTING_ENDS_CLEANLY(OK, "A listing ends with close_notify: clients see that it is whole."),
    LISTING_CUT(
            WARNING,
            "A listing ends without close_notify: clients cannot tell it from one that was cut"
                    + " off, and strict ones report an error.",
            "Update the server or its TLS library."),
    CLEAR_DATA_SERVED(
            WARNING,
            "A listing was sent in the clear behind PROT C.",
            "Demand TLS for data connections."),
    UPLOAD_CUT_REFUSED(
            OK, "An upload that ends without close_notify is refused and does not appear."),
    UPLOAD_CUT_ACCEPTED(
            WARNING,
            "An upload that ends without close_notify is taken for whole: somebody on the way can"
                    + " cut files off unseen.",
            "Demand close_notify on uploads, if all clients send it."),
    UPLOAD_CUT_VISIBLE(
            NOTE,
            "An upload that was refused because it was cut off is there under its name.",
            "Have uploads appear when they are complete."),
    LEFT_BEHIND(
            WARNING,
            "A file that this examination made could not be removed.",
            "Delete it by hand.");

    private final Severity severity;
    private final String meaning;
    private final String remedy;

    Finding(Severity severity, String meaning) {
        this(severity, meaning, "");
    }

    /// @param remedy what to do; empty where all is well
    Finding(Severity severity, String meaning, String remedy) {
        this.severity = severity;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /// The name in reports, which stays the same from version to version.
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    /// What it means, in a sentence or two.
    public String meaning() {
        return meaning;
    }

    /// What to do; empty for findings that are [Severity#OK].
    public String remedy() {
        return remedy;
    }
}
