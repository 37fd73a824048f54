package io.sealane.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.core.limit.BufferPool;
import io.sealane.core.tls.PlainTransport;
import io.sealane.core.tls.StreamEnd;
import io.sealane.core.transfer.CompressedDataException.Fault;
import io.sealane.vfs.FileReader;
import io.sealane.vfs.Placement;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.Upload;
import io.sealane.vfs.VirtualPath;
import io.sealane.vfs.memory.MemoryStorage;
import io.sealane.vfs.memory.MemoryStorageOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is asserted behind every test: each compressor and decompressor was ended, each buffer was
/// given back.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class DeflatePumpTest {
    private static final VirtualPath FILE = VirtualPath.parse("/file").orElseThrow();
    private static final Coding.Deflate CODING = new Coding.Deflate(6, 100);
    private static final byte[] TEXT = text("one\ntwo\r\nthree\rfour\n");

    /// More than all buffers on the way hold, so that a peer that does not read is noticed.
    private static final int LARGE = 32 << 20;

    private final MemoryStorage storage = MemoryStorage.create();
    private final BufferPool buffers = new BufferPool(4L * BufferPool.Size.BULK.bytes());
    private final ZlibLedger ledger = new ZlibLedger();
    private Connection connection = Connection.open();

    /// Remembers what it made.
    private static final class ZlibLedger {
        private final List<CountedDeflater> deflaters = new ArrayList<>();
        private final List<CountedInflater> inflaters = new ArrayList<>();

        Deflater deflater(int level) {
            deflaters.add(new CountedDeflater(level));
            return deflaters.getLast();
        }

        Inflater inflater() {
            inflaters.add(new CountedInflater());
            return inflaters.getLast();
        }

        void assertAllEnded() {
            assertThat(deflaters.size() + inflaters.size()).isPositive();
            assertThat(deflaters).allMatch(deflater -> deflater.ended);
            assertThat(inflaters).allMatch(inflater -> inflater.ended);
        }
    }

    private static final class CountedDeflater extends Deflater {
        private boolean ended;

        CountedDeflater(int level) {
            super(level);
        }

        @Override
        public void end() {
            ended = true;
            super.end();
        }
    }

    private static final class CountedInflater extends Inflater {
        private boolean ended;

        @Override
        public void end() {
            ended = true;
            super.end();
        }
    }

    /// The server's and the client's end of a data connection.
    private record Connection(SocketChannel server, SocketChannel client) {
        static Connection open() {
            try (ServerSocketChannel listener = ServerSocketChannel.open()) {
                listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel client = SocketChannel.open(listener.getLocalAddress());
                return new Connection(listener.accept(), client);
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }

        void close() throws IOException {
            server.close();
            client.close();
        }
    }

    @BeforeEach
    void put_the_file() throws IOException {
        try (Upload upload = storage.openForWrite(FILE, new Placement.Replace())) {
            upload.write(ByteBuffer.wrap(TEXT));
            upload.publish();
        }
    }

    @AfterEach
    void nothing_is_left() throws IOException {
        ledger.assertAllEnded();
        assertThat(buffers.lentBytes()).isZero();
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9})
    void a_file_is_one_zlib_stream_at_every_level(int level) throws IOException {
        send(0, Representation.IMAGE, new Coding.Deflate(level, 100));
        assertThat(inflate(sent())).isEqualTo(TEXT);
    }

    @Test
    void an_offset_counts_octets_of_the_file() throws IOException {
        send(4, Representation.IMAGE, CODING);
        assertThat(inflate(sent())).isEqualTo(text("two\r\nthree\rfour\n"));
    }

    @Test
    void at_the_end_of_the_file_the_stream_is_empty_and_whole() throws IOException {
        send(TEXT.length, Representation.IMAGE, CODING);
        byte[] sent = sent();
        assertThat(sent).isNotEmpty();
        assertThat(inflate(sent)).isEmpty();
    }

    @Test
    void lines_are_converted_before_they_are_compressed() throws IOException {
        send(0, Representation.ASCII, CODING);
        assertThat(inflate(sent())).isEqualTo(text("one\r\ntwo\r\nthree\rfour\r\n"));
    }

    @Test
    void a_listing_is_one_zlib_stream() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            lines.add("line " + i);
        }
        pump().sendLines(listing(lines), CODING);
        assertThat(inflate(sent())).isEqualTo(text(String.join("\r\n", lines) + "\r\n"));
    }

    @Test
    void an_empty_listing_is_an_empty_stream() throws IOException {
        pump().sendLines(listing(List.of()), CODING);
        assertThat(inflate(sent())).isEmpty();
    }

    @Test
    void a_peer_that_left_ends_the_sending() throws IOException {
        put(random(LARGE));
        connection.client.setOption(StandardSocketOptions.SO_LINGER, 0);
        connection.client.close();
        assertThatThrownBy(() -> send(0, Representation.IMAGE, CODING))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void what_expands_is_stored(Representation representation) throws IOException {
        byte[] content = text("one\r\ntwo\n\r\r\nthree\r");
        clientSends(deflate(content));
        assertThat(receive(representation)).isEqualTo(StreamEnd.FIN);
        assertThat(stored())
                .isEqualTo(
                        switch (representation) {
                            case ASCII -> text("one\ntwo\n\r\nthree\r");
                            case IMAGE -> content;
                        });
    }

    @Test
    void an_empty_stream_is_an_empty_file() throws IOException {
        clientSends(deflate(new byte[0]));
        receive(Representation.IMAGE);
        assertThat(stored()).isEmpty();
    }

    @Test
    void a_stream_that_is_cut_anywhere_is_not_whole_and_what_came_is_kept() throws IOException {
        byte[] whole = deflate(TEXT);
        for (int length = 0; length < whole.length; length++) {
            clientSends(Arrays.copyOf(whole, length));
            assertRefused(Fault.CUT);
            connection.close();
            connection = Connection.open();
        }
        assertThat(stored()).isEqualTo(TEXT);
        assertThat(storage.partialSize(FILE)).isEqualTo(TEXT.length);
    }

    @Test
    void octets_behind_the_end_are_refused() throws IOException {
        byte[] whole = deflate(TEXT);
        clientSends(Arrays.copyOf(whole, whole.length + 1));
        assertRefused(Fault.TRAILING);
    }

    @Test
    void a_second_stream_behind_the_end_is_refused() throws IOException {
        byte[] whole = deflate(random(200_000));
        byte[] twice = Arrays.copyOf(whole, 2 * whole.length);
        System.arraycopy(whole, 0, twice, whole.length, whole.length);
        clientSends(twice);
        assertRefused(Fault.TRAILING);
    }

    @Test
    void what_is_no_zlib_stream_is_refused() throws IOException {
        clientSends(TEXT);
        assertRefused(Fault.DAMAGED);
    }

    @Test
    void a_wrong_check_value_leaves_nothing() throws IOException {
        byte[] whole = deflate(TEXT);
        whole[whole.length - 1] ^= 1;
        clientSends(whole);
        assertRefused(Fault.DAMAGED);
        assertNothingKept();
    }

    @Test
    void a_stream_that_wants_a_dictionary_is_refused() throws IOException {
        Deflater deflater = new Deflater();
        deflater.setDictionary(text("two three four"));
        clientSends(deflate(TEXT, deflater));
        assertRefused(Fault.DAMAGED);
    }

    @Test
    void a_bomb_is_refused_and_leaves_nothing() throws IOException {
        clientSends(deflate(new byte[64 << 20]));
        assertRefused(Fault.EXPANDS);
        assertNothingKept();
    }

    @Test
    void what_expands_to_little_may_expand_as_it_likes() throws IOException {
        byte[] zeros = new byte[(int) Compression.EXPANSION_FREE_OCTETS];
        clientSends(deflate(zeros));
        receive(Representation.IMAGE);
        assertThat(stored()).isEqualTo(zeros);
    }

    @Test
    void a_full_store_ends_the_upload() throws IOException {
        MemoryStorage small = MemoryStorage.create(MemoryStorageOptions.DEFAULTS.withBytesMax(100));
        clientSends(deflate(random(10_000)));
        try (Upload upload = small.openForWrite(FILE, new Placement.Replace())) {
            TransferPlan.Receive plan =
                    new TransferPlan.Receive(upload, Representation.IMAGE, CODING, 0);
            assertThatThrownBy(() -> pump().receive(plan, CODING))
                    .isInstanceOf(StorageException.class);
        }
    }

    @Test
    void without_buffers_nothing_begins() throws IOException {
        List<ByteBuffer> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(buffers.take(BufferPool.Size.BULK));
        }
        assertThatThrownBy(() -> send(0, Representation.IMAGE, CODING))
                .hasMessageContaining("buffer limit");
        assertThatThrownBy(() -> receive(Representation.ASCII))
                .hasMessageContaining("buffer limit");
        all.forEach(buffers::give);
    }

    private DeflatePump pump() {
        return new DeflatePump(
                new PlainTransport(connection.server),
                buffers,
                new Progress(),
                ledger::deflater,
                ledger::inflater);
    }

    private void send(long offset, Representation representation, Coding.Deflate coding)
            throws IOException {
        FileReader file = storage.openForRead(FILE);
        try (TransferPlan.Send plan = TransferPlan.Send.of(file, offset, representation, coding)) {
            pump().send(plan, coding);
        }
    }

    private StreamEnd receive(Representation representation) throws IOException {
        Upload upload = storage.openForWrite(FILE, new Placement.Replace());
        try (TransferPlan.Receive plan =
                new TransferPlan.Receive(upload, representation, CODING, 0)) {
            StreamEnd end = pump().receive(plan, CODING);
            upload.publish();
            return end;
        }
    }

    private void assertRefused(Fault fault) {
        assertThatThrownBy(() -> receive(Representation.IMAGE))
                .isInstanceOfSatisfying(
                        CompressedDataException.class,
                        refused -> assertThat(refused.fault()).isEqualTo(fault));
    }

    private void assertNothingKept() throws IOException {
        assertThat(stored()).isEqualTo(TEXT);
        assertThatThrownBy(() -> storage.partialSize(FILE))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        none ->
                                assertThat(none.reason())
                                        .isEqualTo(StorageException.Reason.NOT_FOUND));
    }

    /// What the server sent, up to its end. It fits into the buffers of the sockets.
    private byte[] sent() throws IOException {
        connection.server.shutdownOutput();
        return Channels.newInputStream(connection.client).readAllBytes();
    }

    /// Sends all and ends. It fits into the buffers of the sockets.
    private void clientSends(byte[] octets) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(octets);
        while (rest.hasRemaining()) {
            connection.client.write(rest);
        }
        connection.client.shutdownOutput();
    }

    private void put(byte[] content) throws IOException {
        try (Upload upload = storage.openForWrite(FILE, new Placement.Replace())) {
            upload.write(ByteBuffer.wrap(content));
            upload.publish();
        }
    }

    private byte[] stored() throws IOException {
        try (FileReader file = storage.openForRead(FILE)) {
            ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(file.size()));
            while (all.hasRemaining() && file.read(all, all.position()) >= 0) {}
            return all.array();
        }
    }

    private static TransferPlan.SendLines listing(List<String> lines) {
        return new TransferPlan.SendLines(source(lines), CODING, StandardCharsets.UTF_8);
    }

    private static LineSource source(List<String> lines) {
        return new LineSource() {
            private int next;

            @Override
            public Step next(StringBuilder line) {
                if (next == lines.size()) {
                    return Step.END;
                }
                line.append(lines.get(next++));
                return Step.LINE;
            }

            @Override
            public void close() {}
        };
    }

    private static byte[] deflate(byte[] content) throws IOException {
        return deflate(content, new Deflater());
    }

    private static byte[] deflate(byte[] content, Deflater deflater) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (deflater;
                DeflaterOutputStream stream = new DeflaterOutputStream(compressed, deflater)) {
            stream.write(content);
        }
        return compressed.toByteArray();
    }

    private static byte[] inflate(byte[] compressed) throws IOException {
        try (InflaterInputStream stream =
                new InflaterInputStream(new ByteArrayInputStream(compressed))) {
            return stream.readAllBytes();
        }
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
