package io.sealane.vfs.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.vfs.Placement;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageContract;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class MemoryStorageTest extends StorageContract {
    private static final int BYTES_MAX = 20_000_000;

    @Override
    protected Storage open(InstantSource clock) {
        return MemoryStorage.create(
                MemoryStorageOptions.DEFAULTS.withClock(clock).withBytesMax(BYTES_MAX));
    }

    @Test
    void what_found_no_room_keeps_none() throws IOException {
        store("file", new byte[BYTES_MAX - 5]);
        try (Upload upload = storage().openForWrite(at("more"), new Placement.Replace())) {
            write(upload, "12345");
            assertRefused(Reason.STORE_FULL, () -> write(upload, "6"));
        }
        assertRefused(Reason.NOT_FOUND, () -> storage().partialSize(at("more")));
        store("other", new byte[5]);
    }

    @Test
    void what_found_no_room_keeps_what_an_earlier_one_had_left() throws IOException {
        store("file", new byte[BYTES_MAX - 5]);
        breakOff("more", "123");
        try (Upload upload = storage().openForWrite(at("more"), new Placement.RestartAt(3))) {
            write(upload, "4");
            assertRefused(Reason.STORE_FULL, () -> write(upload, "56"));
        }
        assertThat(storage().partialSize(at("more"))).isEqualTo(3);
        store("other", new byte[2]);
    }

    @Test
    void whatever_happens_to_files_their_bytes_are_given_back() throws IOException {
        byte[] half = new byte[BYTES_MAX / 2];
        for (int round = 0; round < 3; round++) {
            store("replaced", half);
            storage().deleteFile(at("replaced"));
            try (Upload upload = storage().openForWrite(at("file"), new Placement.Replace())) {
                upload.write(ByteBuffer.wrap(half));
                upload.discard();
            }
            try (Upload upload = storage().openForWrite(at("file"), new Placement.Replace())) {
                upload.write(ByteBuffer.wrap(half));
            }
            continueAt("file", 10, "x");
            append("file", "y");
            store("other", "z");
            storage().rename(at("file"), at("other"));
            storage().deleteFile(at("other"));
            storage().createDirectory(at("directory"));
            storage().openForWrite(at("directory").child("none"), new Placement.Replace()).close();
            try (Upload upload =
                    storage().openForWrite(at("directory").child("a"), new Placement.Replace())) {
                upload.write(ByteBuffer.wrap(half));
            }
            storage().removeDirectory(at("directory"));
        }
        store("all", new byte[BYTES_MAX]);
    }
}
