package io.sealane.core.transfer;

import io.sealane.core.tls.SessionBinding;
import io.sealane.core.tls.TlsVersion;
import io.sealane.core.wire.Reply;
import io.sealane.vfs.StorageException;
import java.util.Locale;

/// How a transfer ended.
public sealed interface TransferResult {
    /// All was moved, and an upload is published.
    record Complete(long bytes) implements TransferResult {}

    /// A listing reached its limit: what was sent is right, and not all.
    record Cut() implements TransferResult {}

    /// No data connection came about, or not one that could be used.
    record NoConnection(String code, String why) implements TransferResult {}

    /// Its TLS handshake came to nothing, and would the next time.
    record NotNegotiated(String code, String why) implements TransferResult {}

    /// The data connection's TLS did not resume a session that policy wants.
    record NotResumed(SessionBinding wanted, Lack lack) implements TransferResult {}

    /// What a data connection did in the place of resuming the right session.
    enum Lack {
        NO_SESSION("none"),
        /// It offered one that is none of this user's, or that is over.
        FOREIGN_SESSION("other-session"),
        /// It resumed that of another control connection of the same user.
        OTHER_SESSION_OF_USER("other-session-of-user");

        private final String code;

        Lack(String code) {
            this.code = code;
        }
    }

    /// The data connection's TLS is older than policy wants.
    record TooOldVersion(TlsVersion least) implements TransferResult {}

    /// Whoever came has another client certificate than the control connection's client, or none.
    record OtherClientCertificate() implements TransferResult {}

    /// Moving stopped midway, for a reason at the peer's end or in between.
    record Broken(Cause cause) implements TransferResult {}

    /// What came in MODE Z is no whole zlib stream, or is not taken.
    record Undecoded(CompressedDataException.Fault fault) implements TransferResult {}

    record StoreFailed(StorageException failure) implements TransferResult {}

    /// A defect; the incident number is in the log.
    record Defect(String incident) implements TransferResult {}

    enum Cause {
        RESET("reset", "the data connection was reset"),
        TLS_ERROR("tls-error", "the data connection broke the TLS protocol"),
        TRUNCATED(
                "cut-without-close-notify",
                "the data ended without a TLS close_notify, so it may be cut"),
        SUPERSEDED(
                "superseded",
                "it may be cut, and its name was stored to anew or renamed or deleted since"),
        SHORT("fewer-than-announced", "fewer octets came than ALLO had announced, so it is cut"),
        CONTROL_GONE("control-gone", "the control connection ended first, so it may be cut"),
        STALLED("stalled", "nothing moved for too long"),
        ABORTED("aborted", "aborted");

        private final String code;
        private final String text;

        Cause(String code, String text) {
            this.code = code;
            this.text = text;
        }
    }

    /// Whether the data connection was ended in order, so that the peer gets all that was sent.
    default boolean endedInOrder() {
        return switch (this) {
            case Complete complete -> true;
            case Cut cut -> true;
            case NoConnection none -> false;
            case NotNegotiated none -> false;
            case OtherClientCertificate other -> false;
            case NotResumed notResumed -> false;
            case TooOldVersion(TlsVersion least) -> false;
            case Broken broken -> false;
            case Undecoded undecoded -> false;
            case StoreFailed failed -> false;
            case Defect defect -> false;
        };
    }

    /// Whether this server would not take or could not keep what came over a sound connection.
    default boolean isRefusal() {
        return switch (this) {
            case Complete complete -> false;
            case Cut cut -> false;
            case NoConnection none -> false;
            case NotNegotiated none -> false;
            case OtherClientCertificate other -> true;
            case NotResumed notResumed -> true;
            case TooOldVersion(TlsVersion least) -> true;
            case Broken broken -> false;
            case Undecoded undecoded -> true;
            case StoreFailed failed -> true;
            case Defect defect -> false;
        };
    }

    /// Reason code for the log: `complete`, or what went wrong.
    default String code() {
        return switch (this) {
            case Complete complete -> "complete";
            case Cut cut -> "cut";
            case NoConnection(String code, String why) -> code;
            case NotNegotiated(String code, String why) -> code;
            case OtherClientCertificate other -> "other-client-certificate";
            case NotResumed(SessionBinding wanted, Lack lack) -> "not-resumed/" + lack.code;
            case TooOldVersion(TlsVersion least) -> "tls-version";
            case Broken(Cause cause) -> cause.code;
            case Undecoded(CompressedDataException.Fault fault) ->
                    "zlib-" + fault.name().toLowerCase(Locale.ROOT);
            case StoreFailed(StorageException failure) ->
                    "store-" + failure.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
            case Defect(String incident) -> "defect";
        };
    }

    /// The final reply. The one place where ends of transfers become reply codes.
    default Reply reply() {
        return switch (this) {
            case Complete complete -> Reply.transferComplete("Transfer complete.");
            case Cut cut -> Reply.LISTING_CUT;
            case NoConnection(String code, String why) -> Reply.noDataConnection(why);
            case NotNegotiated(String code, String why) -> Reply.tlsNotNegotiated(why);
            case OtherClientCertificate other ->
                    Reply.noDataConnection(
                            "its client certificate is not the control connection's");
            case NotResumed(SessionBinding wanted, Lack lack) ->
                    switch (lack) {
                        case NO_SESSION -> Reply.notResumed(wanted.word());
                        case FOREIGN_SESSION -> Reply.notResumedButOffered(wanted.word());
                        case OTHER_SESSION_OF_USER -> Reply.resumedFromSibling(wanted.word());
                    };
            case TooOldVersion(TlsVersion least) -> Reply.tlsVersionForData(least.number());
            case Broken(Cause cause) -> Reply.transferBroken(cause.text);
            case Undecoded(CompressedDataException.Fault fault) ->
                    switch (fault) {
                        case CUT -> Reply.COMPRESSED_DATA_CUT;
                        case DAMAGED -> Reply.COMPRESSED_DATA_DAMAGED;
                        case TRAILING -> Reply.COMPRESSED_DATA_TRAILED;
                        case EXPANDS -> Reply.COMPRESSED_DATA_EXPANDS;
                    };
            case StoreFailed(StorageException failure) -> StorageReplies.replyTo(failure);
            case Defect(String incident) -> Reply.defect(incident);
        };
    }
}
