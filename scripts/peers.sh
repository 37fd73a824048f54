# Sourced by ./dev and .ci/run, as root, on Debian or Ubuntu: other FTP servers. Their packages
# exclude each other, and nobody wants one to start: they are unpacked beside the system, with the
# libraries they need. `home` is the checkout.

peers='vsftpd proftpd-core proftpd-mod-crypto pure-ftpd pure-ftpd-common'
peers_folder=$home/target/peers

have_peers() {
    command -v vsftpd && command -v proftpd && command -v pure-ftpd
} >/dev/null

unpack_peers() {
    export DEBIAN_FRONTEND=noninteractive
    mkdir -p "$peers_folder"
    apt-get update || return
    # Split at spaces on purpose, here and below.
    (cd "$peers_folder" && apt-get download $peers) || return
    for package in "$peers_folder"/*.deb; do
        dpkg -x "$package" "$peers_folder" || return
    done
    libraries=$(apt-cache depends $peers | sed -n 's/^ *Depends: \(lib[^ ]*\)$/\1/p' | sort -u)
    apt-get install -y --no-install-recommends $libraries
}

# Puts them on PATH, behind what is there, and unpacks them if they are not yet.
find_peers() {
    export PATH="$PATH:$peers_folder/usr/sbin"
    have_peers || unpack_peers
}
