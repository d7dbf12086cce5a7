"""Under which addresses other machines find this one. Standard library only."""

from __future__ import annotations

import contextlib
import socket


def network_addresses() -> list[str]:
    """Return this machine's addresses in its networks, the one it would go out by first; none without a network."""
    found = []
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out:
        way_out.connect(("192.0.2.1", 9))  # sends nothing: asks the system which of our addresses it would use
        found.append(str(way_out.getsockname()[0]))
    with contextlib.suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return [address for address in dict.fromkeys(found) if not address.startswith("127.")]
