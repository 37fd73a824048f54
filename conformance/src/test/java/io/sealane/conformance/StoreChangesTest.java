package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.event.Event;
import io.sealane.testkit.ProbeClient;
import io.sealane.vfs.ForwardingStorage;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.VirtualPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log tells who changed what in the store.
final class StoreChangesTest {
    @TempDir private Path folder;

    @Test
    void each_change_has_a_line_and_a_refused_one_has_none() throws IOException {
        try (TestServer server =
                        LocalFolder.at(folder)
                                .with("a", "b", "c", "tree/x/y", "kept/")
                                .served(TestServer.Options.DEFAULTS);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("CWD kept").expect(250);
            client.send("MKD made").expect(257);
            client.send("RMD made").expect(250);
            client.send("DELE nothing").expect(550);
            client.send("RNFR ../a").expect(350).send("RNTO renamed").expect(250);
            client.send("SITE CHMOD 640 renamed").expect(200);
            client.send("SITE SYMLINK renamed link").expect(200);
            client.send("SITE COPY renamed copy").expect(250);
            client.send("COMB whole copy ../b").expect(250);
            client.send("MFMT 20200101000000 whole").expect(213);
            client.send("DELE whole").expect(250);
            client.send("RMDA /tree").expect(250);
            assertThat(server.events().all(Event.StoreChanged.class))
                    .allSatisfy(change -> assertThat(change.user()).isEqualTo(TestServer.USER))
                    .extracting(change -> change.change() + " " + change.path() + " " + change.to())
                    .containsExactly(
                            "DIRECTORY_MADE /kept/made -",
                            "DIRECTORY_REMOVED /kept/made -",
                            "RENAMED /a /kept/renamed",
                            "MODE_SET /kept/renamed 0640",
                            "LINKED /kept/link /kept/renamed",
                            "COPIED /kept/renamed /kept/copy",
                            "COMBINED /kept/whole -",
                            "DELETED /kept/copy -",
                            "DELETED /b -",
                            "DELETED /kept/whole -",
                            "TREE_REMOVED /tree -");
        }
    }

    /// The second step is refused by whoever has the store, as a foreign file's owner may be.
    @Test
    void of_two_steps_the_first_is_taken_back_where_the_second_is_refused() throws IOException {
        TestFiles content = TestFiles.fresh(InstantSource.fixed(TestServer.NOW));
        try (TestServer server =
                        TestServer.start(
                                TestServer.Options.DEFAULTS, new ModeRefused(content.storage()));
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("MFMT 20200101000000 hello.txt").expect(213);
            client.send("MFF modify=20210101000000;UNIX.mode=600; hello.txt").expect(550);
            client.send("MDTM hello.txt").expect(213, "20200101000000");

            client.send("SITE UMASK 077").expect(200);
            client.send("MKD made").expect(550);
            client.send("CWD made").expect(550);
            assertThat(server.events().all(Event.StoreChanged.class))
                    .extracting(change -> change.change() + " " + change.path())
                    .containsExactly("DIRECTORY_MADE /made", "DIRECTORY_REMOVED /made");
        }
    }

    private static final class ModeRefused extends ForwardingStorage {
        ModeRefused(Storage storage) {
            super(storage);
        }

        @Override
        public Storage withoutLinks() {
            return this;
        }

        @Override
        public void setMode(VirtualPath path, int mode) throws StorageException {
            throw new StorageException(StorageException.Reason.NOT_PERMITTED, "" + path);
        }
    }
}
