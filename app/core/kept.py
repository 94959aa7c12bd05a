"""Public answers are told apart before the work is done, and the newest are kept in this process.

What a public answer depends on is its address, the reader's view, the version of the public data, the
program itself, and the day: it holds until midnight (Asia/Shanghai), or until a moment that the page names
(`until`). From these an ETag is made when a request arrives. We hand one out with a full public answer only,
so who shows one that still holds has that answer already: 304. Else, if this process has given the very same
answer before, that is sent again. A change of public data (`db.touch_data`) is a new version, so every
process sees it at once.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from urllib.parse import unquote_plus

from flask import Flask, Response, g, request
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock
from app.core.codes import without_identity_numbers
from app.core.db import present_version
from app.core.pages import view

ROOM = 8 * 1024 * 1024
"""Bytes of answers that one process keeps."""
LARGEST = 96 * 1024
"""Bytes of the largest answer that is kept."""
_LONGEST_QUERY = 2000
_MOST_TAGS = 8
_HASH = 15
_PUBLIC = "public, max-age=60, stale-while-revalidate=600"
_OWN = frozenset({"Date", "Content-Length", "Set-Cookie"})
"""Headers that are made anew for each answer."""
_CODE = ("*.py", "*.html", "*.xml", "*.mo", "*.csv", "*.css", "*.js", "*.svg")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was sent, and until when it holds."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    until: float


class Shelf:
    """Answers by key, the least recently asked for leaving first when there is no room."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._held: OrderedDict[bytes, Kept] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: bytes, now: float) -> Kept | None:
        """Return what was kept under a key, if it still holds."""
        with self._lock:
            found = self._held.get(key)
            if found is None or found.until <= now:
                return None
            self._held.move_to_end(key)
            return found

    def put(self, key: bytes, kept: Kept) -> None:
        """Keep an answer; one that is too large is not kept."""
        if len(kept.body) > LARGEST:
            return
        with self._lock:
            self._drop(key)
            self._held[key] = kept
            self._size += len(kept.body)
            while self._size > self._room:
                self._drop(next(iter(self._held)))

    def _drop(self, key: bytes) -> None:
        old = self._held.pop(key, None)
        self._size -= len(old.body) if old else 0

    def __len__(self) -> int:
        return len(self._held)


