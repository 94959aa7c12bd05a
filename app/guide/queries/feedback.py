"""Reads what readers said of texts: the tasks that wait, and how often a text helped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import case, func, select

from app.core.sealing import open_json
from app.extensions import db
from app.guide.model import GuideFeedback

WORDS: Final = "guide.feedback"
"""Context that the words are sealed for."""
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Task:
    """Something a reader wrote. `words` has `more`, or `sentence` and `right`."""

    id: int
    slug: str
    language: str
    revision: int
    kind: str
    helpful: bool | None
    words: Mapping[str, str]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Helped:
    """How often readers said that a text helped, did not help, or is wrongly translated."""

    yes: int
    no: int
    translation: int


def tasks(slug: str | None = None, language: str | None = None) -> tuple[Task, ...]:
    """Return what waits to be read, the oldest first, at most `PAGE`."""
    query = select(GuideFeedback).where(GuideFeedback.state == "open").order_by(GuideFeedback.id).limit(PAGE)
    for column, value in ((GuideFeedback.slug, slug), (GuideFeedback.language, language)):
        if value is not None:
            query = query.where(column == value)
    return tuple(_task(row) for row in db.session.scalars(query))


def _task(row: GuideFeedback) -> Task:
    words = open_json(row.words, WORDS) if row.words else {}
    return Task(row.id, row.slug, row.language, row.revision, row.kind, row.helpful, words, row.made_at)


def helped(slug: str | None = None) -> dict[str, Helped]:
    """Return the counts of a text, or of all that anybody has said something about, by slug."""
    yes = func.sum(case((GuideFeedback.helpful.is_(True), 1), else_=0))
    no = func.sum(case((GuideFeedback.helpful.is_(False), 1), else_=0))
    wrong = func.sum(case((GuideFeedback.kind == "translation", 1), else_=0))
    query = select(GuideFeedback.slug, yes, no, wrong).group_by(GuideFeedback.slug)
    if slug is not None:
        query = query.where(GuideFeedback.slug == slug)
    return {row[0]: Helped(int(row[1]), int(row[2]), int(row[3])) for row in db.session.execute(query)}
