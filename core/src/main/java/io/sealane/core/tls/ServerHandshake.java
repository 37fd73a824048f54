package io.sealane.core.tls;

import io.sealane.core.tls.ClientHelloReader.First;
import io.sealane.core.wire.ClientHello;
import io.sealane.core.wire.ClientHello.Parsed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// The server's end of one handshake: reads the ClientHello, refuses what must not go on, has the
/// engine do the rest, and says in the same words for every library why it failed. Belongs to one
/// thread.
///
/// Security: application protocols are strict (ALPACA, RFC 7301 section 3.2). A client that names
/// some and not the one that is spoken here is no FTP client; a browser that was led here with
/// another server's name gets no session that it could send a request into. A client that names
/// none is taken.
public final class ServerHandshake {
    /// Makes the transport once it is known what the client wants.
    @FunctionalInterface
    public interface Opener {
        TlsTransport open(First first) throws IOException;
    }

    private static final byte RECORD_HANDSHAKE = 0x16;

    private final SocketChannel channel;
    private Optional<First> first = Optional.empty();
    private Optional<TlsTransport> transport = Optional.empty();

    /// On a channel that is connected and blocking, and stays the caller's.
    public ServerHandshake(SocketChannel channel) {
        this.channel = channel;
    }

    /// Shakes hands. Blocks.
    ///
    /// @param begun octets of it that were read already
    /// @throws HandshakeFailure if it came to nothing; the peer was sent an alert, if there was one
    ///   to send
    public TlsTransport shake(ByteBuffer begun, Opener opener) throws HandshakeFailure {
        try {
            First read = ClientHelloReader.read(channel, begun); // blocks
            first = Optional.of(read);
            TlsTransport opened = opener.open(read);
            transport = Optional.of(opened);
            if (read.hello().filter(hello -> isForeign(hello, opened)).isPresent()) {
                throw TlsException.refusal(
                        TlsException.NO_APPLICATION_PROTOCOL,
                        opened.applicationProtocol()
                                + " is not among the client's application protocols");
            }
            refuseWeak(read, opened);
            opened.handshake(); // blocks
            return opened;
        } catch (IOException failed) {
            throw failure(failed);
        } catch (RuntimeException | Error defect) {
            abandon();
            throw defect;
        }
    }

    /// What the client said first, if it was a whole ClientHello.
    public Optional<ClientHello> hello() {
        return first.flatMap(First::hello);
    }

    /// What it came to; only after [#shake] returned.
    public TlsFacts facts() {
        return TlsFacts.asServer(
                transport.orElseThrow(() -> new IllegalStateException("no handshake yet")),
                hello());
    }

    /// Frees what a handshake that failed holds, and closes the channel.
    public void abandon() {
        if (transport.isPresent()) {
            transport.get().close();
        } else {
            new PlainTransport(channel).close();
        }
    }

    private static boolean isForeign(ClientHello hello, TlsTransport opened) {
        return !hello.applicationProtocols().isEmpty()
                && !hello.applicationProtocols().contains(opened.applicationProtocol());
    }

    /// Refuses what a library would go on with.
    ///
    /// Security: BoringSSL signs with SHA-1 where nothing else will do, and so does JSSE where it
    /// may for old devices; and JSSE does not look for a fallback.
    private static void refuseWeak(First read, TlsTransport opened) throws TlsException {
        if (read.hello().isEmpty() || !TlsAcceptance.mayBeWeak(read.hello().get())) {
            return;
        }
        ClientHello hello = read.hello().get();
        TlsAcceptance accepts = opened.accepts();
        if (accepts.isAbove(hello)) {
            throw TlsException.refusal(
                    TlsException.INAPPROPRIATE_FALLBACK,
                    "the client has fallen back to a version that it knows a newer one of");
        }
        if (accepts.misfit(hello).equals(Optional.of(HandshakeReason.NO_COMMON_SIGNATURE))) {
            throw TlsException.refusal(
                    TlsException.HANDSHAKE_FAILURE,
                    "the client takes no signature of this certificate's key but with SHA-1");
        }
    }

    private HandshakeFailure failure(IOException failed) {
        if (failed instanceof TlsException tls && tls.alert().isPresent()) {
            return refusal(tls, tls.alert().getAsInt());
        }
        return HandshakeFailure.of(failed, HandshakeReason.CLIENT_ALERT, hello(), this::tlsReason);
    }

    /// Tells the client, whom no engine has told anything.
    private HandshakeFailure refusal(TlsException refused, int alert) {
        HandshakeReason reason =
                switch (alert) {
                    case TlsException.NO_APPLICATION_PROTOCOL -> HandshakeReason.ALPN_MISMATCH;
                    case TlsException.UNRECOGNIZED_NAME -> HandshakeReason.UNKNOWN_SERVER_NAME;
                    case TlsException.INAPPROPRIATE_FALLBACK ->
                            HandshakeReason.INAPPROPRIATE_FALLBACK;
                    case TlsException.HANDSHAKE_FAILURE -> HandshakeReason.NO_COMMON_SIGNATURE;
                    case TlsException.ILLEGAL_PARAMETER -> HandshakeReason.CLIENT_SIGNATURE_WEAK;
                    default -> HandshakeReason.TLS_UNAVAILABLE;
                };
        HandshakeFailure told = HandshakeFailure.because(reason, hello(), refused);
        try {
            FatalAlert.send(channel, alert, hello()); // blocks
        } catch (IOException gone) {
            told.addSuppressed(gone); // The client did not wait to be told.
        }
        return told;
    }

    private HandshakeReason tlsReason(TlsException failed) {
        return transport
                .map(opened -> reason(failed, opened))
                .orElse(HandshakeReason.TLS_UNAVAILABLE);
    }

    private HandshakeReason reason(TlsException failed, TlsTransport opened) {
        First read = first.orElseThrow(); // A transport is opened behind it.
        return switch (read.parsed()) {
            case Parsed.Begun(int octetsMore) -> HandshakeReason.CONNECTION_CLOSED;
            case Parsed.Broken(String cause) ->
                    read.octets().get(0) == RECORD_HANDSHAKE
                            ? HandshakeReason.BROKEN_CLIENT_HELLO
                            : HandshakeReason.NOT_TLS;
            case Parsed.Whole(ClientHello hello) ->
                    failed.isEndOfPeer()
                            ? HandshakeReason.CONNECTION_CLOSED
                            : opened.accepts().misfit(hello).orElse(HandshakeReason.PROTOCOL_ERROR);
        };
    }
}
