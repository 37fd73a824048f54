package io.sealane.conformance.clients;

import io.sealane.conformance.clients.Mode.Opening;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// One way for a client to reach the server and to move data.
record Route(Mode mode, Family family, DataWay way, Protection protection) {
    /// Who connects the data connection.
    enum DataWay {
        PASSIVE,
        ACTIVE
    }

    private static final List<Mode> MODES =
            List.of(
                    Mode.EXPLICIT,
                    Mode.IMPLICIT,
                    Mode.AUTO_EXPLICIT,
                    Mode.AUTO_IMPLICIT,
                    Mode.AUTO_CLEAR,
                    Mode.PLAIN);

    /// Returns the whole matrix: modes, address families, passive and active, versions of TLS.
    static Stream<Route> all() {
        return MODES.stream()
                .flatMap(mode -> protections(mode).map(protection -> new Route(mode, protection)))
                .flatMap(route -> Arrays.stream(Family.values()).map(route::with))
                .flatMap(route -> Arrays.stream(DataWay.values()).map(route::with));
    }

    /// Returns the part of the matrix whose listeners serve one mode each: the way that a
    /// connection begins is the same to a client on the others.
    static Stream<Route> ofFixedModes() {
        return all().filter(route ->
                switch (route.mode) {
                    case EXPLICIT, IMPLICIT, PLAIN -> true;
                    case AUTO_EXPLICIT, AUTO_IMPLICIT, AUTO_CLEAR, BOUND, LOOSE, LOOSE_BOUND ->
                            false;
                });
    }

    /// Returns the part of that which one more client has to show: active mode over IPv4 alone.
    static Stream<Route> ofOneMoreClient() {
        return ofFixedModes()
                .filter(route -> route.way == DataWay.PASSIVE || route.family == Family.IPV4);
    }

    /// Passive, over IPv4.
    Route(Mode mode, Protection protection) {
        this(mode, Family.IPV4, DataWay.PASSIVE, protection);
    }

    boolean byTls() {
        return protection != Protection.CLEAR;
    }

    private Route with(Family other) {
        return new Route(mode, other, way, protection);
    }

    private Route with(DataWay other) {
        return new Route(mode, family, other, protection);
    }

    private static Stream<Protection> protections(Mode mode) {
        return mode.opening() == Opening.CLEAR
                ? Stream.of(Protection.CLEAR)
                : Stream.of(Protection.TLS_1_2, Protection.TLS_1_3);
    }

    @Override
    public String toString() {
        return mode + " " + protection + " " + family + " " + way;
    }
}
