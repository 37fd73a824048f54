package io.sealane.bench.server;

import io.sealane.bench.server.Site.Keys;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// vsftpd, with its anonymous user: its other ones are the machine's. It checks no password so, and
/// its logins are the cheaper for it. Its `rsa_cert_file` takes keys of every kind.
final class Vsftpd implements Contender {
    @Override
    public String name() {
        return "vsftpd";
    }

    @Override
    public Running start(Site site, Keys keys) throws IOException, InterruptedException {
        int port = Running.freePort();
        Path folder = site.newFolder("vsftpd");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path config =
                Files.writeString(
                        folder.resolve("vsftpd.conf"),
                        """
                        listen=YES
                        listen_address=127.0.0.1
                        listen_port=%d
                        background=NO
                        anonymous_enable=YES
                        local_enable=NO
                        write_enable=YES
                        anon_upload_enable=YES
                        anon_mkdir_write_enable=YES
                        anon_other_write_enable=YES
                        anon_world_readable_only=NO
                        anon_umask=022
                        anon_root=%s
                        ftp_username=daemon
                        nopriv_user=nobody
                        secure_chroot_dir=%s
                        seccomp_sandbox=NO
                        max_clients=0
                        max_per_ip=0
                        idle_session_timeout=3600
                        ssl_enable=YES
                        allow_anon_ssl=YES
                        force_anon_logins_ssl=NO
                        force_anon_data_ssl=NO
                        require_ssl_reuse=NO
                        ssl_ciphers=HIGH
                        rsa_cert_file=%s
                        rsa_private_key_file=%s
                        """
                                .formatted(
                                        port,
                                        site.root(),
                                        empty,
                                        site.chain(keys),
                                        site.key(keys)));
        return Running.start(
                name(),
                "anonymous",
                port,
                List.of(Programs.find(Tool.VSFTPD).toString(), config.toString()));
    }
}
