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
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as day_time
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import unquote_plus

from flask import Flask, Response, g, request
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.http import parse_cookie

from app.core import clock, logs
from app.core.codes import without_identity_numbers
from app.core.db import present_version
from app.core.pages import VIEW_COOKIE, View
from app.core.remembered import VERSION
from app.extensions import db

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
_OF_BODY = frozenset({"Content-Type", "Content-Length", "Content-Encoding", "Content-Language", "ETag"})
"""Headers that an answer without a body has not, or has anew."""
_ASSETS = "/static/"
_USUAL_VIEW = str(View())
_KEY = "tuoyu.kept"
"""Where a request has the digest of what its answer depends on."""
_CODE = ("*.py", "*.html", "*.xml", "*.mo", "*.csv", "*.css", "*.js", "*.svg")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was sent, and until when it holds."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    until: float
    endpoint: str = ""


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
        self._app = app
        self._build = app.extensions["build"] = _build(app)
        self._secret = str(app.config["SECRET_KEY"]).encode()[:64]
        self._bound: Engine | None = None
        self.shelf = Shelf()

    def held(self, environ: dict[str, Any]) -> tuple[Kept, str] | None:
        """Return what is kept for a request, with the ETag its reader showed if that holds, else "".

        What the answer depends on is noted in the request, for `ask` and `keep`.
        """
        key = self._key(environ)
        environ[_KEY] = key
        if key is None:
            return None
        now = clock.now().timestamp()
        found = self.shelf.get(key + _encodings(environ), now)
        return (found, self._shown(environ, key, now)) if found else None

    def ask(self) -> Response | None:
        """Answer from what the reader has, where nothing is kept; None lets the page be made."""
        key = request.environ.get(_KEY)
        if key is None or request.endpoint is None:
            return None
        g.kept_key = key
        shown = self._shown(request.environ, key, clock.now().timestamp())
        return _unchanged(shown) if shown else None

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
            body = response.get_data()
            headers = [(name, value) for name, value in response.headers if name not in _OWN]
            headers.append(("Content-Length", str(len(body))))
            kept = Kept(body, tuple(headers), end.timestamp(), request.endpoint or "")
            self.shelf.put(key + _encodings(request.environ), kept)
        return response

    def _key(self, environ: dict[str, Any]) -> bytes | None:
        """Return the digest of everything the answer depends on; None if it is not to be kept."""
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        is_asked = environ["REQUEST_METHOD"] in {"GET", "HEAD"} and not path.startswith(_ASSETS)
        if not is_asked:
            return None
        try:
            version = present_version(self._engine())
        except SQLAlchemyError:
            return None
        environ[VERSION] = version
        if len(query) > _LONGEST_QUERY:
            return None
        where = (environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""), environ.get("SCRIPT_NAME", ""))
        asked = (*where, path, query, _view(environ))
        parts = (self._build, str(version), clock.today().isoformat(), *asked)
        return self._digest("\0".join(parts).encode("utf-8", "surrogatepass"))

    def _engine(self) -> Engine:
        if self._bound is None:
            with self._app.app_context():
                self._bound = db.engine
        return self._bound

    def _shown(self, environ: dict[str, Any], key: bytes, now: float) -> str:
        return next((tag for tag in _shown_tags(environ) if self._holds(tag, key, now)), "")

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


class _Front:
    """WSGI middleware that sends what is kept."""

    def __init__(self, inner: Callable[..., Iterable[bytes]], door: _Door) -> None:
        self._inner = inner
        self._door = door

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        started = perf_counter()
        held = self._door.held(environ)
        if held is None:
            return self._inner(environ, start_response)
        kept, shown = held
        method = environ["REQUEST_METHOD"]
        logs.answered(kept.endpoint, method, 304 if shown else 200, started)
        if shown:
            headers = [(name, value) for name, value in kept.headers if name not in _OF_BODY]
            start_response("304 NOT MODIFIED", [*headers, ("ETag", f'W/"{shown}"')])
            return ()
        start_response("200 OK", list(kept.headers))
        return () if method == "HEAD" else (kept.body,)


def install(app: Flask) -> None:
    """Keep public answers. Called when everything else is installed: answers are kept as they leave."""
    door = _Door(app)
    app.extensions["kept"] = door.shelf
    app.wsgi_app = _Front(app.wsgi_app, door)  # type: ignore[method-assign]
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
    return datetime.combine(tomorrow, day_time(), clock.ZONE)


def _encodings(environ: dict[str, Any]) -> bytes:
    found: str = environ.get("HTTP_ACCEPT_ENCODING", "")
    return found[:200].encode("latin-1", "replace")


def _view(environ: dict[str, Any]) -> str:
    cookies: str = environ.get("HTTP_COOKIE", "")
    chosen = parse_cookie(cookies).get(VIEW_COOKIE, "") if VIEW_COOKIE in cookies else ""
    return str(View.parse(chosen)) if chosen else _USUAL_VIEW


def _shown_tags(environ: dict[str, Any]) -> Iterable[str]:
    """Return the ETags that a reader shows, without their marks."""
    shown = environ.get("HTTP_IF_NONE_MATCH", "")
    tags = shown.split(",", _MOST_TAGS)[:_MOST_TAGS] if shown else ()
    return [tag.strip().removeprefix("W/").strip('"') for tag in tags]


def _unchanged(tag: str) -> Response:
    response = Response(status=304)
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = _PUBLIC
    response.vary.update(("Accept-Encoding", "Cookie"))
    return response


def _build(app: Flask) -> str:
    """Return a digest of the program, its words and how the operator set it up."""
    settings = app.extensions["settings"]
    chosen = (settings.brand, settings.prefix, settings.public_url, settings.sample)
    program = _program(Path(app.root_path), settings.translations)
    return hashlib.sha256(f"{chosen!r} {program}".encode()).hexdigest()[:16]


@cache
def _program(*folders: Path) -> str:
    """Return a digest of the code and words in some folders: a process keeps those it began with."""
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for pattern in _CODE for path in folder.rglob(pattern)):
            found.update(path.name.encode())
            found.update(path.read_bytes())
    return found.hexdigest()
