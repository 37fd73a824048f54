package io.sealane.server.doctor;

/// What a finding is about: a port and a way into the server through it.
///
/// @param port 1 to 65535
public record Place(int port, Door door) {
    @Override
    public String toString() {
        return "port " + port + ", " + door.word();
    }
}
