"""Python's ftplib in every mode, for the tests beside it. The first argument is JSON:
host, port, opening (CLEAR, UPGRADED, TLS_FIRST), way (PASSIVE, ACTIVE), protection (CLEAR, TLS_1_2,
TLS_1_3), reuse (whether data connections resume), user, password, certificate, remote."""

import ftplib
import json
import ssl
import sys

SETTINGS = json.loads(sys.argv[1])


class ReusingFtpTls(ftplib.FTP_TLS):
    """The web's recipe for servers that want the control connection's session resumed."""

    reused = []

    def ntransfercmd(self, cmd, rest=None):
        conn, size = ftplib.FTP.ntransfercmd(self, cmd, rest)
        if self._prot_p:
            conn = self.context.wrap_socket(
                conn, server_hostname=self.host, session=self.sock.session
            )
            self.reused.append(conn.session_reused)
        return conn, size


def implicit(base):
    """The web's recipe for TLS from the first byte: a socket is wrapped as soon as it is set."""

    class Implicit(base):
        _wrapped = None

        @property
        def sock(self):
            return self._wrapped

        @sock.setter
        def sock(self, value):
            if value is not None and not isinstance(value, ssl.SSLSocket):
                value = self.context.wrap_socket(value, server_hostname=self.host)
            self._wrapped = value

    return Implicit


def context():
    made = ssl.create_default_context(cafile=SETTINGS["certificate"])
    version = {"TLS_1_2": ssl.TLSVersion.TLSv1_2, "TLS_1_3": ssl.TLSVersion.TLSv1_3}
    made.minimum_version = made.maximum_version = version[SETTINGS["protection"]]
    return made


def client():
    """The client, connected and logged in, in the folder of the test."""
    if SETTINGS["protection"] == "CLEAR":
        ftp = ftplib.FTP(timeout=20)
    else:
        kind = ReusingFtpTls if SETTINGS["reuse"] else ftplib.FTP_TLS
        if SETTINGS["opening"] == "TLS_FIRST":
            kind = implicit(kind)
        ftp = kind(timeout=20, context=context())
    ftp.connect(SETTINGS["host"], SETTINGS["port"])
    ftp.login(SETTINGS["user"], SETTINGS["password"])
    if SETTINGS["protection"] != "CLEAR":
        ftp.prot_p()
    ftp.set_pasv(SETTINGS["way"] == "PASSIVE")
    ftp.cwd("/" + SETTINGS["remote"])
    return ftp
