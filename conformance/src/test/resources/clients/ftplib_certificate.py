"""Logs in by a certificate alone, stores, lists and fetches."""
import ftplib
import io
import ssl
import sys

host, port, authority, chain, key, user, folder = sys.argv[1:]
context = ssl.create_default_context(cafile=authority)
context.load_cert_chain(chain, key)
ftp = ftplib.FTP_TLS(context=context)
ftp.connect(host, int(port))
ftp.auth()
print(ftp.sendcmd("USER " + user)[:3])
ftp.prot_p()
ftp.cwd(folder)
# ftplib makes a full handshake for each data connection.
ftp.storbinary("STOR from-python", io.BytesIO(b"mine\n"))
print(" ".join(ftp.nlst()))
back = io.BytesIO()
ftp.retrbinary("RETR from-python", back.write)
print(back.getvalue().decode().strip())
ftp.quit()
