package io.sealane.bench.server;

import java.io.File;
import java.util.List;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.ClearTextPasswordEncryptor;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/// Starts Apache FtpServer: `PORT KEY-STORE ROOT`.
final class ApacheFtpServerMain {
    private static final int CLIENTS_MAX = 20_000;
    private static final int IDLE_SECONDS = 3_600;

    private ApacheFtpServerMain() {}

    static void main(String[] arguments) throws FtpException {
        SslConfigurationFactory ssl = new SslConfigurationFactory();
        ssl.setKeystoreFile(new File(arguments[1]));
        ssl.setKeystoreType("PKCS12");
        ssl.setKeystorePassword(Site.PASSWORD);
        ssl.setSslProtocol("TLSv1.2", "TLSv1.3");
        SslConfiguration tls = ssl.createSslConfiguration();

        DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
        data.setSslConfiguration(tls);

        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress("127.0.0.1");
        listener.setPort(Integer.parseInt(arguments[0]));
        listener.setSslConfiguration(tls);
        listener.setIdleTimeout(IDLE_SECONDS);
        listener.setDataConnectionConfiguration(data.createDataConnectionConfiguration());

        ConnectionConfigFactory connections = new ConnectionConfigFactory();
        connections.setMaxLogins(CLIENTS_MAX);
        connections.setMaxThreads(CLIENTS_MAX);

        PropertiesUserManagerFactory users = new PropertiesUserManagerFactory();
        users.setPasswordEncryptor(new ClearTextPasswordEncryptor());

        BaseUser user = new BaseUser();
        user.setName(ApacheFtpServer.USER);
        user.setPassword(Site.PASSWORD);
        user.setHomeDirectory(arguments[2]);
        user.setMaxIdleTime(IDLE_SECONDS);
        user.setAuthorities(
                List.of(
                        new WritePermission(),
                        new ConcurrentLoginPermission(CLIENTS_MAX, CLIENTS_MAX)));

        FtpServerFactory server = new FtpServerFactory();
        server.addListener("default", listener.createListener());
        server.setConnectionConfig(connections.createConnectionConfig());
        server.setUserManager(users.createUserManager());
        server.getUserManager().save(user);
        server.createServer().start();
    }
}
