"""Recording observations and projecting them: the one way a facility comes to be or changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import delete, select, update

from app.areas import queries as areas
from app.areas.rules import parents
from app.core.db import insert_rows
from app.extensions import db
from app.facilities.index import from_database
from app.facilities.model import Facility, Fee, Observed, Source
from app.facilities.rules.projection import Observation, columns, current
from app.search.engine import Document
from app.search.readings import readings

_BATCH = 2000
COMMON_READINGS = {
    text: tuple(sound.split())
    for text, sound in {
        "幼儿园": "you er yuan",
        "托育": "tuo yu",
        "婴幼儿": "ying you er",
        "照护": "zhao hu",
        "服务": "fu wu",
        "有限公司": "you xian gong si",
        "有限责任公司": "you xian ze ren gong si",
        "托育服务有限公司": "tuo yu fu wu you xian gong si",
        "中心": "zhong xin",
        "托育中心": "tuo yu zhong xin",
        "教育": "jiao yu",
        "早教": "zao jiao",
        "咨询": "zi xun",
        "科技": "ke ji",
        "实验": "shi yan",
        "中心幼儿园": "zhong xin you er yuan",
    }.items()
}
"""Words that most names are made of; reading them here spares the pinyin library most of its work."""
SEARCHED = frozenset({"name", "aliases", "names", "credit_code", "address", "township"})
"""Fields whose words can be searched, see `document`."""
_NOW = 1 << 62
"""Order of what is being recorded: after everything recorded before."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is to be recorded about one facility in one go."""

    facility: str
    area: str
    observations: tuple[tuple[str, Any, date, str], ...]
    """(field, value, day, source key)."""
    pack: str | None = None
    zoning: str | None = None


def put_source(key: str, kind: str, names: Mapping[str, str], dated: date | None) -> None:
    """Make a source known, or correct its names."""
    db.session.merge(Source(key=key, kind=kind, names=dict(names), dated=dated))
    db.session.flush()


def record(
    statements: Iterable[Statement],
    *,
    now: datetime,
    by: str,
    replace: bool = False,
    ledger: int | None = None,
    edit: int | None = None,
    snapshot: int | None = None,
) -> int:
    """Record statements and bring the facilities, fees and folded texts up to date. Returns how many.

    `replace` forgets what the same sources had said before (a pack is loaded again as a whole). `ledger` is
    the import that says so, `edit` the edit behind the counter, `snapshot` the one of the register there. A
    statement without observations only brings its facility up to date.
    Runs inside the caller's transaction.
    """
    if from_database().version() is None:
        from_database().rebuild((), 0)
    kinds = dict(db.session.execute(select(Source.key, Source.kind)).all())
    namer = _Namer()
    count = 0
    pending = iter(statements)
    while batch := list(islice(pending, _BATCH)):
        origin = {"ledger": ledger, "edit": edit, "snapshot": snapshot}
        _record_batch(batch, kinds, namer, now=now, by=by, replace=replace, origin=origin)
        count += len(batch)
    return count


def _record_batch(
    batch: Sequence[Statement],
    kinds: Mapping[str, str],
    namer: "_Namer",
    *,
    now: datetime,
    by: str,
    replace: bool,
    origin: Mapping[str, int | None],
) -> None:
    ids = [statement.facility for statement in batch]
    known = set(db.session.scalars(select(Facility.id).where(Facility.id.in_(ids))))
    if replace and known:
        sources = {source for statement in batch for _, _, _, source in statement.observations}
        mine = (Observed.facility.in_(known), Observed.source.in_(sources))
        db.session.execute(delete(Observed).where(*mine))
    earlier = _earlier(known, kinds)
    spoken = _spoken(known)
    rows: list[dict[str, Any]] = []
    fees: list[dict[str, Any]] = []
    observed: list[dict[str, Any]] = []
    documents: list[Document] = []
    for statement in batch:
        fresh = [
            Observation(field, value, source, kinds[source], day, order=_NOW + place)
            for place, (field, value, day, source) in enumerate(statement.observations)
        ]
        standing = current([*earlier.get(statement.facility, ()), *fresh])
        row = _row(statement, columns(standing), namer, spoken.get(statement.facility))
        rows.append(row)
        fees.extend(_fees(statement.facility, standing))
        documents.append(namer.document(row))
        observed.extend(
            {
                "facility": statement.facility,
                "field": each.field,
                "value": each.value,
                "source": each.source,
                "observed_on": each.observed_on,
                "recorded_at": now,
                "recorded_by": by,
                **origin,
            }
            for each in fresh
        )
    new = [row for row in rows if row["id"] not in known]
    insert_rows(Facility, new)
    if known:
        db.session.execute(update(Facility), [row for row in rows if row["id"] in known])
        db.session.execute(delete(Fee).where(Fee.facility.in_(known)))
    insert_rows(Observed, observed)
    insert_rows(Fee, fees)
    from_database().update(documents)


