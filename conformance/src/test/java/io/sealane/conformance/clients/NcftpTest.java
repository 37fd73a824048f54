package io.sealane.conformance.clients;

import io.sealane.conformance.clients.Exercise.Feature;
import io.sealane.conformance.clients.Route.DataWay;
import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Run;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// ncftpput, ncftpget and ncftpls.
@Needs({Tool.NCFTPPUT, Tool.NCFTPGET, Tool.NCFTPLS})
@ExtendWith(SharedServer.class)
@Timeout(60)
final class NcftpTest {
    @TempDir private Path folder;

    /// Interop: ncftp 3.2.6 knows neither TLS nor IPv6.
    static Stream<Route> routes() {
        return Route.all().filter(route -> !route.byTls() && route.family() == Family.IPV4);
    }

    /// Interop: `ncftpput -z` sends REST and then the file from its start, so an upload cannot be
    /// resumed.
    @ParameterizedTest
    @MethodSource("routes")
    void ncftp_does_it_all(Route route, PackagedServer server) throws Exception {
        Exercise exercise = Exercise.prepare(server, folder, Feature.RESUMED_UPLOAD);
        List<String> upload = new ArrayList<>(List.of(exercise.remote()));
        upload.addAll(exercise.uploaded());
        run(Tool.NCFTPPUT, route, server, List.of(), upload);
        String url =
                "ftp://%s:%d/%s/"
                        .formatted(
                                route.family().host(),
                                server.port(route.mode()),
                                exercise.remote());
        exercise.verifyListing(list(route, server, "-1", url).output());
        exercise.verifyListing(list(route, server, "-l", url).output());
        download(exercise, route);
        change(exercise, route);
        exercise.verify(route);
    }

    private void download(Exercise exercise, Route route) throws IOException {
        Path back = Files.createDirectory(folder.resolve("back"));
        Files.move(folder.resolve(Exercise.RESUMED_DOWN), back.resolve(Exercise.RESUMED_DOWN));
        List<String> arguments = new ArrayList<>(List.of("back"));
        List<String> names = new ArrayList<>(exercise.downloaded());
        names.add(Exercise.RESUMED_DOWN);
        names.forEach(name -> arguments.add("/" + exercise.remote() + "/" + name));
        run(Tool.NCFTPGET, route, exercise.server(), List.of(), arguments);
        for (String name : exercise.downloaded()) {
            Files.move(back.resolve(name), folder.resolve(name + Exercise.BACK));
        }
        Files.move(
                back.resolve(Exercise.RESUMED_DOWN),
                folder.resolve(Exercise.RESUMED_DOWN),
                StandardCopyOption.REPLACE_EXISTING);
    }

    /// By raw commands that ncftpput sends before it leaves.
    private void change(Exercise exercise, Route route) throws IOException {
        List<String> commands = new ArrayList<>(List.of("-m"));
        Stream.of(
                        "RNFR " + Exercise.SMALL,
                        "RNTO " + Exercise.RENAMED,
                        "DELE " + Exercise.EMPTY,
                        "MKD " + Exercise.KEPT_FOLDER,
                        "MKD " + Exercise.GONE_FOLDER,
                        "RMD " + Exercise.GONE_FOLDER)
                .map(command -> command.replace(" ", " /" + exercise.remote() + "/"))
                .forEach(command -> commands.addAll(List.of("-Y", command)));
        run(
                Tool.NCFTPPUT,
                route,
                exercise.server(),
                commands,
                List.of(exercise.remote() + "/other", Exercise.SMALL));
    }

    private Run list(Route route, PackagedServer server, String how, String url)
            throws IOException {
        List<String> arguments = new ArrayList<>(options(route, server));
        arguments.addAll(List.of(how, url));
        return client(Tool.NCFTPLS).run(arguments.toArray(String[]::new)).expectSuccess();
    }

    private void run(
            Tool tool, Route route, PackagedServer server, List<String> more, List<String> operands)
            throws IOException {
        List<String> all = new ArrayList<>(options(route, server));
        all.add("-V");
        all.addAll(more);
        all.add(route.family().host());
        all.addAll(operands);
        client(tool).run(all.toArray(String[]::new)).expectSuccess();
    }

    private ExternalClient client(Tool tool) {
        return ExternalClient.find(tool).orElseThrow().in(folder);
    }

    private static List<String> options(Route route, PackagedServer server) {
        return List.of(
                "-u",
                PackagedServer.USER,
                "-p",
                PackagedServer.PASSWORD,
                "-P",
                Integer.toString(server.port(route.mode())),
                "-r",
                "1",
                route.way() == DataWay.ACTIVE ? "-E" : "-F");
    }
}
