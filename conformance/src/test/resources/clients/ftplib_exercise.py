"""Does what Exercise.java says, in the working folder. Prints the three listings."""

import os
import sys

from sealane_ftplib import client

UPLOADED = sys.argv[2:]


def upload(ftp, name, rest=None):
    with open(name, "rb") as file:
        file.seek(rest or 0)
        ftp.storbinary("STOR " + name, file, rest=rest)


def download(ftp, name, target, rest=None):
    with open(target, "ab" if rest else "wb") as file:
        ftp.retrbinary("RETR " + name, file.write, rest=rest)


with client() as ftp:
    for name in UPLOADED:
        upload(ftp, name)
        assert ftp.size(name) == os.path.getsize(name), name
    print("\n".join(name for name, facts in ftp.mlsd()))
    print("---")
    print("\n".join(ftp.nlst()))
    print("---")
    ftp.dir()
    for name in UPLOADED:
        download(ftp, name, name + ".back")
    upload(ftp, "resumed-up.bin", rest=ftp.size("resumed-up.bin"))
    download(
        ftp, "resumed-down.bin", "resumed-down.bin", rest=os.path.getsize("resumed-down.bin")
    )
    ftp.rename("small.bin", "renamed.bin")
    ftp.delete("empty.bin")
    ftp.mkd("kept")
    ftp.mkd("gone")
    ftp.rmd("gone")