def _earlier(known: Iterable[str], kinds: Mapping[str, str]) -> dict[str, list[Observation]]:
    found: dict[str, list[Observation]] = {}
    query = select(Observed).where(Observed.facility.in_(list(known)))
    for row in db.session.scalars(query):
        held = Observation(row.field, row.value, row.source, kinds[row.source], row.observed_on, row.id)
        found.setdefault(row.facility, []).append(held)
    return found


def _spoken(known: Iterable[str]) -> dict[str, tuple[str, list[str], str]]:
    """Return names, other names and their readings as they are held."""
    query = select(Facility.id, Facility.name, Facility.aliases, Facility.readings)
    rows = db.session.execute(query.where(Facility.id.in_(list(known))))
    return {identity: (name, aliases, readings) for identity, name, aliases, readings in rows}


def _row(
    statement: Statement, values: dict[str, Any], namer: "_Namer", held: tuple[str, list[str], str] | None
) -> dict[str, Any]:
    """Return the row of a facility. A name that stays is not read again: reading takes a heavy library."""
    if held is not None and held[:2] == (values["name"], values["aliases"]):
        spoken = held[2]
    else:
        spoken = namer.readings(values["name"], values["aliases"])
    return {
        "id": statement.facility,
        "pack": statement.pack,
        "area_code": statement.area,
        "zoning": statement.zoning,
        "readings": spoken,
        "sort_key": f"{spoken.partition('|')[0]} {values['name']}",
        **values,
    }


def _fees(facility: str, standing: Mapping[str, Observation]) -> Iterator[dict[str, Any]]:
    held = standing.get("fees")
    for fee in (held.value if held else None) or ():
        yield {
            "facility": facility,
            "care": fee["care"],
            "band": fee["band"],
            "component": fee["component"],
            "unit": fee["unit"],
            "min_fen": fee["min_fen"],
            "max_fen": fee["max_fen"],
            "voluntary": fee["voluntary"],
            "valid_from": _day(fee.get("valid_from")),
            "valid_to": _day(fee.get("valid_to")),
        }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class _Namer:
    """Names of areas around a facility, and pinyin with the proper readings of places."""

    def __init__(self) -> None:
        self._areas = areas.everywhere()
        self._phrases = {**COMMON_READINGS, **areas.pinyin_phrases()}

    def readings(self, name: str, aliases: Sequence[str]) -> str:
        """Return the pinyin of a name and its aliases."""
        return readings((name, *aliases), self._phrases)

    def document(self, row: Mapping[str, Any]) -> Document:
        """Return the searchable texts of a facility's row."""
        return document(row, area_names(self._areas, row["township_code"] or row["area_code"]))


def area_names(everywhere: Mapping[str, areas.AreaCard], code: str) -> list[str]:
    """Return the names, in all languages, of an area and the areas above it."""
    trail = (everywhere[each] for each in (*parents(code), code) if each in everywhere)
    return [name for area in trail if not area.is_pseudo for name in area.names.values()]


def document(row: Mapping[str, Any], area_names: Iterable[str]) -> Document:
    """Return what can be searched in a facility: names, aliases, area, address, names in other languages."""
    fields = {
        "name": row["name"],
        "alias": "|".join([*row["aliases"], *([row["credit_code"]] if row["credit_code"] else [])]),
        "area": "|".join(area_names),
        "address": (row["address"] or "").replace("|", " "),
        "other": "|".join(row["names"].values()),
    }
    return Document(row["id"], fields, row["readings"])


def documents() -> Iterator[Document]:
    """Yield every facility as a document, from the record."""
    everywhere = areas.everywhere()
    wanted = (
        "id",
        "name",
        "aliases",
        "names",
        "address",
        "area_code",
        "township_code",
        "credit_code",
        "readings",
    )
    query = select(*(getattr(Facility, name) for name in wanted)).order_by(Facility.id)
    for found in db.session.execute(query.execution_options(yield_per=_BATCH)):
        row = dict(zip(wanted, found, strict=True))
        yield document(row, area_names(everywhere, row["township_code"] or row["area_code"]))
