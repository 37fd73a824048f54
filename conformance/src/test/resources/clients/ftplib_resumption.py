"""Many data connections of one session, each by TLS. The second argument says which TLS session
each offers to resume, the third how many there are. Prints how many there were and how many
resumed.

first: always the control connection's first; newest-control: its newest; newest-data: that of the
data connection before; id: by TLS 1.2 session id instead of a ticket (with newest-control)."""

import io
import ssl
import sys

import sealane_ftplib

STYLE = sys.argv[2]
COUNT = int(sys.argv[3])


class Client(sealane_ftplib.ReusingFtpTls):
    kept = None

    def ntransfercmd(self, cmd, rest=None):
        conn, size = sealane_ftplib.ftplib.FTP.ntransfercmd(self, cmd, rest)
        offered = self.sock.session
        if STYLE in ("first", "newest-data"):
            offered = Client.kept or offered
        conn = self.context.wrap_socket(conn, server_hostname=self.host, session=offered)
        if STYLE == "newest-data" or Client.kept is None:
            Client.kept = conn.session if STYLE == "newest-data" else offered
        self.reused.append(conn.session_reused)
        return conn, size


def context(plain=sealane_ftplib.context):
    made = plain()
    if STYLE == "id":
        made.options |= ssl.OP_NO_TICKET
    return made


sealane_ftplib.context = context
sealane_ftplib.ReusingFtpTls = Client

with sealane_ftplib.client() as ftp:
    for number in range(COUNT):
        sent = number.to_bytes(2, "big")
        if number % 3 == 0:
            ftp.storbinary("STOR a", io.BytesIO(sent))
        elif number % 3 == 1:
            ftp.retrbinary("RETR a", io.BytesIO().write)
        else:
            ftp.nlst()
    print(len(ftp.reused), sum(ftp.reused))
