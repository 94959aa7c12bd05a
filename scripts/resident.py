"""A resident of the fictional county who files a whole report over HTTP, page by page, and never gives up.

Used by `kill_test.py`. It does what a browser without JavaScript does: keeps cookies, sends the forms it was
shown, reads the question and answers it, waits as long as a person reads. A page that did not come, or came
with an error of the server, is asked for again.
"""

import html
import http.client
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

COUNTY, TOWN = "990101", "990101001"
READING = 3.2
"""Seconds a person takes to read the question; the site refuses a faster answer."""
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_PATIENCE = 300
"""Seconds after which even this resident gives up on one page."""
_SERVER_ERROR, _OK, _MOVED, _REFUSED = 500, 200, 303, 400
_TRIES = 3


class GivenUp(Exception):  # noqa: N818 - the resident does, the program goes on
    """A page did not come for minutes, or was not the one that should follow."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said."""

    status: int
    location: str
    text: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was displayed, what had been told, and how long it took from pressing *send*."""

    number: str
    code: str
    story: str
    photos: int
    seconds: float


@dataclass
class Resident:
    """One browser, at an address of its own as the proxy reports it."""

    address: str
    source: str
    cookies: dict[str, str] = field(default_factory=dict)

    def file(self, story: str, photo: bytes | None) -> Receipt:
        """File a report. Raises `GivenUp`."""
        self._step("report/purpose", {"purpose": "report", "area": COUNTY, "fresh": "1"})
        self._step(
            "report/place", {"named": "Blue Door", "address": "Lane 3", "area": COUNTY, "township": TOWN}
        )
        self._step("report/subject", {"category": "care"})
        self._step("report/story", {"story": story, "child_safety": "none", "kindergarten": "no"})
        added = photo is not None and self._add(photo)
        if added:
            self._step("report/files", {"children_shown": "no"})
        self._step("report/you", {"named": "no"})
        return self._send(story, int(added))

    def confirm(self, receipt: Receipt) -> None:
        """Type the last four digits. Raises `GivenUp`."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            token = _token(self._get("/en/report").text)
            if not token:  # no receipt waits: it was confirmed, though the answer did not come
                return
            body = urlencode({"csrf_token": token, "last_four": receipt.code[-4:]}).encode()
            said = self._ask("POST", "/en/report/received", body)
            if said is not None and said.status == _MOVED:
                return
            time.sleep(0.1)
        raise GivenUp("report/received")

    def opens(self, receipt: Receipt) -> bool:
        """Tell whether the code opens a page with that number and those words."""
        moved = self._step("track", {"code": receipt.code})
        page = self._get(moved.location) if moved.status == _MOVED else moved
        return receipt.number in page.text and html.escape(receipt.story, quote=False) in page.text

    def _add(self, photo: bytes) -> bool:
        """Add a photo; tells whether the site took it. One it refuses three times is left out."""
        deadline, refused = time.monotonic() + _PATIENCE, 0
        while time.monotonic() < deadline and refused < _TRIES:
            page = self._get("/en/report/files")
            if re.search(r"/report/files/[0-9a-f]+/remove", page.text):
                return True
            edge = secrets.token_hex(12)
            parts = [_part(edge, "csrf_token", _token(page.text)), _part(edge, "do", "add")]
            head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="room.jpg"\r\n'
            body = "".join(parts).encode() + f"{head}Content-Type: image/jpeg\r\n\r\n".encode()
            body += photo + f"\r\n--{edge}--\r\n".encode()
            said = self._ask("POST", "/en/report/files", body, f"multipart/form-data; boundary={edge}")
            refused += said is not None and said.status == _REFUSED
            time.sleep(0.1)
        if refused:
            return False
        raise GivenUp("report/files")

    def _send(self, story: str, photos: int) -> Receipt:
        page = self._get("/en/report/check")
        time.sleep(READING)
        began, deadline = time.monotonic(), time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            fields = {
                "csrf_token": _token(page.text),
                "proof": _value(page.text, "proof"),
                "answer": _solve(page.text),
                "notice": "y",
                "do": "send",
            }
            said = self._ask("POST", "/en/report/send", urlencode(fields).encode())
            if said is None or said.status >= _SERVER_ERROR:
                time.sleep(0.1)
                continue
            shown = re.search(r'class="bigcode".*?</p>', said.text, re.DOTALL)
            if said.status == _OK and shown:
                number = re.search(r'class="code">(?:<bdi[^>]*>)?([0-9A-Z-]{11})', said.text)
                code = "".join(re.findall(r"<span>(\d{4})</span>", shown[0]))
                return Receipt(number[1] if number else "", code, story, photos, time.monotonic() - began)
            page = said if said.status != _MOVED else self._get("/en/report/check")
            time.sleep(READING)
        raise GivenUp("report/send")

    def _step(self, path: str, fields: Mapping[str, str], page: str = "") -> Answer:
        """Fetch a page, send its form, until the server has taken it."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            shown = self._get(f"/en/{page or path}")
            body = urlencode({"csrf_token": _token(shown.text), **fields}).encode()
            said = self._ask("POST", f"/en/{path}", body)
            if said is not None and said.status < _SERVER_ERROR:
                if said.status not in {_OK, _MOVED}:
                    raise GivenUp(f"{path}: {said.status}")
                return said
            time.sleep(0.1)
        raise GivenUp(path)

    def _get(self, path: str) -> Answer:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            said = self._ask("GET", path)
            if said is not None and said.status == _MOVED:
                path = urlsplit(said.location).path
            elif said is not None and said.status < _SERVER_ERROR:
                return said
            else:
                time.sleep(0.1)
        raise GivenUp(path)

    def _ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Answer | None:
        """Ask once. None where no whole answer came."""
        where = urlsplit(self.address)
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
        headers = {
            "X-Forwarded-For": self.source,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if method == "POST":
            headers["Content-Type"] = kind or "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _is, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return Answer(answer.status, answer.headers.get("Location") or "", text)


def _part(edge: str, name: str, value: str) -> str:
    return f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'


def _token(page: str) -> str:
    return _value(page, "csrf_token")


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="?{name}"? value="([^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def _solve(page: str) -> str:
    """Answer the question in words that the page asks."""
    found = re.search(r'<label for="answer">(.*?)</label>', page, re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]+>", "", found[1])).lower() if found else ""
    numbers = [_WORDS.index(word) + 1 for word in re.findall(r"[a-z]+", text) if word in _WORDS]
    if not numbers:
        return ""
    if "plus" in text:
        return str(sum(numbers))
    if "minus" in text:
        return str(numbers[0] - numbers[1])
    return str(numbers[0] + 1) if "after" in text else str(max(numbers))
