"""Asks about a port: `port_is_free.py HOST PORT` (may we listen?), `--answers HOST PORT` (is someone there?).

Exit code 0 means yes, 1 means no.
"""

import socket
import sys

ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - only compared with


def is_free(host: str, port: int) -> bool:
    """Tell whether a server may listen there."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError:
        return False
    return True


def answers(host: str, port: int) -> bool:
    """Tell whether a server accepts connections there."""
    try:
        socket.create_connection((ANY.get(host, host), port), timeout=1).close()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    *flags, host, port = sys.argv[1:]
    question = answers if flags == ["--answers"] else is_free
    sys.exit(0 if question(host.strip("[]"), int(port)) else 1)
