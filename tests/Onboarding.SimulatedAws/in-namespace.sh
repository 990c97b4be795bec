#!/bin/sh
# Runs a program in a user and network namespace of its own, with nothing but a loopback that has the addresses of AWS's metadata services.
# Exits with 75 and says why in one line where a machine does not let us.
refuse() {
    echo "no simulated AWS here: $1" >&2
    exit 75
}

command -v unshare >/dev/null || refuse "unshare (util-linux) is not installed"
command -v ip >/dev/null || refuse "ip (iproute2) is not installed"
unshare -Urn true 2>/dev/null || refuse "this machine does not permit user and network namespaces (unshare -Urn)"
exec unshare -Urn sh -c '
    ip link set lo up
    ip addr add 169.254.169.254/32 dev lo
    ip addr add 169.254.170.2/32 dev lo
    ip addr add fd00:ec2::254/128 dev lo nodad 2>/dev/null
    exec "$@"' sh "$@"
