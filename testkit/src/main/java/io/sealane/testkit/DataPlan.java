package io.sealane.testkit;

/// How the probe opens data connections from now on.
public record DataPlan(DataMode mode, DataProtection protection, HandshakeTime handshakeTime) {
    public static final DataPlan DEFAULTS =
            new DataPlan(DataMode.EPSV, DataProtection.CLEAR, HandshakeTime.WITH_COMMAND);

    public DataPlan {
        if (mode.isActive() && handshakeTime == HandshakeTime.BEFORE_COMMAND) {
            throw new IllegalArgumentException(
                    "in active mode nobody has connected before the command");
        }
    }

    public DataPlan mode(DataMode other) {
        return new DataPlan(other, protection, handshakeTime);
    }

    public DataPlan protection(DataProtection other) {
        return new DataPlan(mode, other, handshakeTime);
    }

    public DataPlan handshakeTime(HandshakeTime other) {
        return new DataPlan(mode, protection, other);
    }
}
