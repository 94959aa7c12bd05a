"""The public history of facilities: changed values, changed register entries, changed statuses. No names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.facilities.model import Observed, RegisterChange, Snapshot, Source
from app.facilities.rules.changes import apart, changes
from app.facilities.rules.projection import Observation


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that changed. Kind: `field`, `register` (code: renamed, moved …) or `status`."""

    on: date
    kind: str
    code: str
    """The field, or what happened to the register's entry, or the new status."""
    before: Any
    after: Any
    source: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


def changed(ids: Sequence[str]) -> dict[str, tuple[Changed, ...]]:
    """Return what changed at each of these facilities, the newest first."""
    sources = {row.key: row for row in db.session.scalars(select(Source))}
    seen: dict[str, list[Observation]] = {identity: [] for identity in ids}
    told: dict[str, list[Changed]] = {identity: [] for identity in ids}
    rows = db.session.scalars(select(Observed).where(Observed.facility.in_(list(ids))).order_by(Observed.id))
    for row in rows:
        kind = sources[row.source].kind
        seen[row.facility].append(
            Observation(row.field, row.value, row.source, kind, row.observed_on, row.id)
        )
    for identity, held in seen.items():
        told[identity] += [
            Changed(each.on, "field", each.field, each.before, each.after, sources[each.source].names)
            for each in changes(held)
        ]
        told[identity] += _statuses(held, sources)
    for identity, each in _register(ids, sources):
        told[identity].append(each)
    return {
        identity: tuple(sorted(each, key=lambda what: what.on, reverse=True))
        for identity, each in told.items()
    }


def told_apart(listed: Iterable[Changed]) -> list[Changed]:
    """Return changes with only the rows that differ of fields that are tables: for people to read."""
    return [_apart(each) if each.kind == "field" else each for each in listed]


def _apart(each: Changed) -> Changed:
    before, after = apart(each.code, each.before, each.after)
    return replace(each, before=before, after=after)


def _statuses(held: Sequence[Observation], sources: Mapping[str, Source]) -> list[Changed]:
    """Return the statuses that an office listed, each after the one before."""
    listed = [each for each in held if each.field == "history" and each.value]
    if not listed:
        return []
    newest = max(listed, key=lambda each: (each.observed_on, each.order))
    rows = sorted((row for row in newest.value if row.get("on")), key=lambda row: row["on"])
    befores = [None, *(row["status"] for row in rows)]
    return [
        Changed(
            date.fromisoformat(row["on"]),
            "status",
            row["status"],
            before,
            row["status"],
            sources[newest.source].names,
            row.get("reasons") or {},
        )
        for before, row in zip(befores, rows, strict=False)
    ]


def _register(ids: Sequence[str], sources: Mapping[str, Source]) -> list[tuple[str, Changed]]:
    query = (
        select(RegisterChange, Snapshot)
        .join(Snapshot, Snapshot.id == RegisterChange.snapshot)
        .where(RegisterChange.facility.in_(list(ids)))
        .order_by(RegisterChange.id)
    )
    return [
        (
            row.facility,
            Changed(
                snapshot.taken_on,
                "register",
                row.kind,
                _shown(row.before, row.after),
                _shown(row.after, row.before),
                sources[snapshot.source].names,
            ),
        )
        for row, snapshot in db.session.execute(query)
    ]


_TOLD = ("name", "alias", "nature", "address")
"""What is told of an entry: never its code as filed, which may be a slip or a person's number."""


def _shown(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> dict[str, str]:
    """Return what one state of an entry says that the other does not."""
    return {
        name: one[name] for name in _TOLD if one and one.get(name) and one[name] != (other or {}).get(name)
    }
