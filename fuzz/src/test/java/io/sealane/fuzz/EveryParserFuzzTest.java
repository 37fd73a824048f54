package io.sealane.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealane.store.sql.PhcStringFuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything but sessions at once, for the short search of `./dev test`: to make a process ready
/// for searching takes longer than that search, and Jazzer wants one for each target.
final class EveryParserFuzzTest {
    private static final Path KEPT = Path.of("src/test/resources/io/sealane");

    /// Conversations are longer than what parsers take, and are tried by their own target.
    private static final String NOT_FOR_PARSERS = "SessionFuzzTestInputs";

    @BeforeAll
    static void start() throws IOException {
        ClientHelloFuzzTest.listen();
        ConfigurationFuzzTest.makeFile();
    }

    @AfterAll
    static void end() throws IOException {
        ClientHelloFuzzTest.close();
        ConfigurationFuzzTest.deleteFile();
    }

    @MethodSource("kept")
    @DictionaryFile(resourcePath = "ftp.dict")
    @FuzzTest
    void every_parser_keeps_its_properties(byte[] octets) throws IOException {
        new ClientHelloFuzzTest().tls_is_told_from_ftp_and_no_octet_is_lost(octets);
        new CommandLineFuzzTest().lines_are_what_the_octets_say(octets);
        new ConfigurationFuzzTest().a_file_is_a_configuration_or_a_list_of_errors(octets);
        new DataAddressFuzzTest().an_address_is_a_literal_and_nothing_is_looked_up(octets);
        new FactFuzzTest().facts_are_read_and_written_in_one_form(octets);
        new HostArgumentFuzzTest().a_host_has_one_form_and_is_nothing_else(octets);
        new ListArgumentFuzzTest().options_are_taken_off_and_nothing_else(octets);
        new PhcStringFuzzTest().a_hash_has_one_text_and_bounded_cost(octets);
        new ReplyFuzzTest().a_reply_is_one_reply_whatever_it_quotes(octets);
        new TimeValFuzzTest().a_time_is_fourteen_digits(octets);
        new UserNameFuzzTest().a_name_is_one_safe_name_of_a_folder(octets);
        new VirtualPathFuzzTest().no_path_leads_out_of_the_root(octets);
    }

    /// The inputs that are kept for each of them.
    static List<byte[]> kept() throws IOException {
        try (Stream<Path> files = Files.walk(KEPT)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains(NOT_FOR_PARSERS))
                    .sorted()
                    .map(EveryParserFuzzTest::read)
                    .toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
