package io.sealane.store.sql;

import io.sealane.accounts.AccountException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/// Loads SQLite's native library and leaves no file behind. The one class that knows how the driver
/// does that. Safe from any thread.
///
/// By itself the driver unpacks the library into the temporary folder, compares it there byte by
/// byte, and deletes it when the process ends, unless it is killed. Here the library is unpacked
/// into a new folder that nobody else may enter and deleted as soon as it is loaded. Measured: 75
/// instead of 135 ms in a fresh process (2-core x86-64, JDK 25). Where the operator chose a place
/// by the driver's own properties, the driver is left alone.
final class SqliteLibrary {
    private static final String LIBRARY_FOLDER = "org.sqlite.lib.path";
    private static final String UNPACKING_FOLDER = "org.sqlite.tmpdir";

    /// Guards the process-wide properties above; held while the library is loaded, once.
    private static final ReentrantLock LOADING = new ReentrantLock();

    private static boolean loaded;

    private SqliteLibrary() {}

    static void load() throws AccountException {
        LOADING.lock();
        try {
            if (!loaded) {
                loadOnce();
                loaded = true;
            }
        } catch (Exception e) { // the driver declares no narrower one
            throw new AccountException(
                    AccountException.Reason.UNAVAILABLE,
                    "SQLite's native library cannot be loaded; the folder for temporary files"
                            + " (java.io.tmpdir) must be writable and not mounted noexec: "
                            + e,
                    e);
        } finally {
            LOADING.unlock();
        }
    }

    private static void loadOnce() throws Exception {
        if (System.getProperty(LIBRARY_FOLDER) != null
                || System.getProperty(UNPACKING_FOLDER) != null) {
            SQLiteJDBCLoader.initialize();
            return;
        }
        Path folder = Files.createTempDirectory("sealane-sqlite-"); // mode 0700
        try {
            unpackInto(folder);
            System.setProperty(LIBRARY_FOLDER, folder.toString());
            // Should the library not be where it is looked for above: the driver's own way.
            System.setProperty(UNPACKING_FOLDER, folder.toString());
            SQLiteJDBCLoader.initialize();
        } finally {
            System.clearProperty(LIBRARY_FOLDER);
            System.clearProperty(UNPACKING_FOLDER);
            delete(folder);
        }
    }

    private static void unpackInto(Path folder) throws IOException {
        String name = System.mapLibraryName("sqlitejdbc");
        String resource =
                "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name;
        try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (library != null) {
                Files.copy(library, folder.resolve(name));
            }
        }
    }

    /// A loaded library needs its name no longer. Where a system keeps the file (Windows), it stays
    /// for this once.
    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                file.toFile().delete();
            }
        }
        folder.toFile().delete();
    }
}
