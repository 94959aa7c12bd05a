"""A list as a picture, a text message and an address that can be sent on."""

import io
from collections.abc import Sequence
from urllib.parse import quote

import segno
from flask_babel import gettext as _

_LONGEST_MESSAGE = 600
"""Characters; longer ones travel as many messages, each of which costs money."""


def qr_png(address: str) -> bytes:
    """Return the QR code of an address, as a picture that phones recognise on a long press."""
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="png", scale=6, border=3)
    return picture.getvalue()


def sms_link(named: Sequence[tuple[str, str | None]], address: str) -> str:
    """Return a link that opens a text message with names, telephone numbers and the address of a list.

    Names that no longer fit are left to the address, which holds them all.
    """
    lines = [_("My list of childcare:")]
    for name, phone in named:
        line = f"{name} {phone or ''}".rstrip()
        if sum(map(len, lines)) + len(line) + len(address) > _LONGEST_MESSAGE:
            break
        lines.append(line)
    return "sms:?body=" + quote("\n".join([*lines, address]))
