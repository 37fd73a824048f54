package io.sealane.server.certificate;

/// No word about a certificate could be had that is worth anything.
final class OcspFault extends Exception {
    private static final long serialVersionUID = 1L;

    OcspFault(String message) {
        super(message);
    }

    OcspFault(String message, Throwable cause) {
        super(message, cause);
    }
}
