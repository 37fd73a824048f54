"""Downloads a file in small sips until the server ends the session, while a second session idles.
Prints `midway` once bytes flow; then, for each session, the last replies and how TLS ended; then
how many bytes came."""

import ssl
import sys

from sealane_ftplib import client

SIPS_BEFORE_MIDWAY = 4
PATIENT = sys.argv[2] == "reads-on"


def strict(sock):
    sock.suppress_ragged_eofs = False
    sock.settimeout(20)
    return sock


def to_the_end(ftp):
    """The rest of what the control connection says."""
    strict(ftp.sock)
    lines = []
    try:
        while True:
            line = ftp.file.readline()
            if not line:
                return lines + ["close_notify"]
            lines.append(line.rstrip("\r\n"))
    except (ssl.SSLError, OSError) as error:
        return lines + [repr(error)]


idle = client()
busy = client()
busy.voidcmd("TYPE I")
data = busy.transfercmd("RETR large.bin")
received = sum(len(data.recv(1024)) for _ in range(SIPS_BEFORE_MIDWAY))
print("midway", flush=True)
print("idle:", to_the_end(idle), flush=True)
if PATIENT:
    while chunk := data.recv(1 << 16):
        received += len(chunk)
    data.unwrap()
    data.close()
print("busy:", to_the_end(busy), flush=True)
print("bytes:", received, flush=True)
