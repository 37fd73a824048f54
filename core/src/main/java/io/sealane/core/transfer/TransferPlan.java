package io.sealane.core.transfer;

import io.sealane.vfs.FileReader;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.Upload;
import java.io.Closeable;
import java.nio.charset.Charset;
import java.util.OptionalLong;

/// What a transfer moves, and where. It owns what it opened until the transfer closes it.
public sealed interface TransferPlan extends Closeable {
    /// RETR.
    ///
    /// @param size of the file when it was opened, or where what is wanted of it ends
    /// @param offset first octet sent
    record Send(
            FileReader file, long size, long offset, Representation representation, Coding coding)
            implements TransferPlan {
        /// Takes `file` over, also where this fails.
        public static Send of(
                FileReader file, long offset, Representation representation, Coding coding)
                throws StorageException {
            try {
                return new Send(file, file.size(), offset, representation, coding);
            } catch (StorageException failed) {
                file.close();
                throw failed;
            }
        }

        /// Refuses to take less for all of it.
        ///
        /// @param end where reading came to the end
        /// @throws StorageException if the file became shorter meanwhile: what the peer has is not
        ///   what it was promised
        void requireAll(long end) throws StorageException {
            if (end < size) {
                throw new StorageException(
                        StorageException.Reason.BROKEN,
                        "became shorter while it was sent: " + end + " octets of " + size);
            }
        }

        @Override
        public OptionalLong octets() {
            return representation == Representation.IMAGE ? storedOctets() : OptionalLong.empty();
        }

        @Override
        public OptionalLong storedOctets() {
            return coding instanceof Coding.Stream
                    ? OptionalLong.of(Math.max(0, size - offset))
                    : OptionalLong.empty();
        }

        @Override
        public void close() {
            file.close();
        }
    }

    /// STOR, APPE.
    ///
    /// @param announced octets that the client has announced, of the file or of what comes of it; 0
    ///   if it has not
    record Receive(Upload upload, Representation representation, Coding coding, long announced)
            implements TransferPlan {
        /// Whether fewer octets came than were announced. With TYPE A clients count those of their
        /// own file, and with MODE Z what travels is no measure.
        boolean isShort(long received) {
            return representation == Representation.IMAGE
                    && coding instanceof Coding.Stream
                    && received < announced
                    && (upload.position() < announced || isOfAddition(received));
        }

        /// More was there than was announced, so that was not of the whole file.
        private boolean isOfAddition(long received) {
            return upload.position() - received >= announced;
        }

        @Override
        public void withdraw() {
            upload.withdraw();
        }

        @Override
        public void close() {
            upload.close();
        }
    }

    /// LIST, NLST, MLSD.
    ///
    /// @param names character set of the lines
    record SendLines(LineSource lines, Coding coding, Charset names) implements TransferPlan {
        @Override
        public void close() {
            lines.close();
        }
    }

    /// How many octets there are to move at the beginning, where that is known. A file that grows
    /// meanwhile is sent to its end.
    default OptionalLong octets() {
        return OptionalLong.empty();
    }

    /// The same of the file as it is stored: with TYPE A line ends are added to it.
    default OptionalLong storedOctets() {
        return OptionalLong.empty();
    }

    /// Says, before [#close], that its peer had no way to send anything.
    default void withdraw() {}

    @Override
    void close();
}
