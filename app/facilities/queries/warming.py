"""What the first question with words of a process would wait for, opened beforehand."""

from contextlib import suppress

from app.facilities import index
from app.facilities.queries.similar import area_names
from app.search.engine import IndexUnavailableError

_ORDINARY = "托育"


def warm() -> None:
    """Open the text index, the data that judges what is similar, and the names of areas.

    A missing index is no error: the database answers then. Call it inside an app context.
    """
    with suppress(IndexUnavailableError):
        held = index.embedded()
        held.search(_ORDINARY)
        held.similar(_ORDINARY)
    area_names()
