package io.sealane.server.cli;

import io.sealane.accounts.TotpKey;
import io.sealane.accounts.UserName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.util.encoders.Base32;
import org.bouncycastle.util.encoders.DecoderException;

/// The key of an account's one-time passwords, as authenticator apps take it: in Base32 (RFC 4648
/// section 6) to be typed, and as `otpauth://totp/ISSUER:NAME?secret=KEY&issuer=ISSUER` for a QR
/// code.
final class KeyUri {
    /// Letters and digits that stand together when it is shown.
    private static final int GROUP = 4;

    /// Base32 in whole groups of eight has this at its end, which apps do not want.
    private static final String PADDING = "=";

    private static final int GROUP_PADDED = 8;

    private final TotpKey key;

    KeyUri(TotpKey key) {
        this.key = key;
    }

    /// Reads a key that another server gave: Base32 in any case, with or without blanks, hyphens
    /// and padding.
    ///
    /// @return empty if it is none, or of no length that is allowed
    static Optional<TotpKey> parse(String text) {
        String letters = text.replaceAll("[\\s=-]", "").toUpperCase(Locale.ROOT);
        int missing = Math.floorMod(-letters.length(), GROUP_PADDED);
        try {
            return Optional.of(TotpKey.of(Base32.decode(letters + PADDING.repeat(missing))));
        } catch (DecoderException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /// To be typed: `ABCD EFGH ...`.
    String typed() {
        return base32().replaceAll("(.{" + GROUP + "})(?=.)", "$1 ");
    }

    /// For a QR code.
    ///
    /// @param issuer shown by the app beside the name
    String uri(String issuer, UserName name) {
        return "otpauth://totp/%s:%s?secret=%s&issuer=%s"
                .formatted(escaped(issuer), escaped(name.text()), base32(), escaped(issuer));
    }

    private String base32() {
        return Base32.toBase32String(key.expose()).replace(PADDING, "");
    }

    /// RFC 3986 section 2.1, where a form has a plus sign for a blank.
    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
