"""The list of texts for their writers: what languages have, what waits, is overdue or was reported."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app
from markupsafe import Markup
from sqlalchemy import func, select

from app.accounts.rules import Target
from app.core.i18n import SOURCE
from app.core.pages import direction
from app.extensions import db
from app.guide.model import GuideFeedback, GuideRevision, GuideText
from app.guide.queries import ledger, rendering
from app.guide.queries.editing import due, target_of
from app.guide.queries.revisions import Languages, languages_of
from app.guide.rules import editing
from app.guide.rules.texts import Record
from app.guide.rules.vocabulary import State

SIGN = "sign"
FLAGS = ("waiting", "overdue", "reported", "drafts", SIGN)
"""What a list can be narrowed to: a second person is waited for; to be looked at again; readers reported
something; somebody is writing; the one who looks may sign it (`queries.to_sign`)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is asked for; "" is everything."""

    text: str = ""
    topic: str = ""
    language: str = ""
    state: str = ""
    flag: str = ""


@dataclass(frozen=True, slots=True)
class InLanguage:
    """What one language has of a text: its state, and an unpublished draft or "".

    `draft`: somebody writes; `in_review`: a second person is waited for; `scheduled`: its day is.
    """

    language: str
    state: State
    draft: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A text in the list. `due` is the day by which it is to be looked at again, once it is overdue."""

    slug: str
    topic: str
    kind: str
    risk: str
    place: str | None
    language: str
    dir: str
    title: Markup
    languages: tuple[InLanguage, ...]
    due: date | None
    reports: int


def texts(
    wanted: Wanted, within: Callable[[Target], bool], language: str, today: date, slug: str = ""
) -> list[Listed]:
    """Return the texts that somebody may change and that fit, what is most urgent first, then by slug."""
    query = select(GuideText).order_by(GuideText.slug)
    rows = [
        row
        for row in db.session.scalars(query.where(GuideText.slug == slug) if slug else query)
        if within(target_of(row.place)) and wanted.topic in {"", row.topic}
    ]
    codes: tuple[str, ...] = current_app.extensions["languages"].codes
    had = languages_of({row.slug: row.risk for row in rows}, codes, today)
    revisions, reports = _revisions(), _reports()
    found = [
        _listed(row, had[row.slug], revisions.get(row.slug, {}), reports.get(row.slug, 0), language, today)
        for row in rows
        if not wanted.text or _says(revisions.get(row.slug, {}), row.slug, wanted.text)
    ]
    return sorted(
        (each for each in found if _fits(each, wanted)),
        key=lambda each: (not _waits(each), each.due is None, not each.reports, each.slug),
    )


def _listed(
    row: GuideText,
    had: Languages,
    revisions: Mapping[str, list[Any]],
    reports: int,
    language: str,
    today: date,
) -> Listed:
    served = had.served(language) if had.live else SOURCE
    mine = revisions.get(served) or revisions[SOURCE]
    shown = mine[editing.head([each.state for each in mine]) or 0]
    source = next((each for each in reversed(revisions[SOURCE]) if each.state == "published"), None)
    day = due(Record.from_json(source.record), source.reviewed_on) if source else None
    return Listed(
        slug=row.slug,
        topic=row.topic,
        kind=row.kind,
        risk=row.risk,
        place=row.place,
        language=served,
        dir=direction(served),
        title=rendering.inline(shown.title, rendering.setting_of(served, ledger.facts())),
        languages=tuple(
            InLanguage(code, had.state(code), _draft(revisions.get(code, []))) for code in had.standings
        ),
        due=day if day and day < today else None,
        reports=reports,
    )


def _draft(rows: list[Any]) -> str:
    at = editing.head([row.state for row in rows])
    if at is None or rows[at].state not in editing.OPEN:
        return ""
    return "scheduled" if rows[at].publish_on else str(rows[at].state)


def _waits(each: Listed) -> bool:
    return any(one.draft == "in_review" for one in each.languages)


def _fits(each: Listed, wanted: Wanted) -> bool:
    ones = [one for one in each.languages if wanted.language in {"", one.language}]
    if wanted.state and not any(one.state == wanted.state for one in ones):
        return False
    return {
        "waiting": any(one.draft == "in_review" for one in ones),
        "overdue": each.due is not None,
        "reported": each.reports > 0,
        "drafts": any(one.draft for one in ones),
    }.get(wanted.flag, True)


def _says(revisions: Mapping[str, list[Any]], slug: str, text: str) -> bool:
    asked = text.casefold()
    return asked in slug or any(
        asked in f"{row.title}\n{row.summary}".casefold() for rows in revisions.values() for row in rows[-1:]
    )


def _revisions() -> dict[str, dict[str, list[Any]]]:
    columns = (
        GuideRevision.slug, GuideRevision.language, GuideRevision.n, GuideRevision.state, GuideRevision.title,
        GuideRevision.summary, GuideRevision.record, GuideRevision.reviewed_on, GuideRevision.publish_on,
    )  # fmt: skip
    found: dict[str, dict[str, list[Any]]] = {}
    row: Any
    for row in db.session.execute(select(*columns).order_by(GuideRevision.n)):
        found.setdefault(row.slug, {}).setdefault(row.language, []).append(row)
    return found


def _reports() -> dict[str, int]:
    query = select(GuideFeedback.slug, func.count()).where(GuideFeedback.state == "open")
    return {row[0]: row[1] for row in db.session.execute(query.group_by(GuideFeedback.slug))}
