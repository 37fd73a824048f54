package io.sealane.core.transfer;

import io.sealane.vfs.FileReader;
import io.sealane.vfs.Upload;
import java.io.Closeable;
import java.nio.charset.Charset;

/// What a transfer moves, and where. It owns what it opened until the transfer closes it.
public sealed interface TransferPlan extends Closeable {
    /// RETR.
    ///
    /// @param offset first octet sent
    record Send(FileReader file, long offset, Representation representation, Coding coding)
            implements TransferPlan {
        @Override
        public void close() {
            file.close();
        }
    }

    /// STOR, APPE.
    record Receive(Upload upload, Representation representation, Coding coding)
            implements TransferPlan {
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

    @Override
    void close();
}
