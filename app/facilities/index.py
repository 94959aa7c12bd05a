"""The text index of facilities: Whoosh where it is fresh, the database itself where it is not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from flask import current_app
from sqlalchemy import Connection, Table

from app.core.db import text_version
from app.core.remembered import remembered
from app.extensions import db
from app.facilities.model import SearchText
from app.search.engine import Hits, IndexUnavailableError, Similar, TextIndex
from app.search.sql_index import SqlIndex
from app.search.whoosh_index import WhooshIndex

KIND = "facility"
T = TypeVar("T")


@contextmanager
def _present_transaction() -> Iterator[Connection]:
    yield db.session.connection()


def from_database() -> SqlIndex:
    """Return the engine that reads the database, inside the present transaction."""
    table = SearchText.__table__
    assert isinstance(table, Table)  # noqa: S101 - for the type checker
    return SqlIndex(table, _present_transaction, KIND)


def embedded() -> WhooshIndex:
    """Return the engine that reads the index directory; one object a process."""
    held = current_app.extensions.get("facility_index")
    if held is None:
        held = WhooshIndex(current_app.extensions["settings"].index / KIND)
        current_app.extensions["facility_index"] = held
    assert isinstance(held, WhooshIndex)  # noqa: S101 - for the type checker
    return held


def is_fresh() -> bool:
    """Tell whether the embedded index was built from the texts as they are now."""
    return embedded().version() == text_version()


def is_usable() -> bool:
    """Tell whether the embedded index can be read, fresh or not."""
    return embedded().version() is not None


def search(text: str) -> Hits:
    """Find facilities by text.

    An index that is missing, damaged or behind never takes the finder down: the database answers in its
    place, with the same results.
    """
    return _answered(lambda index: index.search(text), Hits((), (), (), truncated=False))


def similar(text: str) -> Similar:
    """Find facilities whose names nearly match a text, none that `search` finds; as safe as `search`."""
    return _answered(lambda index: index.similar(text), Similar((), ()))


def _answered(ask: Callable[[TextIndex], T], nothing: T) -> T:
    """Ask the index, else the database; `nothing` is the answer of a site that holds no facilities yet."""
    index = embedded()
    if index.version() == _wanted():
        try:
            return ask(index)
        except IndexUnavailableError:
            pass
    try:
        return ask(from_database())
    except IndexUnavailableError:
        return nothing


_wanted = remembered(text_version)
