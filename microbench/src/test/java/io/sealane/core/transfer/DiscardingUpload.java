package io.sealane.core.transfer;

import io.sealane.vfs.Upload;
import java.nio.ByteBuffer;

/// Takes everything and keeps nothing.
final class DiscardingUpload implements Upload {
    private long position;

    @Override
    public long position() {
        return position;
    }

    @Override
    public void write(ByteBuffer source) {
        position += source.remaining();
        source.position(source.limit());
    }

    @Override
    public void setModeWhenNew(int mode) {}

    @Override
    public void publish() {}

    @Override
    public boolean isSuperseded() {
        return false;
    }

    @Override
    public void discard() {}

    @Override
    public void invalidate() {}

    @Override
    public void withdraw() {}

    @Override
    public void close() {}
}
