"""Three hundred files of 4 KiB up and down in one session. Prints files per second of each."""

import io
import time

from sealane_ftplib import client

COUNT = 300


def content(number):
    return number.to_bytes(4, "big") * 1024


def timed(move):
    begun = time.monotonic()
    for number in range(COUNT):
        move(number)
    return COUNT / (time.monotonic() - begun)


def up(number):
    ftp.storbinary("STOR %03d.bin" % number, io.BytesIO(content(number)))


def down(number):
    received = io.BytesIO()
    ftp.retrbinary("RETR %03d.bin" % number, received.write)
    assert received.getvalue() == content(number), number


with client() as ftp:
    print("%.0f %.0f" % (timed(up), timed(down)))
