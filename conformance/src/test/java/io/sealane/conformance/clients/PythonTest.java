package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.Ftplib.Sessions;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Needs(Tool.PYTHON)
@ExtendWith(SharedServer.class)
@Timeout(120)
final class PythonTest {
    @TempDir private Path folder;

    static Stream<Route> routes() {
        return Route.ofFixedModes();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void ftplib_as_it_is_does_it_all(Route route, PackagedServer server) throws Exception {
        Exercise exercise = exercise(route, server, folder, Sessions.NEW);
        assertThat(server.moved("/" + exercise.remote())).noneMatch(MovedLine::resumed);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void ftplib_by_the_recipe_does_it_all(Route route, PackagedServer server) throws Exception {
        exerciseByRecipe(route, server, folder);
    }

    /// Does the whole exercise on one route, sessions resumed.
    static void exerciseByRecipe(Route route, PackagedServer server, Path folder)
            throws IOException {
        Exercise exercise = exercise(route, server, folder, Sessions.REUSED);
        assertThat(server.moved("/" + exercise.remote()))
                .allMatch(line -> line.resumed() == route.byTls());
    }

    private static Exercise exercise(
            Route route, PackagedServer server, Path folder, Sessions sessions) throws IOException {
        Exercise exercise = Exercise.prepare(server, folder);
        Ftplib ftplib = new Ftplib(server, route, sessions, exercise.remote());
        String[] listings =
                ftplib.run(folder, "ftplib_exercise.py", exercise.uploaded().toArray(String[]::new))
                        .output()
                        .split("---");
        exercise.verifyListing(listings[0]);
        exercise.verifyListing(listings[1]);
        exercise.verifyListing(listings[2]);
        exercise.verify(route);
        return exercise;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLEAR")
    void a_hundred_transfers_of_one_session_all_resume(Protection protection, PackagedServer server)
            throws Exception {
        String remote = server.newFolder("hundred");
        Route route = new Route(Mode.BOUND, protection);
        Ftplib ftplib = new Ftplib(server, route, Sessions.REUSED, remote);
        assertThat(ftplib.run(folder, "ftplib_hundred.py").output().strip())
                .as("transfers, and how many of them say session_reused")
                .isEqualTo("100 100");
        assertThat(server.awaitMoved("/" + remote, 100))
                .hasSize(100)
                .allMatch(MovedLine::isComplete)
                .allMatch(MovedLine::resumed)
                .allMatch(line -> line.protection().startsWith(protection.inLog()));
    }

    @Test
    void three_hundred_small_files_go_up_and_down_without_a_failure(PackagedServer server)
            throws Exception {
        String remote = server.newFolder("small-files");
        Route route = new Route(Mode.EXPLICIT, Protection.TLS_1_3);
        Ftplib ftplib = new Ftplib(server, route, Sessions.REUSED, remote);
        String[] rates = ftplib.run(folder, "ftplib_small_files.py").output().strip().split(" ");
        System.out.printf(
                "300 files of 4 KiB by TLS 1.3 in one ftplib session: %s files/s up, %s down%n",
                rates[0], rates[1]);
        assertThat(server.awaitMoved("/" + remote, 600))
                .hasSize(600)
                .allMatch(MovedLine::isComplete);
    }
}
