"""Which addresses a text leads to may be asked whether they still stand: public ones only."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

AGAIN_DAYS: Final = 14
"""Days after which an address that answered is asked again."""
SOON_DAYS: Final = 1
"""Days after which one that did not is."""
_GONE: Final = frozenset({404, 410})


def host_of(address: str) -> str | None:
    """Return the host of an address that may be asked: https, its usual port, no password in it."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or port not in {None, 443} or parts.username is not None or not parts.hostname:
        return None
    return parts.hostname


def is_public(number: str) -> bool:
    """Tell whether a network address is one of the open internet, not of a machine or a private network."""
    try:
        found = ip_address(number)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (mapped is None or mapped.is_global)


def state_of(status: int) -> str:
    """Return what an answer says of an address: `fine`, `gone`, or `silent` where it says nothing for sure.

    An answer that forbids or asks to wait is for programs; people may well get the page.
    """
    if status in _GONE:
        return "gone"
    return "silent" if status == 0 or status >= 500 else "fine"  # noqa: PLR2004
