package io.sealane.core.tls;

/// What an upload is worth whose TLS stream ends without close_notify.
public enum UploadEnd {
    /// It may have been cut: refused and kept for resuming.
    STRICT,
    /// Taken as complete, and logged as an unclean end.
    LENIENT
}
