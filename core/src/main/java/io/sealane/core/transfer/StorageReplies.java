package io.sealane.core.transfer;

import io.sealane.core.wire.Reply;
import io.sealane.vfs.StorageException;

/// The one place where failures of a store become reply codes.
public final class StorageReplies {
    private StorageReplies() {}

    public static Reply replyTo(StorageException failure) {
        return switch (failure.reason()) {
            // Security: one text for both, so that nobody can probe for what they may not see.
            case NOT_FOUND, NOT_PERMITTED, DENIED_BY_HOST -> Reply.FILE_UNAVAILABLE;
            case ALREADY_EXISTS -> Reply.ALREADY_EXISTS;
            case NOT_A_DIRECTORY -> Reply.NOT_A_DIRECTORY;
            case IS_A_DIRECTORY -> Reply.NOT_A_PLAIN_FILE;
            case NOT_EMPTY -> Reply.NOT_EMPTY;
            case BAD_NAME -> Reply.NAME_NOT_ALLOWED;
            case BAD_OFFSET -> Reply.RESTART_OUT_OF_PLACE;
            case HALF_REPLACED -> Reply.HALF_REPLACED;
            case CROSSES_STORES -> Reply.CROSSES_STORES;
            case UNSUPPORTED -> Reply.NOT_SUPPORTED_HERE;
            case STORE_FULL -> Reply.STORAGE_FULL;
            case OVER_QUOTA -> Reply.QUOTA_EXCEEDED;
            case BUSY, OVERLOADED -> Reply.TRY_LATER;
            case BROKEN -> Reply.LOCAL_ERROR;
        };
    }
}
