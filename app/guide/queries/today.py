"""One thing to do today: an item of a text's list, another one each day."""

from dataclasses import dataclass
from datetime import date

from flask import current_app
from markupsafe import Markup
from sqlalchemy import select

from app.core.i18n import SOURCE, Languages
from app.core.pages import direction
from app.extensions import db
from app.guide.model import GuideRevision, GuideText
from app.guide.queries import ledger, rendering
from app.guide.queries.revisions import languages_of
from app.guide.rules import blocks


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to do, the text it comes from, and the language both are in."""

    slug: str
    title: Markup
    html: Markup
    language: str
    dir: str
    machine: bool


def thing_to_do(band: str, language: str, today: date, *, links: rendering.Links) -> Thing | None:
    """Return the thing of the day for an age band; None if no text of the band has a list of things to do.

    Texts of life and death are left out: nothing of them is shown alone. The order is that of slugs and
    lines, so every process says the same.
    """
    texts = [
        text
        for text in db.session.scalars(select(GuideText).order_by(GuideText.slug))
        if band in text.bands and text.risk != "R1" and text.place is None
    ]
    registry: Languages = current_app.extensions["languages"]
    had = languages_of({text.slug: text.risk for text in texts}, registry.codes, today)
    live = [each for each in had.values() if each.live and each.source]
    served = {each.versions[each.served(language)].id: each for each in live}
    # The source decides which item it is, so that every language names the same thing on the same day.
    rows = _rows([each.source.id for each in live if each.source])
    items = [(row.slug, n) for row in rows.values() for n in range(len(_items(row.body)))]
    if not items:
        return None
    slug, n = sorted(items)[today.toordinal() % len(items)]
    chosen = next(key for key, each in served.items() if each.slug == slug)
    row = _rows([chosen])[chosen]
    own = _items(row.body)
    if n >= len(own):
        return None
    setting = rendering.setting_of(row.language, ledger.facts(), links=links)
    (shown,) = rendering.render([blocks.Block("do", own[n], 1)], setting)
    return Thing(
        slug,
        rendering.inline(row.title, setting),
        shown.html,
        row.language,
        direction(row.language),
        machine=row.language != SOURCE and row.made_by == "machine" and not row.reviewer,
    )


def _rows(ids: list[int]) -> dict[int, GuideRevision]:
    found = db.session.scalars(select(GuideRevision).where(GuideRevision.id.in_(ids)))
    return {row.id: row for row in found}


def _items(body: str) -> list[str]:
    """Return the items of the lists of things to do, without their marks."""
    return [
        blocks.ITEM.sub("", unit.text, count=1)
        for block in blocks.part(body).blocks
        if block.kind == "do"
        for unit in blocks.units(block)
        if unit.kind == "item"
    ]
