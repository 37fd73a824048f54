package io.sealane.server.doctor;

import io.sealane.accounts.Secret;
import java.util.Optional;

/// Who logs in.
///
/// @param password owned by whoever made this
/// @param trust whether the password may go to a server whose certificate is not good
/// @param writing the folder that files may be uploaded to, "." for the one that the login leads
///   to; empty if none may be
public record Login(
        String user, Secret password, WrongCertificate trust, Optional<String> writing) {
    /// What a certificate that is not good means for the password.
    public enum WrongCertificate {
        REFUSED,
        ACCEPTED
    }
}
