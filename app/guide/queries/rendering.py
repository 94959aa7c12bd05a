"""Turns the words of a text into HTML: the one place of guidance that returns Markup.

CommonMark without HTML and pictures, with tables; bold is taken first, because its rules do not know Chinese
punctuation. Figures and links are put in after the HTML was cleaned against a closed list of tags.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

import nh3
from babel import Locale
from babel.dates import format_date, format_skeleton
from flask import current_app
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from app.core.pages import isolate, tel
from app.guide.queries import figures
from app.guide.rules.blocks import PLACEHOLDER, Block, Placeholder, placeholders
from app.guide.rules.editing import BLANK
from app.guide.rules.ledger import Fact

if TYPE_CHECKING:
    from app.core.i18n import Languages

Links = Callable[[str, str], str | None]
"""Gives the address of a link by scheme and value (`guide`, `fever`); None: its words stand alone."""
_TAGS: Final = {
    "p", "h2", "h3", "ul", "ol", "li", "strong", "a", "table", "thead", "tbody", "tr", "th", "td", "br"
}  # fmt: skip
_ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}}
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_BLANK: Final = re.compile(rf"^{BLANK}[ \t]*(\n+|$)")
_OPEN, _CLOSE, _HELD, _END, _LATER, _THERE = "\ue001", "\ue002", "\ue003", "\ue004", "\ue005", "\ue006"
_KEPT: Final = re.compile(f"{_HELD}(\\d+){_END}")
_LATE: Final = re.compile(f"{_LATER}(.*?){_THERE}([^<，。；、：！？（）,.;:!?()،؛؟]*)", re.DOTALL)
"""The mark of a bare number and the words up to the next pause: 12 months¹, never 12¹ months."""
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A block ready for a page; `kind` is `text` or a container's. Headings are `h2` and `h3` within."""

    kind: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Setting:
    """What words are rendered with: a language, the facts, numbers of sources and telephones, addresses."""

    language: str
    locale: Locale
    facts: Mapping[str, Fact]
    marks: Mapping[str, int]
    """The number in the list of sources, by id."""
    phones: Mapping[str, str]
    links: Links
    mark_figures: bool = False
    """Figures too carry the number of their source, not only statements."""


def setting_of(
    language: str,
    facts: Mapping[str, Fact],
    *,
    marks: Mapping[str, int] | None = None,
    phones: Mapping[str, str] | None = None,
    links: Links = lambda _scheme, _value: None,
    mark_figures: bool = False,
) -> Setting:
    """Return what words of a language are rendered with."""
    registry: Languages = current_app.extensions["languages"]
    locale = (registry.get(language) or registry.offered[0]).locale
    return Setting(language, locale, facts, marks or {}, phones or {}, links, mark_figures)


def render(blocks: Iterable[Block], setting: Setting) -> tuple[Shown, ...]:
    """Return blocks ready for a page; what only holds a place in a draft is left out."""
    said = ((block.kind, _BLANK.sub("", block.text)) for block in blocks)
    return tuple(Shown(kind, _html(text, setting)) for kind, text in said if text)


def inline(text: str, setting: Setting) -> Markup:
    """Return a title or a summary: its figures isolated, nothing else in it."""
    held = [_value(each, setting) for each in placeholders(text)]
    return _put_in(str(escape(_hold(text))), held)


def plain(text: str, setting: Setting) -> str:
    """Return a title or a summary for places that hold no markup; a range is isolated by characters."""
    return PLACEHOLDER.sub(lambda found: _plain(_one(found), setting), text).strip()


def _html(text: str, setting: Setting) -> Markup:
    held = [_value(each, setting) for each in placeholders(text)]
    words = _BOLD.sub(f"{_OPEN}\\1{_CLOSE}", _hold(text))
    tokens = _markdown().parse(words)
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                child.attrs["href"] = _address(str(child.attrs.get("href", "")), setting) or ""
    raw = _markdown().renderer.render(tokens, _markdown().options, {})
    raw = raw.replace(_OPEN, "<strong>").replace(_CLOSE, "</strong>")
    clean = nh3.clean(
        raw,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel="noopener",
    )
    clean = re.sub(r'<a(?: href="")?(?: rel="noopener")?>(.*?)</a>', r"\1", clean, flags=re.DOTALL)
    return _put_in(clean, held)


def _address(target: str, setting: Setting) -> str | None:
    scheme, _, value = target.partition(":")
    return target if scheme == "https" else setting.links(scheme, value)


@cache
def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    return reader.disable(["image", "code", "fence", "html_block", "html_inline", "autolink", "emphasis"])


def _hold(text: str) -> str:
    """Return a text with a numbered mark in the place of each of its braces."""
    count = iter(range(len(text)))
    return PLACEHOLDER.sub(lambda _found: f"{_HELD}{next(count)}{_END}", _PRIVATE.sub("", text))


def _put_in(html: str, held: Sequence[Markup]) -> Markup:
    """Put values in the place of their marks. The text around them is clean HTML or escaped."""
    whole = _KEPT.sub(lambda found: str(held[int(found[1])]), html)
    return Markup(_LATE.sub(r"\2\1", whole))  # noqa: S704 - cleaned by nh3 or escaped


def _one(found: re.Match[str]) -> Placeholder:
    return placeholders(found[0])[0]


def _value(each: Placeholder, setting: Setting) -> Markup:
    if each.kind in {"fact", "claim"}:
        fact = setting.facts.get(each.key)
        if fact is None:
            return Markup("")
        mark = _mark(fact, setting) if each.kind == "claim" or setting.mark_figures else Markup("")
        if each.kind == "claim" or fact.low is None:
            return mark
        if each.bare and mark:
            mark = Markup("{}{}{}").format(_LATER, mark, _THERE)
        return figures.show(fact.figure, setting.language, bare=each.bare) + mark
    if each.kind == "tel":
        return tel(setting.phones[each.key]) if each.key in setting.phones else Markup("")
    if each.kind == "date":
        day = date.fromisoformat(each.key)
        shown = format_date(day, "long", locale=setting.locale)
        return Markup('<time datetime="{}" class="nb"><bdi>{}</bdi></time>').format(each.key, shown)
    return isolate(_plain(each, setting))


def _mark(fact: Fact, setting: Setting) -> Markup:
    """Return the small number of a fact's source, which leads to it and never begins a line."""
    number = setting.marks.get(fact.source)
    if number is None:
        return Markup("")
    return Markup('\u2060<sup class="source"><a href="#source-{0}"><bdi>{0}</bdi></a></sup>').format(number)


def _plain(each: Placeholder, setting: Setting) -> str:
    if each.kind in {"fact", "claim"}:
        fact = setting.facts.get(each.key)
        if fact is None or each.kind == "claim" or fact.low is None:
            return ""
        said = figures.say(fact.figure, setting.language, bare=each.bare)
        ranged = fact.high is not None and setting.locale.text_direction == "rtl"
        return f"\u2068{said}\u2069" if ranged else said
    if each.kind == "tel":
        return setting.phones.get(each.key, "")
    if each.kind == "month":
        return format_skeleton("yMMMM", date.fromisoformat(f"{each.key}-01"), locale=setting.locale)
    if each.kind == "date":
        return format_date(date.fromisoformat(each.key), "long", locale=setting.locale)
    return each.key
