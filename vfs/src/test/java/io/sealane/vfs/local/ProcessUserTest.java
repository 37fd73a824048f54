package io.sealane.vfs.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.vfs.Access;
import io.sealane.vfs.Entry.Kind;
import io.sealane.vfs.local.ProcessUser.Removal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessUserTest {
    private static final int ALICE = 1000;
    private static final int BOB = 1001;
    private static final int STAFF = 50;
    private static final int USERS = 100;

    private final ProcessUser alice = new ProcessUser(ALICE, Set.of(STAFF));
    private final ProcessUser root = new ProcessUser(0, Set.of(0));

    private static Access file(ProcessUser user, int mode, int owner, int group) {
        return user.access(Kind.FILE, mode, owner, group, Removal.NONE);
    }

    @Test
    void of_an_own_file_the_owners_bits_count_alone() {
        assertThat(file(alice, 0477, ALICE, STAFF))
                .isEqualTo(new Access(true, false, false, false));
        assertThat(file(alice, 0077, ALICE, STAFF))
                .isEqualTo(new Access(false, false, false, false));
    }

    @Test
    void of_a_groups_file_the_groups_bits_count_alone() {
        assertThat(file(alice, 0064, BOB, STAFF)).isEqualTo(new Access(true, true, false, false));
        assertThat(file(alice, 0707, BOB, STAFF)).isEqualTo(new Access(false, false, false, false));
    }

    @Test
    void of_a_strangers_file_the_bits_for_others_count() {
        assertThat(file(alice, 0774, BOB, USERS)).isEqualTo(new Access(true, false, false, false));
    }

    @Test
    void root_may_do_everything() {
        assertThat(file(root, 0, BOB, USERS)).isEqualTo(new Access(true, true, false, false));
        assertThat(root.removal(01000, BOB, USERS)).isEqualTo(Removal.ALL);
    }

    @Test
    void removing_needs_all_of_a_directorys_bits() {
        assertThat(alice.removal(0700, ALICE, USERS)).isEqualTo(Removal.ALL);
        assertThat(alice.removal(0600, ALICE, USERS)).isEqualTo(Removal.NONE);
        assertThat(alice.removal(0577, ALICE, USERS)).isEqualTo(Removal.NONE);
        assertThat(alice.removal(0377, ALICE, USERS)).isEqualTo(Removal.NONE);
    }

    @Test
    void in_a_sticky_directory_each_removes_what_is_his() {
        assertThat(alice.removal(01777, BOB, USERS)).isEqualTo(Removal.OWN);
        assertThat(alice.removal(01777, ALICE, USERS)).isEqualTo(Removal.ALL);
        assertThat(alice.access(Kind.FILE, 0, ALICE, USERS, Removal.OWN).remove()).isTrue();
        assertThat(alice.access(Kind.FILE, 0666, BOB, USERS, Removal.OWN).remove()).isFalse();
    }

    @Test
    void a_link_can_be_removed_and_nothing_else() {
        assertThat(alice.access(Kind.LINK, 0777, ALICE, STAFF, Removal.ALL))
                .isEqualTo(new Access(false, false, false, true));
    }

    @Test
    void this_process_owns_what_it_makes(@TempDir Path folder) throws IOException {
        Path made = Files.createFile(folder.resolve("made"));
        int owner = (int) Files.getAttribute(made, "unix:uid");
        assertThat(ProcessUser.current().user()).isEqualTo(owner);
        assertThat(ProcessUser.current().groups())
                .contains((int) Files.getAttribute(made, "unix:gid"));
    }
}
