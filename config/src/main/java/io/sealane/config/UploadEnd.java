package io.sealane.config;

/// What an upload over TLS is worth that ends without close_notify (a bare TCP FIN).
public enum UploadEnd implements ConfigWord {
    /// It counts as cut off: the file is not published.
    STRICT,
    /// It counts as complete, for clients that never send close_notify.
    LENIENT
}
