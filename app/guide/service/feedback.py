"""Takes in what readers say of texts: counted, and a task for editors where there is something to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select, update

from app.core import clock
from app.core.sealing import seal_json
from app.extensions import db
from app.guide.model import GuideFeedback
from app.guide.queries.feedback import WORDS

_MOST_OPEN: Final = 200
"""Tasks of one text that may wait; more are counted and their words not kept."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader says of a text in a language as it stood in a revision."""

    slug: str
    language: str
    revision: int
    kind: str
    helpful: bool | None
    words: Mapping[str, str]


def take(said: Said) -> None:
    """Keep it and commit. Nothing is kept of who said it."""
    waiting = db.session.scalar(
        select(func.count()).where(GuideFeedback.slug == said.slug, GuideFeedback.state == "open")
    )
    kept = bool(said.words) and (waiting or 0) < _MOST_OPEN
    db.session.add(
        GuideFeedback(
            slug=said.slug,
            language=said.language,
            revision=said.revision,
            kind=said.kind,
            helpful=said.helpful,
            words=seal_json(dict(said.words), WORDS) if kept else None,
            state="open" if kept else "done",
            made_at=clock.now(),
        )
    )
    db.session.commit()


def close(identity: int, account: str) -> bool:
    """Say that somebody read it, and erase the words; False if it was closed. The caller commits."""
    done = db.session.execute(
        update(GuideFeedback)
        .where(GuideFeedback.id == identity, GuideFeedback.state == "open")
        .values(state="done", words=None, decided_at=clock.now(), decided_by=account)
    )
    return bool(getattr(done, "rowcount", 0))
