package io.sealane.conformance.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server should think of the addresses that PORT and EPRT name (RFC 959 section 4.1.2, RFC
/// 2428 section 2, RFC 2577 section 3). The client is at 127.0.0.1.
final class DataAddresses {
    private static final String CLIENT = "127.0.0.1";
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;
    private static final Pattern EXTENDED = Pattern.compile("\\|(\\d+)\\|([^|]*)\\|(\\d{1,5})\\|");

    private DataAddresses() {}

    enum Verdict {
        OWN,
        FOREIGN,
        OTHER_PROTOCOL,
        MALFORMED
    }

    static Verdict port(String argument) {
        if (!argument.strip().matches("\\d{1,3}(,\\d{1,3}){5}")) {
            return Verdict.MALFORMED;
        }
        String[] numbers = argument.strip().split(",");
        int[] octets = new int[numbers.length];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = Integer.parseInt(numbers[i]);
            if (octets[i] > 255) {
                return Verdict.MALFORMED;
            }
        }
        String address = octets[0] + "." + octets[1] + "." + octets[2] + "." + octets[3];
        return own(address, octets[4] * 256 + octets[5]);
    }

    static Verdict extended(String argument) {
        Matcher form = EXTENDED.matcher(argument.strip());
        if (!form.matches()) {
            return Verdict.MALFORMED;
        }
        return switch (form.group(1)) {
            case "1" -> own(form.group(2), Integer.parseInt(form.group(3)));
            case "2" -> Verdict.FOREIGN;
            default -> Verdict.OTHER_PROTOCOL;
        };
    }

    private static Verdict own(String address, int port) {
        return address.equals(CLIENT) && port >= FIRST_UNPRIVILEGED_PORT
                ? Verdict.OWN
                : Verdict.FOREIGN;
    }
}
