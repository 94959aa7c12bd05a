"""Letters by SMTP: plain text to offices. Without TUOYU_SMTP there is no gateway and nothing leaves.

Only offices get letters, never residents. A letter names a case and what is due; it has no words of anybody.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

_TIMEOUT = 10
"""Seconds a gateway may keep us waiting; letters are sent by the job worker, never while a page is made."""
_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class Unsafe(Exception):  # noqa: N818 - the connection is, not the program
    """The gateway offers no encryption, so no password is sent to it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent to an office."""

    to: str
    title: str
    text: str
    id: str
    """The same for each try of the same letter, so that a gateway can drop the second one."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """An SMTP server, and the address letters come from."""

    address: str
    """`smtp://user:password@host:port` (STARTTLS where offered) or `smtps://…` (TLS from the start)."""
    sender: str

    @contextmanager
    def open(self) -> Iterator[smtplib.SMTP]:
        """Give a connection, signed in. Raises `OSError`, `smtplib.SMTPException`, `Unsafe`."""
        where = urlsplit(self.address)
        host = where.hostname or ""
        secure = where.scheme == "smtps"
        context = ssl.create_default_context()
        if secure:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, where.port or 465, timeout=_TIMEOUT, context=context
            )
        else:
            server = smtplib.SMTP(host, where.port or 587, timeout=_TIMEOUT)
        with server:
            server.ehlo_or_helo_if_needed()
            if not secure and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
                secure = True
            if where.username:
                if not secure and host not in _MACHINE:
                    raise Unsafe
                server.login(unquote(where.username), unquote(where.password or ""))
            yield server

    def send(self, server: smtplib.SMTP, letter: Letter) -> None:
        """Send a letter. Raises `ValueError` where an address or title could change the letter's head."""
        server.send_message(self.message(letter), self.sender, [letter.to])

    def message(self, letter: Letter) -> EmailMessage:
        """Return a letter as it travels. Raises `ValueError` for line breaks in what becomes a header."""
        made = EmailMessage(policy=POLICY)
        made["From"] = self.sender
        made["To"] = letter.to
        made["Subject"] = letter.title
        made["Date"] = formatdate()
        made["Message-ID"] = f"<{letter.id}@{self.sender.rpartition('@')[2]}>"
        made["Auto-Submitted"] = "auto-generated"
        made.set_content(letter.text, cte="base64")  # goes through servers that know seven bits only
        return made
