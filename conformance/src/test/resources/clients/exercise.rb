# Does what Exercise.java says by Ruby's net/ftp, in the working folder. Prints three listings. The
# first argument is JSON as in sealane_ftplib.py, the others are the files to upload.

require "json"
require "net/ftp"

SETTINGS = JSON.parse(ARGV.shift)
UPLOADED = ARGV

def protection
  return nil if SETTINGS["opening"] == "CLEAR"

  version = { "TLS_1_2" => :TLS1_2, "TLS_1_3" => :TLS1_3 }[SETTINGS["protection"]]
  { ca_file: SETTINGS["certificate"], min_version: version, max_version: version }
end

options = {
  port: SETTINGS["port"],
  username: SETTINGS["user"],
  password: SETTINGS["password"],
  passive: SETTINGS["way"] == "PASSIVE",
  open_timeout: 20,
  read_timeout: 20,
  ssl: protection,
}
ftp = Net::FTP.new(SETTINGS["host"], **options)
ftp.chdir("/" + SETTINGS["remote"])
UPLOADED.each do |name|
  ftp.putbinaryfile(name)
  raise "size of #{name}" unless ftp.size(name) == File.size(name)
  ftp.mtime(name)
end
puts ftp.nlst, "---", ftp.list, "---", ftp.mlsd.map(&:pathname)
UPLOADED.each { |name| ftp.getbinaryfile(name, name + ".back") }
ftp.resume = true
ftp.putbinaryfile("resumed-up.bin")
ftp.getbinaryfile("resumed-down.bin")
ftp.rename("small.bin", "renamed.bin")
ftp.delete("empty.bin")
ftp.mkdir("kept")
ftp.mkdir("gone")
ftp.rmdir("gone")
ftp.quit
ftp.close