class _Door:
    """What happens before and after each request."""

    def __init__(self, app: Flask) -> None:
        self._build = _build(app)
        self._secret = str(app.config["SECRET_KEY"]).encode()[:64]
        self.shelf = Shelf()

    def ask(self) -> Response | None:
        """Answer from what the reader has, or from the shelf; None lets the page be made."""
        if request.method not in {"GET", "HEAD"} or request.endpoint in {None, "static_asset"}:
            return None
        key = self._key()
        if key is None:
            return None
        g.kept_key = key
        now = clock.now().timestamp()
        held = self.shelf.get(key + _encodings(), now)
        shown = next((tag for tag in _shown_tags() if self._holds(tag, key, now)), None)
        if shown:
            return _unchanged(shown, held)
        if held is None:
            return None
        g.kept_key = None
        response = Response(held.body)
        response.headers.clear()
        response.headers.extend(held.headers)
        response.headers["Content-Length"] = str(len(held.body))
        return response

    def keep(self, response: Response) -> Response:
        """Give a public answer its ETag and keep it."""
        key = g.get("kept_key")
        caching = response.headers.get("Cache-Control", "")
        if key is None or response.status_code != 200 or not caching.startswith("public"):  # noqa: PLR2004
            return response
        if response.get_etag()[0]:  # the answer itself decides, see `headers.public`
            response.make_conditional(request)
            return response
        now = clock.now()
        end = min(filter(None, (_midnight(now), g.get("kept_until"))))
        response.set_etag(self._tag(key, end), weak=True)
        left, caching_of = max(0, int((end - now).total_seconds())), response.cache_control
        caching_of.max_age = min(caching_of.max_age or 0, left)
        stale = caching_of.stale_while_revalidate or 0
        caching_of.stale_while_revalidate = min(stale, left - caching_of.max_age)
        if not (response.is_streamed or _is_forgotten() or "Set-Cookie" in response.headers):
            headers = tuple((name, value) for name, value in response.headers if name not in _OWN)
            self.shelf.put(key + _encodings(), Kept(response.get_data(), headers, end.timestamp()))
        return response

    def _key(self) -> bytes | None:
        """Return the digest of everything the answer depends on; None without a database."""
        if len(request.query_string) > _LONGEST_QUERY:
            return None
        try:
            version = present_version()
        except SQLAlchemyError:
            return None
        asked = (request.host_url, request.path, request.query_string, view())
        parts = (self._build, version, clock.today(), *asked)
        return self._digest("\0".join(map(str, parts)).encode("utf-8", "surrogatepass"))

    def _tag(self, key: bytes, end: datetime) -> str:
        until = int(end.timestamp())
        return f"{self._digest(key + until.to_bytes(8)).hex()}-{until:x}"

    def _holds(self, tag: str, key: bytes, now: float) -> bool:
        """Tell whether a tag was given out with the present answer and its time is not over."""
        try:
            until = int(tag.partition("-")[2], 16)
            return until > now and tag == self._tag(key, datetime.fromtimestamp(until, clock.ZONE))
        except (ValueError, OverflowError, OSError):
            return False

    def _digest(self, text: bytes) -> bytes:
        return hashlib.blake2b(text, key=self._secret, digest_size=_HASH).digest()


def install(app: Flask) -> None:
    """Keep public answers. Called when everything else is installed: answers are kept as they leave."""
    door = _Door(app)
    app.extensions["kept"] = door.shelf
    app.before_request(door.ask)
    app.after_request_funcs.setdefault(None, []).insert(0, door.keep)


def until(moment: datetime) -> None:
    """Say that the answer being made holds no longer than until a moment, such as the end of an offer."""
    held = g.get("kept_until")
    g.kept_until = min(held, moment) if held else moment


def forget() -> None:
    """Say that the answer being made is not kept in memory, such as one that names somebody's position."""
    g.kept_forget = True


def _is_forgotten() -> bool:
    """Tell whether an answer is not to be kept: its page says so, or an identity number was asked for."""
    asked = unquote_plus(request.query_string.decode("latin-1"))
    return bool(g.get("kept_forget") or g.get("forget_query") or without_identity_numbers(asked) != asked)


def _midnight(now: datetime) -> datetime:
    tomorrow = now.astimezone(clock.ZONE).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), clock.ZONE)


def _encodings() -> bytes:
    return request.headers.get("Accept-Encoding", "")[:200].encode("latin-1", "replace")


def _shown_tags() -> Iterable[str]:
    """Return the ETags that a reader shows, without their marks."""
    shown = request.headers.get("If-None-Match", "")
    tags = shown.split(",", _MOST_TAGS)[:_MOST_TAGS] if shown else ()
    return [tag.strip().removeprefix("W/").strip('"') for tag in tags]


def _unchanged(tag: str, held: Kept | None) -> Response:
    response = Response(status=304)
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = dict(held.headers).get("Cache-Control", _PUBLIC) if held else _PUBLIC
    response.vary.update(("Accept-Encoding", "Cookie"))
    return response


def _build(app: Flask) -> str:
    """Return a digest of the program, its words and how the operator set it up."""
    settings = app.extensions["settings"]
    chosen = (settings.brand, settings.prefix, settings.public_url, settings.sample)
    found = hashlib.sha256(repr(chosen).encode())
    for folder in (Path(app.root_path), settings.translations):
        for path in sorted(path for pattern in _CODE for path in folder.rglob(pattern)):
            found.update(path.name.encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:16]
