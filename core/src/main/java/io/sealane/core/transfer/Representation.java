package io.sealane.core.transfer;

/// Representation types of RFC 959 section 3.1.1 that are served.
public enum Representation {
    /// `TYPE A`: lines end with CRLF on the wire and with LF in the store.
    ASCII("A"),
    /// `TYPE I` and `TYPE L 8`: octets as they are.
    IMAGE("I");

    private final String code;

    Representation(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
