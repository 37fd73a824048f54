package io.sealane.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Just enough of an FTP server to talk to the probe: one file name space in memory, explicit TLS,
/// four ways to a data connection. It checks nothing.
final class TinyFtpServer implements OneShotServer.Script {
    private static final Pattern EPRT = Pattern.compile("\\|[12]\\|([^|]+)\\|(\\d+)\\|");

    private final ServerTls serverTls;
    private final ConcurrentMap<String, byte[]> files = new ConcurrentHashMap<>();

    TinyFtpServer(ServerTls serverTls) {
        this.serverTls = serverTls;
    }

    Map<String, byte[]> files() {
        return files;
    }

    @Override
    public void serve(Socket socket) throws IOException {
        new Session(socket).run();
    }

    private final class Session {
        private Socket control;
        private boolean isPrivate;
        private DataSource dataSource =
                () -> {
                    throw new IOException("no data connection was agreed");
                };

        Session(Socket control) {
            this.control = control;
        }

        private interface DataSource {
            Socket open() throws IOException;
        }

        void run() throws IOException {
            reply("220-Tiny\r\n220 ready");
            for (String line = readLine(); !line.isEmpty(); line = readLine()) {
                String[] words = line.split(" ", 2);
                handle(words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1] : "");
            }
            control.close();
        }

        private void handle(String verb, String argument) throws IOException {
            switch (verb) {
                case "USER" -> reply("331 Password please.");
                case "PASS" -> reply("230 Logged in.");
                case "FEAT" -> reply("211-Features:\r\n EPSV\r\n UTF8\r\n211 End");
                case "AUTH" -> {
                    reply("234 Go on.");
                    control = serverTls.accept(control);
                }
                case "PBSZ" -> reply("200 PBSZ=0");
                case "PROT" -> {
                    isPrivate = argument.equals("P");
                    reply("200 Done.");
                }
                case "EPSV", "PASV" -> passive(verb);
                case "EPRT", "PORT" -> active(argument);
                case "RETR" -> retrieve(argument);
                case "STOR" -> store(argument);
                case "QUIT" -> {
                    reply("221 Bye.");
                    control.shutdownOutput();
                }
                default -> reply("502 " + verb + "?");
            }
        }

        private void passive(String verb) throws IOException {
            InetAddress local = control.getLocalAddress();
            ServerSocket listener = new ServerSocket(0, 1, local);
            dataSource =
                    () -> {
                        try (listener) {
                            return listener.accept();
                        }
                    };
            InetSocketAddress address = new InetSocketAddress(local, listener.getLocalPort());
            reply(
                    verb.equals("EPSV")
                            ? "229 Extended (|||" + address.getPort() + "|)"
                            : "227 Passive (" + DataAddress.port(address) + ").");
        }

        private void active(String argument) throws IOException {
            Matcher eprt = EPRT.matcher(argument);
            int port;
            if (eprt.matches()) {
                port = Integer.parseInt(eprt.group(2));
            } else {
                String[] numbers = argument.split(",");
                port = Integer.parseInt(numbers[4]) * 256 + Integer.parseInt(numbers[5]);
            }
            dataSource = () -> new Socket(control.getInetAddress(), port);
            reply("200 Noted.");
        }

        private void retrieve(String name) throws IOException {
            byte[] content = files.get(name);
            if (content == null) {
                reply("550 No such file.");
                return;
            }
            reply("150 Here it comes.");
            try (Socket data = openData()) {
                data.getOutputStream().write(content);
                data.shutdownOutput();
            }
            reply("226 Done.");
        }

        private void store(String name) throws IOException {
            reply("150 Go ahead.");
            try (Socket data = openData()) {
                files.put(name, data.getInputStream().readAllBytes());
            } catch (IOException _) {
                reply("426 Broken.");
                return;
            }
            reply("226 Done.");
        }

        private Socket openData() throws IOException {
            Socket plain = dataSource.open();
            return isPrivate ? serverTls.accept(plain) : plain;
        }

        private void reply(String text) throws IOException {
            control.getOutputStream().write((text + "\r\n").getBytes(UTF_8));
        }

        private String readLine() throws IOException {
            InputStream in = control.getInputStream();
            StringBuilder line = new StringBuilder();
            for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
                line.append((char) octet);
            }
            return line.toString().strip();
        }
    }
}
