package io.sealane.core.event;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// One fact. The name of a record, in kebab case, is the event's name in the log; its components
/// are the keys, those of a record among them in its place; a word of an enum is in kebab case,
/// too, and what is not there is `-`. The level follows from the cause: a peer that misbehaves or
/// leaves is `DEBUG`, what a user did or policy refused is `INFO`, what degrades us is `WARNING`, a
/// defect is `ERROR`.
public sealed interface Event {
    /// The session it belongs to, `-` if to none.
    String session();

    Level level();

    /// How a conversation begins.
    enum Opening {
        IN_THE_CLEAR,
        BY_TLS
    }

    /// How a login travelled.
    enum Protection {
        TLS,
        CLEAR
    }

    /// Whether TLS went on from an earlier session.
    enum Resumption {
        TRUE,
        /// From that of another control connection of the same user.
        SAME_USER,
        FALSE
    }

    record SessionOpened(String session, String listener, Opening mode, String client)
            implements Event {
        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    /// @param reason `server-full`, `address-full`, `client-not-allowed`
    record SessionRefused(
            String session, String listener, String client, String reason, String reply)
            implements Event {
        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    /// @param software what the client says it is (CLNT, CSID), or `-`
    record SessionClosed(String session, String reason, Duration lasted, String software)
            implements Event {
        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    /// A client spoke the other mode than the port does.
    record WrongMode(String session, String listener, String client, String reason)
            implements Event {
        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    /// The TLS handshake of a control connection is done.
    ///
    /// @param version `TLSv1.2` or `TLSv1.3`; on a legacy listener `TLSv1` or `TLSv1.1`, too
    /// @param group of the key exchange, by its name in the IANA registry; `-` if there was none
    /// @param sni the server name that the client asked for, or `-`
    /// @param alpn the application protocol that was chosen, or `-`
    /// @param clientSubject of the client's certificate; `-` if it showed none
    /// @param clientFingerprint SHA-256 of it, in hexadecimal; `-` if it showed none
    record ControlSecured(
            String session,
            String listener,
            String client,
            String version,
            String cipher,
            String group,
            Resumption resumed,
            String sni,
            String alpn,
            String clientSubject,
            String clientFingerprint)
            implements Event {
        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    /// CCC: the control connection goes on in the clear.
    record ControlCleared(String session) implements Event {
        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    /// A TLS handshake came to nothing.
    ///
    /// @param connection `control` or `data`
    /// @param reason a code of `io.sealane.core.tls.HandshakeReason`
    /// @param offer what the client offered, in words; `-` if that was not read
    /// @param software what the client says it is (CLNT, CSID), or `-`
    /// @param detail what the TLS library or the system said, which differs from one to another
    record HandshakeFailed(
            String session,
            String listener,
            String client,
            String software,
            String connection,
            String reason,
            String offer,
            String detail)
            implements Event {
        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    /// @param by what let the user in: `password` or `certificate`
    record LoginAccepted(
            String session, String user, String client, Protection protection, String by)
            implements Event {
        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    record LoginRefused(String session, String user, String client, String reason)
            implements Event {
        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    /// What the client calls itself.
    record ClientNamed(String session, String software) implements Event {
        @Override
        public Level level() {
            return Level.DEBUG;
        }
    }

    /// What the policy that is tried (`observe`) would have refused, and was done. Once in a
    /// session for each rule and user.
    ///
    /// @param user `-` before a login
    /// @param rule in the words of the configuration
    /// @param reply what the client would have been told
    record PolicyWouldRefuse(
            String session, String listener, String user, String rule, String reply)
            implements Event {
        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    /// @param reason code of a refusal that keeps a session from what it is for, or `-`
    record CommandRefused(String session, String command, String reply, String reason)
            implements Event {
        @Override
        public Level level() {
            return reason.equals("-") ? Level.DEBUG : Level.INFO;
        }
    }

    record CommandServed(String session, String command, String reply) implements Event {
        @Override
        public Level level() {
            return Level.DEBUG;
        }
    }

    /// What a data connection came to.
    ///
    /// @param protection the version of TLS, `clear`, or `-` if none came about
    /// @param cipher suite, or `-`
    /// @param group of the key exchange, by its name in the IANA registry; `-` if there was none
    /// @param resumed whether from the control connection's TLS session; empty without TLS
    /// @param sni the server name that the client asked for, or `-`
    /// @param alpn the application protocol that was chosen, or `-`
    record DataProtection(
            String protection,
            String cipher,
            String group,
            Optional<Resumption> resumed,
            String sni,
            String alpn) {
        /// Of a data connection that did not come about.
        public static final DataProtection NONE = without("-");

        /// Of one in the clear.
        public static final DataProtection CLEAR = without("clear");

        public boolean isInTheClear() {
            return this.equals(CLEAR);
        }

        private static DataProtection without(String protection) {
            return new DataProtection(protection, "-", "-", Optional.empty(), "-", "-");
        }
    }

    /// The end of a transfer, good or bad.
    ///
    /// @param software what the client says it is (CLNT, CSID), or `-`
    /// @param result `complete`, or the reason code of the failure
    /// @param end how the peer ended its half, for uploads
    /// @param eof for uploads by TLS: `clean` if the peer said by a close_notify that this was all,
    ///   `unclean` if it just ended; else `-`
    record Transfer(
            String session,
            String listener,
            String user,
            String client,
            String software,
            String verb,
            String path,
            long bytes,
            Duration took,
            String result,
            DataProtection data,
            String end,
            String eof)
            implements Event {
        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    /// A user changed something in the store otherwise than by a transfer.
    ///
    /// @param to the path, or mode, that it has come to; `-` where there is none
    record StoreChanged(String session, String user, Change change, String path, String to)
            implements Event {
        public static final String NOTHING = "-";

        /// What was done.
        public enum Change {
            DELETED,
            RENAMED,
            DIRECTORY_MADE,
            DIRECTORY_REMOVED,
            /// A directory and all that was in it.
            TREE_REMOVED,
            /// Some of it, until something stopped that.
            TREE_PARTLY_REMOVED,
            LINKED,
            COPIED,
            /// Files became one.
            COMBINED,
            MODE_SET
        }

        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    /// Somebody other than the session's client reached for a data port.
    record ForeignDataPeer(String session, String peer, String expected) implements Event {
        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    record StorageFailed(String session, String operation, String cause) implements Event {
        @Override
        public Level level() {
            return Level.WARNING;
        }
    }

    /// No port was found for a passive data connection, and at least one of them the system does
    /// not let the server open. At most once a minute.
    ///
    /// @param address and port, for example
    /// @param cause in the system's words
    record PassivePortNotOpened(String session, String address, String cause) implements Event {
        @Override
        public Level level() {
            return Level.WARNING;
        }
    }

    record AcceptFailed(String session, String listener, String cause) implements Event {
        @Override
        public Level level() {
            return Level.WARNING;
        }
    }

    /// A defect of the server; the incident number is in the client's reply.
    record Defect(String session, String incident, String during, Throwable cause)
            implements Event {
        /// One with an incident number of its own.
        public static Defect of(String session, String during, Throwable cause) {
            String incident = Long.toHexString(ThreadLocalRandom.current().nextLong() >>> 24);
            return new Defect(session, incident, during, cause);
        }

        @Override
        public Level level() {
            return Level.ERROR;
        }
    }
}
