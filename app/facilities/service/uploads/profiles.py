"""Keeping profiles that a place makes for its own ledgers."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.core import audit, clock
from app.extensions import db
from app.facilities.loading.ledger.schema import problems
from app.facilities.model import LedgerProfile

Problems = list[tuple[str, str, Mapping[str, object]]]


class OtherProfileVersion(Exception):  # noqa: N818 - nobody made an error
    """Somebody else changed the profile meanwhile; `data` is theirs. Nothing was changed."""

    def __init__(self, version: int, data: Mapping[str, Any]) -> None:
        super().__init__(version)
        self.version = version
        self.data = data


class WrongProfile(Exception):  # noqa: N818
    """The profile is not usable; `problems` says why, as `loading.ledger.schema` does."""

    def __init__(self, found: Problems) -> None:
        super().__init__(len(found))
        self.problems = found


def save_profile(
    area: str, title: str, data: Mapping[str, Any], by: str, name: str = "", seen: int = 0
) -> str:
    """Keep a profile of a place and return its name; with a name, change that one.

    Raises `WrongProfile`, `OtherProfileVersion`, and `LookupError` where the place has no such profile.
    """
    found = list(problems(data, name or f"own-{area}-1"))
    if found:
        raise WrongProfile(found)
    now = clock.now()
    if not name:
        name = _free(area)
        db.session.add(
            LedgerProfile(
                name=name, area=area, title=title, data=dict(data), version=1,
                made_at=now, made_by=by, changed_at=now, changed_by=by,
            )
        )  # fmt: skip
    else:
        row = db.session.get(LedgerProfile, name, with_for_update=True, populate_existing=True)
        if row is None or row.area != area:
            raise LookupError(name)
        if row.version != seen:
            raise OtherProfileVersion(row.version, row.data)
        row.title, row.data, row.version = title, dict(data), seen + 1
        row.changed_at, row.changed_by = now, by
    audit.record("ledger-profile.saved", actor=by, subject=f"ledger-profile:{name}", data={"area": area})
    db.session.commit()
    return name


def _free(area: str) -> str:
    """Return a name no profile of the place has; the key of every later edition, so never used again."""
    taken = set(db.session.scalars(select(LedgerProfile.name).where(LedgerProfile.area == area)))
    number = 1
    while f"own-{area}-{number}" in taken:
        number += 1
    return f"own-{area}-{number}"
