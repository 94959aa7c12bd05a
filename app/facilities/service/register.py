"""Mirroring the filing register: import a snapshot, tell what changed, never edit and never delete."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app.areas import queries as areas
from app.areas.rules import parents
from app.core import codes
from app.core.db import touch_data
from app.extensions import db
from app.facilities.loading.register import RegisterFile
from app.facilities.model import Facility, Filed, Snapshot
from app.facilities.rules.register import (
    FORMS,
    Change,
    ChangeKind,
    Filing,
    Located,
    Part,
    clean_address,
    compare,
    infer_kind,
    locate,
    parts_of,
    spoken_for,
)
from app.facilities.service.mirror import Held, keep_before, write_mirror
from app.facilities.service.recording import Statement, put_source, record

INFERENCE = "inference"
_COUNTY = 6


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that differs from the snapshot before; the facility is empty where one is to be made."""

    kind: str
    facility: str
    before: Filing | None
    after: Filing | None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import found and did."""

    rows: int
    changes: Mapping[str, int]
    unchanged: int
    branches: int
    """Rows that share a valid credit code with another row."""
    unplaced: int
    """Rows whose zoning code stands in no known province; not loaded."""
    already: bool
    """The very same snapshot had been imported before: nothing to do."""
    partial: tuple[str, ...]
    """Counties of which the file has less than half: what it lacks there is not called gone."""
    examples: tuple[tuple[str, str], ...]
    """(kind, name) of the first changes, for the person at the command line."""
    differences: tuple[Difference, ...] = ()
    """All changes, for the pages behind the counter."""
    parts: tuple[Part, ...] = ()
    """Counties with less than half, also those that are said to be whole."""
    written: bool = False


@dataclass(frozen=True, slots=True)
class SourceOfRegister:
    """Where a snapshot comes from."""

    key: str
    names: Mapping[str, str]
    taken_on: date


class OlderSnapshotError(RuntimeError):
    """A newer snapshot is already in the mirror; an older one must not overwrite it."""


def import_register(
    file: RegisterFile,
    source: SourceOfRegister,
    *,
    now: datetime,
    by: str,
    complete: bool | frozenset[str] = False,
    accept: Callable[[Imported], bool] | None = None,
    dry_run: bool = False,
    upload: int | None = None,
) -> Imported:
    """Bring a snapshot into the mirror, in one transaction; the caller's files were already checked.

    A snapshot speaks for the counties where it has at least half of what was held, and for those that are
    said to be `complete` (True: all of them): an entry of those that it no longer has is *gone*; it keeps its
    status and shows the snapshot's date. What is found is written only if `accept` says so, where it is
    given. A snapshot that came in an `upload` can be taken back (`service.unmirroring`). Raises
    `OlderSnapshotError` if a newer one is in the mirror.
    """
    digest = f"{source.taken_on}:{file.digest}"
    if db.session.scalar(select(Snapshot.id).where(Snapshot.digest == digest)) is not None:
        return Imported(len(file.filings), {}, len(file.filings), 0, 0, already=True, partial=(), examples=())
    newest = db.session.scalar(select(func.max(Snapshot.taken_on)))
    if newest is not None and newest > source.taken_on:
        raise OlderSnapshotError(
            f"The mirror already holds the snapshot of {newest}; {source.taken_on} is older."
        )
    places = Places()
    placed = [(filing, places.locate(filing)) for filing in file.filings]
    new = [filing for filing, located in placed if located is not None]
    spots = [located for _, located in placed if located is not None]
    whole = complete if isinstance(complete, frozenset) else frozenset()
    held = _held(None if complete is True else {filing.zoning[:_COUNTY] for filing in new})
    before = [filing for _, filing, _ in held]
    found = compare(before, new)
    changes = [each for each in found.changes if each.new is not None or not held[each.old or 0][2]]
    parts: tuple[Part, ...] = ()
    if complete is not True:
        standing = [filing for _, filing, is_gone in held if not is_gone]
        speaks = spoken_for(standing, new)
        left = [before[each.old] for each in changes if each.new is None and each.old is not None]
        parts = parts_of(standing, new, left, speaks)
        speaks |= {part.county for part in parts if part.county in whole}
        changes = [each for each in changes if _counts(each, before, speaks)]
    found = replace(found, changes=tuple(changes))
    back = [new_at for old_at, new_at in found.same if held[old_at][2]]
    tally = Counter(change.kind.value for change in found.changes) + Counter({"back": len(back)})
    shared = Counter(filing.credit_code for filing in new if filing.credit_code)
    imported = Imported(
        rows=len(file.filings),
        changes=dict(sorted(tally.items())),
        unchanged=len(found.same),
        branches=sum(count for count in shared.values() if count > 1),
        unplaced=len(file.filings) - len(new),
        already=False,
        partial=tuple(part.county for part in parts if part.county not in whole),
        examples=tuple((change.kind.value, _name(change, held, new)) for change in found.changes[:10]),
        differences=tuple(_difference(change, held, new) for change in found.changes),
        parts=parts,
    )
    if dry_run or (accept is not None and not accept(imported)):
        return imported
    put_source(source.key, "register", source.names, source.taken_on)
    put_source(INFERENCE, "inferred", INFERENCE_NAMES, None)
    snapshot = Snapshot(
        source=source.key, taken_on=source.taken_on, digest=digest, rows=len(new), imported_at=now,
        upload=upload,
    )  # fmt: skip
    db.session.add(snapshot)
    db.session.flush()
    ids = _ids(found.changes, found.same, held, new)
    if upload is not None:
        put = {ids[at]: [spot.area, None, new[at].zoning] for at, spot in enumerate(spots) if at in ids}
        keep_before(snapshot.id, found.changes, found.same, held, ids, put)
    touched = [change.new for change in found.changes if change.new is not None]
    record(
        (_statement(ids[at], new[at], spots[at], places, source) for at in touched),
        now=now,
        by=by,
        snapshot=snapshot.id if upload is not None else None,
    )
    write_mirror(snapshot.id, found.changes, found.same, held, new, ids)
    touch_data()
    db.session.commit()
    return replace(imported, written=True)


INFERENCE_NAMES = {
    "zh-Hans": "由登记名称推断",
    "ug": "تىزىملاتقان نامىدىن پەرەز قىلىندى",
    "en": "Inferred from the registered name",
}


def _counts(change: Change, before: Sequence[Filing], speaks: frozenset[str]) -> bool:
    """Tell whether a difference counts: nothing is gone from a county the snapshot does not speak for."""
    if change.kind is not ChangeKind.GONE or change.old is None:
        return True
    return before[change.old].zoning[:_COUNTY] in speaks


def _difference(change: Change, held: Sequence[Held], new: Sequence[Filing]) -> Difference:
    facility, before, _gone = held[change.old] if change.old is not None else ("", None, False)
    return Difference(
        change.kind.value, facility, before, new[change.new] if change.new is not None else None
    )


def _name(change: Change, held: Sequence[Held], new: Sequence[Filing]) -> str:
    return new[change.new].name if change.new is not None else held[change.old or 0][1].name


def _held(scope: set[str] | None) -> list[Held]:
    """Return (facility, filing, is gone) of the mirror within the counties the snapshot speaks for."""
    rows = db.session.scalars(select(Filed).order_by(Filed.id))
    return [
        (
            row.facility,
            Filing(
                row.name,
                row.alias,
                row.credit_code,
                row.code_state,
                row.nature,
                row.address,
                row.filed_at,
                row.zoning,
            ),
            row.gone_in is not None,
        )
        for row in rows
        if scope is None or row.zoning[:_COUNTY] in scope
    ]


def _ids(
    changes: Iterable[Change], same: Iterable[tuple[int, int]], held: Sequence[Held], new: Sequence[Filing]
) -> dict[int, str]:
    """Return the facility of every row of the snapshot; new ones are minted unless content records an id."""
    ids = {new_at: held[old_at][0] for old_at, new_at in same}
    taken = set(db.session.scalars(select(Facility.id)))
    for change in changes:
        if change.new is None:
            continue
        if change.old is not None:
            ids[change.new] = held[change.old][0]
            continue
        identity = new[change.new].id or codes.mint()
        while identity in taken:
            identity = codes.mint()
        taken.add(identity)
        ids[change.new] = identity
    return ids


def _statement(
    facility: str, filing: Filing, located: Located, places: "Places", source: SourceOfRegister
) -> Statement:
    day = source.taken_on
    kind = infer_kind(filing.name, filing.alias)
    code: dict[str, Any] = {"state": filing.code_state}
    if filing.credit_code:
        code["code"] = filing.credit_code
    said: list[tuple[str, Any, date, str]] = [
        ("name", filing.name, day, source.key),
        ("aliases", [filing.alias] if filing.alias else [], day, source.key),
        ("credit_code", code, day, source.key),
        ("form", FORMS[filing.nature].value, day, source.key),
        ("address", places.clean(filing, located), day, source.key),
        ("status", "filed", day, source.key),
    ]
    if filing.filed_at:
        said.append(("filed_on", filing.filed_at.date().isoformat(), day, source.key))
    if kind:
        said.append(("kind", kind.value, day, INFERENCE))
    if located.township:
        by = source.key if located.township_by == "zoning" else INFERENCE
        said.append(("township", {"code": located.township, "by": located.township_by}, day, by))
        said.append(("location", {"lat": None, "lon": None, "precision": "township"}, day, by))
    return Statement(facility, located.area, tuple(said), zoning=filing.zoning)


class Places:
    """Areas, remapped codes and township names, fetched once for a whole snapshot."""

    def __init__(self) -> None:
        self._areas = areas.everywhere()
        self._codes = frozenset(self._areas)
        self._remap = areas.zoning()
        self._wordings = {county: areas.wordings(county) for county in areas.counties_with_townships()}
        self._written = areas.written_names()
        self._prefixes: dict[str, list[str]] = {}

    def locate(self, filing: Filing) -> Located | None:
        """Find the area of a filing."""
        return locate(filing.zoning, filing.address, self._codes, self._remap, self._wordings)

    def clean(self, filing: Filing, located: Located) -> str:
        """Return the address for display."""
        if located.area not in self._prefixes:
            cards = [
                self._areas[code] for code in (*parents(located.area), located.area) if code in self._areas
            ]
            names = [card.names["zh-Hans"] for card in cards if not card.is_pseudo]
            others = [name for card in cards for name in self._written.get(card.code, ())]
            self._prefixes[located.area] = [*names, *others]
        return clean_address(
            filing.address, self._prefixes[located.area], self._wordings.get(located.area, ())
        )
