package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.Ending;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/// What is kept of a broken upload belongs to the file that it was to replace or become: it ends
/// with that file, and nothing that comes under the name later is put behind it.
final class KeptPartialsTest {
    private static final byte[] OLD = TestFiles.text("old");
    private static final byte[] BROKEN = TestFiles.text("broken");
    private static final byte[] FRESH = TestFiles.text("fresh");

    @Test
    void a_deleted_files_partial_is_no_part_of_what_comes_next() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server)) {
            client.upload("STOR v", OLD).expect(150, 226);
            breakOff(client);
            client.send("DELE v").expect(250);
            client.send("SIZE v").expect(550);
            client.upload("APPE v", FRESH).expect(150, 226);
            assertThat(server.files().content("/v")).contains(FRESH);
        }
    }

    @Test
    void a_renamed_files_partial_is_no_part_of_what_comes_next() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server)) {
            client.upload("STOR v", OLD).expect(150, 226);
            breakOff(client);
            client.send("RNFR v").expect(350);
            client.send("RNTO w").expect(250);
            client.upload("APPE v", FRESH).expect(150, 226);
            assertThat(server.files().content("/v")).contains(FRESH);
            assertThat(server.files().content("/w")).contains(OLD);
        }
    }

    @Test
    void a_file_renamed_over_another_is_continued_and_not_the_others_partial() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server)) {
            breakOff(client);
            client.upload("STOR w", FRESH).expect(150, 226);
            client.send("RNFR w").expect(350);
            client.send("RNTO v").expect(250);
            client.send("REST " + FRESH.length).expect(350);
            client.upload("STOR v", OLD).expect(150, 226);
            assertThat(server.files().content("/v")).contains(TestFiles.text("freshold"));
        }
    }

    @Test
    void a_partial_alone_can_be_deleted() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server)) {
            breakOff(client);
            client.send("SIZE v").expect(213, Integer.toString(BROKEN.length));
            client.send("DELE v").expect(250);
            client.send("SIZE v").expect(550);
            client.send("DELE v").expect(550);
        }
    }

    @Test
    void nothing_is_put_behind_a_file_whose_replacement_broke_off() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server)) {
            client.upload("STOR v", OLD).expect(150, 226);
            breakOff(client);
            client.send("SIZE v").expect(213, Integer.toString(OLD.length));
            client.upload("APPE v", FRESH).expect(554);
            client.send("REST " + (BROKEN.length + 1)).expect(350);
            client.upload("STOR v", FRESH).expect(554);
            client.download("RETR v").expect(150, 226);
            assertThat(server.files().content("/v")).contains(OLD);
            client.upload("STOR v", FRESH).expect(150, 226);
            client.send("SIZE v").expect(213, Integer.toString(FRESH.length));
        }
    }

    @Test
    void who_was_not_told_that_a_replacement_broke_off_is_given_no_size_to_go_on_from()
            throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server);
                ProbeClient again = member(server)) {
            client.upload("STOR v", OLD).expect(150, 226);
            breakOff(client);
            again.send("SIZE v").expect(554, "Your upload to this name has not come to its end...");
            again.upload("STOR v", FRESH).expect(150, 226);
            again.send("SIZE v").expect(213, Integer.toString(FRESH.length));
        }
    }

    @Test
    void a_replacement_that_no_data_connection_came_for_is_not_remembered() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server)) {
            client.upload("STOR v", OLD).expect(150, 226);
            client.send("PASV").expect(227).send("STOR v").expect(150);
            client.send("ABOR").expect(426).expect(226);
            client.send("SIZE v").expect(213, Integer.toString(OLD.length));
        }
    }

    @Test
    void nothing_is_put_behind_a_file_that_is_being_replaced() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server);
                ProbeClient again = member(server)) {
            client.upload("STOR v", OLD).expect(150, 226);
            try (ProbeData stuck = client.openData()) {
                client.send("STOR v").expect(150);
                again.send("SIZE v").expect(554);
                again.upload("APPE v", FRESH).expect(450);
                again.send("REST " + OLD.length).expect(350);
                again.upload("STOR v", FRESH).expect(450);
                again.upload("STOR v", FRESH).expect(150, 226);
                stuck.write(BROKEN).finish(Ending.RESET);
                client.expect(426);
            }
            again.send("SIZE v").expect(213, Integer.toString(FRESH.length));
        }
    }

    /// As of an active one behind a firewall.
    @Test
    void a_replacement_whose_data_connection_failed_is_not_remembered() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server);
                ProbeClient again = member(server)) {
            client.upload("STOR v", OLD).expect(150, 226);
            try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                client.send("EPRT |1|127.0.0.1|" + closed.getLocalPort() + "|").expect(200);
            }
            client.send("STOR v").expect(425);
            again.send("SIZE v").expect(213, Integer.toString(OLD.length));
        }
    }

    @Test
    void of_two_at_once_the_later_one_is_no_late_end() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server);
                ProbeClient again = member(server)) {
            try (ProbeData first = client.openData();
                    ProbeData second = again.openData()) {
                client.send("STOR v").expect(150);
                again.send("STOR v").expect(150);
                first.write(OLD).finish(Ending.FIN);
                client.expect(226);
                second.write(FRESH).finish(Ending.FIN);
                again.expect(226);
            }
            assertThat(server.files().content("/v")).contains(FRESH);
        }
    }

    @Test
    void what_was_begun_anew_by_another_name_is_not_replaced_by_a_late_end() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server);
                ProbeClient again = member(server)) {
            client.upload("STOR v", OLD).expect(150, 226);
            try (ProbeData stuck = client.openData()) {
                client.send("STOR v").expect(150);
                stuck.write(BROKEN);
                again.upload("STOR v.part", FRESH).expect(150, 226);
                again.send("RNFR v.part").expect(350).send("RNTO v").expect(250);
                stuck.finish(Ending.FIN);
                client.expect(426);
            }
            assertThat(server.files().content("/v")).contains(FRESH);
            again.send("SIZE v").expect(213, Integer.toString(FRESH.length));
        }
    }

    /// The network may deliver the end of what the client has given up long ago.
    @Test
    void what_was_begun_anew_and_is_done_is_not_replaced_by_a_late_end() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server);
                ProbeClient again = member(server)) {
            try (ProbeData stuck = client.openData()) {
                client.send("STOR v").expect(150);
                stuck.write(BROKEN);
                again.upload("STOR v", FRESH).expect(150, 226);
                stuck.finish(Ending.FIN);
                client.expect(426);
            }
            assertThat(server.files().content("/v")).contains(FRESH);
            client.send("SIZE v").expect(213, Integer.toString(FRESH.length));
        }
    }

    @Test
    void what_was_begun_anew_does_not_go_on_from_an_older_upload() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server);
                ProbeClient again = member(server)) {
            breakOff(client);
            try (ProbeData stuck = client.openData()) {
                client.send("STOR v").expect(150);
                again.send("SIZE v").expect(550);
                again.send("REST " + BROKEN.length).expect(350);
                again.upload("STOR v", FRESH).expect(450);
                stuck.finish(Ending.RESET);
                client.expect(426);
            }
            again.send("SIZE v").expect(550);
        }
    }

    private static ProbeClient member(TestServer server) throws IOException {
        ProbeClient client = server.greeted(Door.PLAIN);
        client.login(TestServer.USER, TestServer.PASSWORD);
        client.send("TYPE I").expect(200);
        return client;
    }

    private static void breakOff(ProbeClient client) throws IOException {
        try (ProbeData data = client.openData()) {
            client.send("STOR v").expect(150);
            data.write(BROKEN);
            data.finish(Ending.RESET);
            client.expect(426);
        }
    }
}
