"""What the page of a text needs beside the text: for readers, and for editors who look at it beforehand."""

from typing import TYPE_CHECKING, Any

from flask import current_app, url_for
from flask_babel import force_locale

from app.areas import queries as areas
from app.areas.queries import AreaCard
from app.core import clock
from app.core.pages import public_address
from app.guide.forms.asking import age_of, tool_address
from app.guide.forms.labels import LABELS
from app.guide.forms.linked import linked, made_by_machine
from app.guide.queries import lists, overlay
from app.guide.queries.texts import Article

if TYPE_CHECKING:
    from app.core.i18n import Languages

UNLISTED = frozenset({"machine", "untranslated", "withdrawn"})
"""Notices of pages that search engines are asked to leave out."""
TEMPLATE = "guide/article.html"


def values(found: Article, area: AreaCard | None = None) -> dict[str, Any]:
    """Return what `TEMPLATE` is rendered with; `area` is the reader's."""
    age = age_of(found.bands)
    on_leave = found.topic == "leave"
    return {
        "article": found,
        "topic": next((topic for topic in lists.topics() if topic.code == found.topic), None),
        "bands": [band for band in lists.bands() if band.code in found.bands],
        "headings": headings(found),
        "of_place": areas.area(found.place) if found.place else None,
        "area": area,
        "leave": overlay.leave(area.code if area else None) if on_leave else None,
        "places": areas.places() if on_leave else (),
        "hotlines": areas.hotlines(_place(area)),
        "linked": linked(found, public_address("guide.article", slug=found.slug)),
        "aigc": made_by_machine(found),
        "unlisted": bool(UNLISTED.intersection(found.notices)),
        "tool_url": tool_address(found.tool),
        "find_url": url_for("facilities.find", age=age, area=area.code if area else None),
        "age": age,
        "today": clock.today(),
    }


def _place(area: AreaCard | None) -> str | None:
    place = areas.place_of(area.code) if area else None
    return place.area if place else None


def headings(found: Article) -> dict[str, dict[str, str]]:
    """Return the headings of blocks in each language that the page shows a text in."""
    registry: Languages = current_app.extensions["languages"]
    shown = {version.language for version in (found.shown, found.original) if version}
    said = {}
    for code in shown:
        locale = (registry.get(code) or registry.offered[0]).locale
        with force_locale(locale):
            said[code] = {kind: str(words) for kind, words in LABELS["guide-block"].items()}
    return said
