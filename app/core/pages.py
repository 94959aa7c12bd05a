"""What every page has: its language from the URL, the reader's view, filters that isolate foreign text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel import Locale
from flask import Flask, Response, abort, current_app, g, make_response, request, url_for
from flask_babel import format_date, format_decimal
from markupsafe import Markup, escape
from werkzeug.routing import BaseConverter

from app.core import clock, words
from app.core.assets import Asset, Assets
from app.core.i18n import Languages, Text, pick

VIEW_COOKIE = "view"
SIZES = ("m", "l", "xl")
BACKGROUNDS = ("auto", "light", "warm", "dark", "contrast")
LINES = ("normal", "wide")
_LONGEST_QUERY = 2000
"""Bytes of a query that language links carry along; a longer one is somebody's mistake."""
_FAR_FUTURE = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class View:
    """How this reader wants pages to look; a closed vocabulary, so it can be part of a cache key."""

    size: str = SIZES[0]
    background: str = BACKGROUNDS[0]
    line: str = LINES[0]

    @classmethod
    def parse(cls, text: str) -> "View":
        """Read the cookie; anything unexpected is the default."""
        parts = text.split(".")
        if len(parts) != len(cls.__slots__):
            return cls()
        size, background, line = parts
        if size not in SIZES or background not in BACKGROUNDS or line not in LINES:
            return cls()
        return cls(size, background, line)

    def __str__(self) -> str:
        return f"{self.size}.{self.background}.{self.line}"


def language_converter(languages: Languages) -> type[BaseConverter]:
    """Return a URL converter that knows exactly the languages offered."""

    class LanguageConverter(BaseConverter):
        regex = "|".join(re.escape(code) for code in languages.codes)

    return LanguageConverter


