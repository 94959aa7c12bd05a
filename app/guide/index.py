"""The text index of guidance: Whoosh where it is fresh, the database itself where it is not.

A document is a published revision, `slug:language`. Its words are those of the text without figures, which
the ledger holds. Uyghur texts can be found in Latin letters as well (`app.search.uyghur`), titles of Chinese
ones and what parents call their subjects in pinyin (`app.search.usual`).
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from flask import current_app
from sqlalchemy import Select, or_, select

from app.core import clock
from app.core.i18n import SOURCE
from app.core.remembered import remembered
from app.extensions import db
from app.guide.loading.lists import synonyms
from app.guide.model import GuideRevision, GuideText
from app.guide.rules.blocks import part, without_marks
from app.search.engine import Document, Hits, IndexUnavailableError, Similar, TextIndex, entry
from app.search.query import parse
from app.search.shelf import Shelf
from app.search.usual import usual_readings
from app.search.uyghur import latin
from app.search.whoosh_index import WhooshIndex

KIND: Final = "guide"
_MAKE: Final = 2
"""Raised when documents are made otherwise, so that older indexes count as stale."""
_BYTES: Final = 7
"""Of the digest that is the version: whole numbers of any database and of JSON hold it."""
T = TypeVar("T")


def documents() -> Iterator[Document]:
    """Yield every published text in every language, by slug and language."""
    for row in db.session.scalars(_published(GuideRevision)):
        words = [block.text for block in part(row.body).blocks]
        lines = [line for text in words for line in without_marks(text).split("\n") if line.strip(" |-")]
        fields = {
            "name": _value(row.title),
            "alias": "|".join([_value(row.summary), *_other_words(row)]),
            "other": "|".join(map(_value, lines)),
        }
        spelled = latin(" ".join([row.title, row.summary, *lines])) if row.language == "ug" else ""
        if spelled:
            fields["other"] += f"|{spelled}"
        spoken = usual_readings([fields["name"], *_other_words(row)]) if row.language == SOURCE else ""
        yield Document(f"{row.slug}:{row.language}", fields, spoken)


def _other_words(row: GuideRevision) -> list[str]:
    """Return what parents type for words that a Chinese text has (`guide/synonyms.csv`)."""
    if row.language != SOURCE:
        return []
    words = f"{row.title}\n{row.summary}\n{row.body}"
    content = current_app.extensions["settings"].content
    return [also for term, others in synonyms(content) if term in words for also in others]


def _value(text: str) -> str:
    return without_marks(text).replace("|", " ")


def _published(entity: type[GuideRevision]) -> Select[GuideRevision]:
    stays = or_(entity.expires_on.is_(None), entity.expires_on > clock.today())
    query = select(entity).join(GuideText, GuideText.slug == entity.slug)
    return query.where(entity.state == "published", stays).order_by(entity.slug, entity.language)


def wanted_version() -> int:
    """Return a number that changes whenever another set of revisions is published."""
    ids = db.session.scalars(_published(GuideRevision).with_only_columns(GuideRevision.id)).all()
    words = synonyms(current_app.extensions["settings"].content)
    told = f"{_MAKE}{sorted(ids)}{words}"
    digest = hashlib.blake2b(told.encode(), digest_size=_BYTES).digest()
    return int.from_bytes(digest)


class FromDatabase:
    """The engine that reads the published texts themselves: a few hundred, so it can."""

    def search(self, query: str) -> Hits:
        """See `TextIndex`."""
        return _shelf().search(parse(query), {})

    def similar(self, query: str) -> Similar:
        """See `TextIndex`."""
        return _shelf().similar(parse(query))


@remembered
def _shelf() -> Shelf:
    return Shelf.of(map(entry, documents()))


def embedded() -> WhooshIndex:
    """Return the engine that reads the index directory; one object a process."""
    held = current_app.extensions.get("guide_index")
    if held is None:
        held = WhooshIndex(current_app.extensions["settings"].index / KIND)
        current_app.extensions["guide_index"] = held
    assert isinstance(held, WhooshIndex)  # noqa: S101 - for the type checker
    return held


def is_fresh() -> bool:
    """Tell whether the embedded index was built from the texts as they are now."""
    return embedded().version() == wanted_version()


def search(text: str) -> Hits:
    """Find texts; an index that is missing, damaged or behind is answered for by the database."""
    return _answered(lambda index: index.search(text))


def similar(text: str) -> Similar:
    """Find texts that nearly match, none that `search` finds; as safe as `search`."""
    return _answered(lambda index: index.similar(text))


def _answered(ask: Callable[[TextIndex | FromDatabase], T]) -> T:
    index = embedded()
    if index.version() == _wanted():
        try:
            return ask(index)
        except IndexUnavailableError:
            pass
    return ask(FromDatabase())


_wanted = remembered(wanted_version)
