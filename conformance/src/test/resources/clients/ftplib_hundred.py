"""A hundred transfers of one session. Prints how many there were and how many resumed."""

import io

from sealane_ftplib import client

with client() as ftp:
    for number in range(50):
        sent = number.to_bytes(2, "big") * 2048
        ftp.storbinary("STOR %d" % number, io.BytesIO(sent))
        received = io.BytesIO()
        ftp.retrbinary("RETR %d" % number, received.write)
        assert received.getvalue() == sent, number
    print(len(ftp.reused), sum(ftp.reused))
