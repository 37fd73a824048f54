package io.sealane.core.event;

import java.lang.System.Logger.Level;
import java.time.Duration;

/// One fact. The name of a record, in kebab case, is the event's name in the log; its components
/// are the keys. The level follows from the cause: a peer that misbehaves or leaves is `DEBUG`,
/// what a user did or policy refused is `INFO`, what degrades us is `WARNING`, a defect is `ERROR`.
public sealed interface Event {
    /// The session it belongs to, `-` if to none.
    String session();

    Level level();

    record SessionOpened(String session, String listener, String mode, String client)
            implements Event {
        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    record SessionRefused(String session, String listener, String client, String reason)
            implements Event {
        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    record SessionClosed(String session, String reason, Duration lasted) implements Event {
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

    /// @param clientSubject of the client's certificate; `-` if it showed none
    /// @param clientFingerprint SHA-256 of it, in hexadecimal; `-` if it showed none
    record ControlSecured(
            String session,
            String version,
            String cipher,
            String resumed,
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

    record HandshakeFailed(String session, String connection, String reason) implements Event {
        @Override
        public Level level() {
            return Level.INFO;
        }
    }

    /// @param by what let the user in: `password` or `certificate`
    record LoginAccepted(String session, String user, String client, String protection, String by)
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
    /// session for each rule.
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

    record CommandRefused(String session, String command, String reply) implements Event {
        @Override
        public Level level() {
            return Level.DEBUG;
        }
    }

    record CommandServed(String session, String command, String reply) implements Event {
        @Override
        public Level level() {
            return Level.DEBUG;
        }
    }

    /// The end of a transfer, good or bad.
    ///
    /// @param result `complete`, or the reason code of the failure
    /// @param data how the data connection was protected: `clear`, or version, cipher, `resumed`
    /// @param end how the peer ended its half, for uploads
    record Transfer(
            String session,
            String user,
            String verb,
            String path,
            long bytes,
            Duration took,
            String result,
            String data,
            String end)
            implements Event {
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

    record AcceptFailed(String session, String listener, String cause) implements Event {
        @Override
        public Level level() {
            return Level.WARNING;
        }
    }

    /// A defect of the server; the incident number is in the client's reply.
    record Defect(String session, String incident, String during, Throwable cause)
            implements Event {
        @Override
        public Level level() {
            return Level.ERROR;
        }
    }
}