def install(app: Flask, languages: Languages, assets: Assets) -> None:
    """Wire languages, static files and template helpers into the app."""
    words.install(app)
    app.url_map.converters["lang"] = language_converter(languages)
    app.extensions["languages"] = languages

    @app.url_value_preprocessor
    def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.lang = (values.pop("lang", None) if values else None) or g.get("lang")

    @app.url_defaults
    def _give_language(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = language()

    @app.route("/static/<path:name>", endpoint="static_asset")
    def _static(name: str) -> Response:
        return _asset_response(assets.by_hash.get(name))

    def asset(name: str) -> str:
        return url_for("static_asset", name=assets.names[name])

    def here(code: str) -> str:
        """Return the address of this same page and query in another language."""
        rule = request.url_rule
        if rule is None or "lang" not in rule.arguments or "GET" not in (rule.methods or ()):
            return url_for("site.home", lang=code)
        values: dict[str, Any] = {**(request.view_args or {}), "lang": code}
        if not g.get("forget_query") and len(request.query_string) <= _LONGEST_QUERY:
            values = {**request.args.to_dict(flat=False), **values}
        return url_for(rule.endpoint, **values)

    app.jinja_env.globals.update(
        asset=asset,
        here=here,
        canonical=canonical,
        languages=languages,
        language=language,
        view=view,
        direction=direction,
        then=then,
    )
    app.jinja_env.filters.update(
        local=local,
        plain=plain,
        foreign=foreign,
        day=day,
        brief_day=brief_day,
        moment=moment,
        there=there,
        isolate=isolate,
        ltr=ltr,
        yuan=yuan,
        number=format_decimal,
        tel=tel,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def public_address(endpoint: str, **values: Any) -> str:
    """Return the full address of a page as readers know it: for sharing, printing and QR codes."""
    chosen: str = current_app.extensions["settings"].public_url
    return chosen + url_for(endpoint, **values) if chosen else url_for(endpoint, _external=True, **values)


_TELLING = ("area",)
"""Parameters that make another page of an address; all others only ask the same page differently."""


def canonical(code: str | None = None) -> str:
    """Return the one full address of this page, in this or another language; "" for a page without one."""
    rule = request.url_rule
    if rule is None or "lang" not in rule.arguments or "GET" not in (rule.methods or ()):
        return ""
    told = {name: request.args[name] for name in _TELLING if name in request.args and "forget_query" not in g}
    values: dict[str, Any] = {**told, **(request.view_args or {}), "lang": code or language()}
    return public_address(rule.endpoint, **values)


def language() -> str:
    """Return the language of this page: the URL's, else what the browser asks for."""
    found = g.get("lang")
    if found:
        return str(found)
    languages: Languages = current_app.extensions["languages"]
    first = request.path.lstrip("/").partition("/")[0]
    g.lang = first if first in languages.codes else languages.match(request.accept_languages)
    return str(g.lang)


def locale() -> Locale:
    """Return Babel's locale of this page."""
    languages: Languages = current_app.extensions["languages"]
    found = languages.get(language())
    return (found or languages.offered[0]).locale


def direction(code: str | None = None) -> str:
    """Return the direction of a language, by default the page's."""
    return _direction(code or language())


@lru_cache
def _direction(code: str) -> str:
    try:
        return Locale.parse(code.replace("-", "_")).text_direction
    except ValueError:
        return "ltr"


def view() -> View:
    """Return the reader's view settings."""
    return View.parse(request.cookies.get(VIEW_COOKIE, ""))


def then() -> str:
    """Return what stands between two sentences: a space, and nothing where the script has none."""
    return "" if language().startswith("zh") else " "


def local(names: Mapping[str, str] | Text | None) -> Markup:
    """Show a content text in the reader's language; text in another one is marked and isolated."""
    if names is None:
        return Markup("")
    text = names if isinstance(names, Text) else pick(names, language())
    if not text or text.lang == language():
        return _in_order(escape(text.text))
    return Markup('<bdi lang="{}">{}</bdi>').format(text.lang, text.text)


_RANGE = re.compile(
    r"(?<![A-Za-z/\d])(?<![A-Za-z/] )(?:[-−+]?\d[\d.,]*(?:\s?[–—-]\s?\d[\d.,]*)+|[-−+]\d[\d.,]*)"
)
"""Ranges and signed numbers; those of a code that begins with letters (`WS/T 423-2022`) keep their order."""


def _in_order(text: Markup) -> Markup:
    """Keep ranges and signed numbers of a text in their own order where the page runs from right to left."""
    if direction() != "rtl" or not _RANGE.search(text):
        return text
    return Markup(_RANGE.sub(lambda found: f'<bdi dir="ltr">{found[0]}</bdi>', str(text)))  # noqa: S704 - escaped above


def plain(names: Mapping[str, str]) -> str:
    """Return a content text in the reader's language for places that hold no markup, such as an option."""
    return pick(names, language()).text


def foreign(names: Mapping[str, str]) -> Markup:
    """Return the `lang` attribute that `plain` needs where the text is in another language than the page."""
    text = pick(names, language())
    return Markup("") if not text or text.lang == language() else Markup(" lang={}").format(text.lang)


def isolate(value: object) -> Markup:
    """Keep a name or a phrase together whatever direction surrounds it."""
    return Markup("<bdi>{}</bdi>").format(value)


def ltr(value: object) -> Markup:
    """Keep a code, a range or a time in its own left-to-right order."""
    return Markup('<bdi dir="ltr" class="nb">{}</bdi>').format(value)


def tel(number: str) -> Markup:
    """Return a telephone number as a link that keeps its order."""
    return Markup('<a href="tel:{0}" class="nb"><bdi dir="ltr">{0}</bdi></a>').format(number)


def day(value: date | str | None) -> Markup:
    """Return a date, also of a moment or a stored `2026-11-22`, in words, machine-readable and isolated."""
    if value is None:
        return Markup("")
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.astimezone(clock.ZONE).date()
    shown = format_date(value, "long")
    return Markup('<time datetime="{}" class="nb"><bdi>{}</bdi></time>').format(value.isoformat(), shown)


def brief_day(value: date) -> Markup:
    """Return a date for people only and in few bytes: for lists that travel over slow networks."""
    shown = Markup("{}").format(format_date(value, "medium"))
    return shown if direction() == "ltr" else Markup("<bdi>{}</bdi>").format(shown)


def moment(value: datetime | None) -> Markup:
    """Return a moment as day and time in the country's zone, machine-readable and isolated."""
    if value is None:
        return Markup("")
    there = value.astimezone(clock.ZONE)
    shown = format_date(there.date(), "long")
    return Markup('<time datetime="{}"><bdi>{} {}</bdi></time>').format(
        there.isoformat(timespec="minutes"), shown, there.strftime("%H:%M")
    )


def there(value: datetime) -> datetime:
    """Return a moment in the country's zone."""
    return value.astimezone(clock.ZONE)


def yuan(fen: int) -> Markup:
    """Return an amount in yuan with its sign, such as ¥1,280 or ¥12.50."""
    amount = f"{fen / 100:,.0f}" if fen % 100 == 0 else f"{fen / 100:,.2f}"
    return Markup('<bdi dir="ltr" class="nb">¥{}</bdi>').format(amount)


def _asset_response(asset: Asset | None) -> Response:
    if asset is None:
        abort(404)
    encoding = request.accept_encodings.best_match(list(asset.encodings)) if asset.encodings else None
    response = make_response(asset.encodings[encoding] if encoding else asset.body)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.mimetype = asset.mimetype
    response.headers["Cache-Control"] = _FAR_FUTURE
    response.vary.add("Accept-Encoding")
    response.set_etag(asset.etag + (encoding or ""))
    response.make_conditional(request)
    return response
