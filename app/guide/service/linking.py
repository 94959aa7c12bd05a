"""Addresses outside that texts lead to: noted when a text is saved, asked by a job if they stand.

Asking is off unless an operator turns it on (`TUOYU_CHECK_LINKS`). Only the head of a page is asked for, at
the very address that its name was resolved to, and only if that is a public one; redirects are not followed.
"""

import http.client
import socket
import ssl
from collections.abc import Callable
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import or_, select

from app.core import clock
from app.extensions import db
from app.guide.model import GuideLink, GuideRevision
from app.guide.rules.addresses import AGAIN_DAYS, SOON_DAYS, host_of, is_public, state_of
from app.guide.rules.blocks import links
from app.guide.rules.texts import Words

_AT_ONCE: Final = 5
_SECONDS: Final = 8
_LONGEST: Final = 1000
INSIDE: Final = -1
"""What `ask` returns for an address that leads to a private network."""


def outside(words: Words) -> tuple[str, ...]:
    """Return the addresses outside that a text leads to, each once."""
    found = (target for _words, target in links(words.body) if len(target) <= _LONGEST)
    return tuple(dict.fromkeys(target for target in found if host_of(target)))


def note(words: Words) -> None:
    """Note the addresses of a text, so that they are asked. The caller commits."""
    for address in outside(words):
        if db.session.get(GuideLink, address) is None:
            db.session.add(
                GuideLink(address=address, state="new", status=0, checked_at=None, failing_since=None)
            )
            db.session.flush()


def check(ask: Callable[[str], int] | None = None) -> int | None:
    """Ask the addresses that are due, a few at a time. Returns how many; None for none."""
    if ask is None:
        if not current_app.extensions["settings"].check_links:
            return None
        ask = head_of
    now = clock.now()
    _note_all()
    due = or_(
        GuideLink.checked_at.is_(None),
        GuideLink.checked_at < now - timedelta(days=AGAIN_DAYS),
        (GuideLink.state != "fine") & (GuideLink.checked_at < now - timedelta(days=SOON_DAYS)),
    )
    query = select(GuideLink.address).where(due).order_by(GuideLink.checked_at, GuideLink.address)
    addresses = list(db.session.scalars(query.limit(_AT_ONCE)))
    db.session.commit()  # nobody waits for this job while it waits for others
    answers = {address: ask(address) for address in addresses}
    for address, status in answers.items():
        row = db.session.get_one(GuideLink, address)
        row.state = "inside" if status == INSIDE else state_of(status)
        row.status, row.checked_at = max(status, 0), now
        row.failing_since = None if row.state == "fine" else row.failing_since or now
    db.session.commit()
    return len(answers) or None


def _note_all() -> None:
    """Note the addresses of what is published, which may have come from files; forget those nobody uses."""
    used: set[str] = set()
    query = select(GuideRevision.title, GuideRevision.summary, GuideRevision.body)
    for title, summary, body in db.session.execute(query.where(GuideRevision.state == "published")):
        used.update(outside(Words(title, summary, body)))
    known = set(db.session.scalars(select(GuideLink.address)))
    for address in sorted(used - known):
        db.session.add(GuideLink(address=address, state="new", status=0, checked_at=None, failing_since=None))
    for address in known - used:
        db.session.delete(db.session.get_one(GuideLink, address))
    db.session.flush()


def head_of(address: str) -> int:
    """Return the status of an address: 0 if it does not answer, `INSIDE` if it is not a public one."""
    host, parts = host_of(address), urlsplit(address)
    if host is None:
        return INSIDE
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return 0
    if not found or not all(is_public(number) for number in found):
        return INSIDE
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _Pinned(host, min(found))
    try:
        connection.request("HEAD", path, headers={"User-Agent": "Tuoyu link check"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError):
        return 0
    finally:
        connection.close()


class _Pinned(http.client.HTTPSConnection):
    """A connection to one network address, so that a name cannot mean another one a moment later."""

    def __init__(self, host: str, number: str) -> None:
        self._number = number
        self._trust = ssl.create_default_context()
        super().__init__(host, 443, timeout=_SECONDS, context=self._trust)

    def connect(self) -> None:
        """Connect to the address that was judged, and ask for proof of the name."""
        plain = socket.create_connection((self._number, 443), timeout=_SECONDS)
        self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)
