package io.sealane.server.doctor;

import io.sealane.server.doctor.PortState.State;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;

/// Finds out which ways lead into a server through one port. Immutable.
record Discovery(Target target, InetAddress host, Mode mode, Times times) {
    /// How long a port that speaks TLS at once may think about greeting in the clear. A server that
    /// serves both on one port waits for a client's first octet, this long at most.
    private static final Duration BOTH_PATIENCE = Duration.ofSeconds(3);

    PortState examine(int port) {
        Set<Door> doors = EnumSet.noneOf(Door.class);
        List<String> trouble = new ArrayList<>();
        State state = State.OTHER;
        try {
            if (mode != Mode.EXPLICIT && speaksTls(port)) {
                if (greetsByTls(port, trouble)) {
                    doors.add(Door.IMPLICIT);
                }
            }
            if (mode != Mode.IMPLICIT) {
                Duration patience = doors.isEmpty() ? times.patience() : BOTH_PATIENCE;
                clear(port, patience, doors, trouble);
            }
        } catch (ConnectException refused) {
            state = State.REFUSED;
            trouble.add(Notebook.reason(refused));
        } catch (SocketTimeoutException | SocketException silent) {
            state = State.SILENT;
            trouble.add(Notebook.reason(silent));
        } catch (IOException failed) {
            trouble.add(Notebook.reason(failed));
        }
        if (!doors.isEmpty()) {
            return new PortState(port, State.FTP, List.copyOf(doors), "");
        }
        return new PortState(port, state, List.of(), String.join("; ", trouble));
    }

    /// Whether a ClientHello is answered as TLS does, be it by an alert.
    private boolean speaksTls(int port) throws IOException {
        CraftedHello hello =
                new CraftedHello(
                        TlsVersion.TLS_1_2,
                        Suites.usual(),
                        List.of(Group.X25519, Group.SECP256R1, Group.SECP384R1),
                        List.of(),
                        TlsClient.name(target));
        Wire wire = site(port, Door.IMPLICIT).connect();
        try (wire) {
            wire.write(hello.octets(), times.next());
            return switch (ServerFlight.read(wire, times.next())) {
                case ServerAnswer.Accepted _, ServerAnswer.Refused _ -> true;
                case ServerAnswer.Hung _, ServerAnswer.Foreign _ -> false;
            };
        } catch (UnusableAnswer | ConnectionEnded | SocketTimeoutException _) {
            return false;
        }
    }

    /// A web server speaks TLS, too. One whose TLS is too old for the JDK is taken for good.
    private boolean greetsByTls(int port, List<String> trouble) throws IOException {
        Site site = site(port, Door.IMPLICIT);
        try (FtpControl _ = site.secured(site.freshClient(), List.of())) {
            return true;
        } catch (SSLException _) {
            return true;
        } catch (UnusableAnswer | ConnectionEnded | SocketTimeoutException failed) {
            trouble.add("by TLS: " + Notebook.reason(failed));
            return false;
        }
    }

    private void clear(int port, Duration patience, Set<Door> doors, List<String> trouble)
            throws IOException {
        Wire wire = site(port, Door.EXPLICIT).connect();
        try (FtpControl control = FtpControl.over(wire, () -> times.within(patience))) {
            Reply greeting = Site.greeting(control);
            if (greeting.code() != 220) {
                trouble.add("greets with " + greeting.shown());
                return;
            }
            Reply reply = control.say("AUTH TLS");
            doors.add(reply.isRefusal() ? Door.PLAIN : Door.EXPLICIT);
        } catch (UnusableAnswer | ConnectionEnded | SocketTimeoutException failed) {
            trouble.add("in the clear: " + Notebook.reason(failed));
        }
    }

    private Site site(int port, Door door) {
        return new Site(target, new InetSocketAddress(host, port), door, times);
    }
}
