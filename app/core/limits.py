"""How often something may be tried, counted in the database so that all web processes count together.

    if not limits.allow("sign-in.source", limits.source_key()):
        …answer 429…

Ask before the request writes anything: a try is committed at once, on a connection of its own. What is kept
is a keyed hash of what is limited and the moments of the tries; rows are deleted when their window is over.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from flask import current_app, request
from sqlalchemy import JSON, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Instant
from app.core.sealing import keyed_hash
from app.extensions import Base
from app.settings import secret

if TYPE_CHECKING:
    from limits.limits import RateLimitItem

    from app.core.limit_rows import Rows

RATES: Mapping[str, str] = {
    "sign-in.pair": "5/15 minutes",  # one handle from one source
    "sign-in.pair-slowed": "1/15 minutes",  # the same, while the handle is under attack from elsewhere
    "sign-in.handle": "30/hour",  # one handle from everywhere; beyond it sources are slowed, not locked out
    "sign-in.source": "50/15 minutes",  # one source, all handles: an office may share an address
    "sign-in.device": "5/15 minutes",  # a browser that signed in to this handle before
    "sign-in.code": "10/hour;30/day",  # one-time and recovery codes of one account
    "account.password": "5/15 minutes",  # the present password, asked again of somebody signed in
    # Residents: a mobile network lets thousands share an address, so these only stop machines.
    "report.draft": "60/hour;300/day",  # reports begun from one source
    "report.file": "120/hour",  # files of unfinished reports from one source
    "report.send": "60/hour;200/day",  # tries to send from one source
    "case.code": "30/15 minutes;300/day",  # access codes from one source that open nothing
    "facility.correct": "30/hour;100/day",  # corrections proposed from one source
    "guide.say": "30/hour;100/day",  # what readers say of texts, from one source
    "event.book": "30/hour;100/day",  # places booked from one source
    "event.code": "30/15 minutes;300/day",  # codes of bookings from one source
    "export.ask": "20/hour;60/day",  # files one account asks for
    "audit.check": "6/hour",  # readings of the whole audit that one account asks for
    "case.act": "60/hour",  # what the person behind one code does to the case
}
"""The rates in force, by name; `;` joins several that must all hold. All are declared here."""
_NETWORK = 64
"""Bits of an IPv6 address that one subscriber is given; the rest is theirs to change at will."""


class LimitRow(Base):
    """Recent tries of one key, oldest first, in milliseconds since 1970; forgotten once `expires` is past."""

    __tablename__ = "limit_row"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    moments: Mapped[list[int]] = mapped_column(JSON)
    expires: Mapped[datetime] = mapped_column(Instant, index=True)


def allow(name: str, key: str, rate: str | None = None) -> bool:
    """Count a try of `key` and say whether it is within the rate of that name (or the one given)."""
    return all(
        _rows().acquire_entry(where, item.amount, item.get_expiry())
        for item, where in _places(name, key, rate)
    )


def forgive(name: str, key: str, rate: str | None = None) -> None:
    """Take back the newest try of `key`, because it turned out to be rightful."""
    for _item, where in _places(name, key, rate):
        _rows().take_back(where)


def forget_expired() -> int | None:
    """Delete what no window needs any more; a job. Returns the number of rows, or nothing."""
    return _rows().forget_expired() or None


def source_key() -> str:
    """Return who asks, as a keyed hash that changes at midnight (Asia/Shanghai) and cannot be turned back.

    Only the peer's own address is used, as the trusted proxies (TUOYU_PROXIES) report it; an IPv6 address
    counts by its network, because the rest is the reader's to choose.
    """
    today = _keyed(secret(current_app.extensions["settings"], "sources").encode(), clock.today().isoformat())
    return _keyed(today, _network(request.remote_addr or "")).hex()[:24]


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped
        return str(inner or ipaddress.ip_network((found, _NETWORK), strict=False))
    return str(found)


def _places(name: str, key: str, rate: str | None) -> Iterator[tuple["RateLimitItem", str]]:
    """Yield each part of a rate and the key of its row."""
    hidden = keyed_hash("limits", f"{name}\0{key}")
    for item in _parsed(rate or RATES[name]):
        yield item, item.key_for(name, hidden[:40])


@cache
def _parsed(rate: str) -> tuple["RateLimitItem", ...]:
    from limits import parse_many  # noqa: PLC0415 - half of a command's start-up; most commands limit nothing

    return tuple(parse_many(rate))


@cache
def _rows() -> "Rows":
    from app.core.limit_rows import Rows  # noqa: PLC0415

    return Rows()


def _keyed(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
