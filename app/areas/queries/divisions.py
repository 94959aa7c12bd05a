"""Reads about divisions: the tree, its names, and where the register's codes belong."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice, takewhile

from sqlalchemy import select

from app.areas import rules
from app.areas.model import UNLISTED, Area, AreaAlias, Zoning
from app.core.geo import Point
from app.core.remembered import remembered, table
from app.extensions import db

_PSEUDO = "direct"


@dataclass(frozen=True, slots=True)
class AreaCard:
    """An area as pages need it."""

    code: str
    parent: str | None
    level: str
    kind: str
    names: Mapping[str, str]
    point: Point | None
    current: bool

    @property
    def is_pseudo(self) -> bool:
        """Whether it is one of the grouping units (市辖区, 省直辖) that nobody lives in by name."""
        return self.kind == _PSEUDO


def _card(row: Area) -> AreaCard:
    point = Point(row.lat, row.lon) if row.lat is not None and row.lon is not None else None
    return AreaCard(row.code, row.parent, row.level, row.kind, row.names, point, row.current)


@remembered
def area(code: str) -> AreaCard | None:
    """Return the area of a normalised code."""
    row = db.session.get(Area, code)
    return _card(row) if row and row.source != UNLISTED else None


def areas(codes: Iterable[str]) -> dict[str, AreaCard]:
    """Return the areas of these codes that exist."""
    wanted = set(codes)
    known = table("areas")
    if unread := wanted - known.keys():
        rows = db.session.scalars(select(Area).where(Area.code.in_(unread)))
        known.update((row.code, _card(row)) for row in rows)
    return {code: known[code] for code in wanted if code in known}


@remembered
def children(code: str | None) -> list[AreaCard]:
    """Return the current areas directly below a code (None: the provinces); pseudo units are opened up."""
    where = Area.parent.is_(None) if code is None else Area.parent == code
    rows = db.session.scalars(select(Area).where(where, Area.current).order_by(Area.code)).all()
    found: list[AreaCard] = []
    for row in rows:
        found.extend(children(row.code) if row.kind == _PSEUDO else [_card(row)])
    return found


def townships(code: str) -> frozenset[str]:
    """Return the codes of the towns and streets of a county, or of the counties of a city or province."""
    counties = select(Area.code).where(Area.code.startswith(code, autoescape=True), Area.level == "county")
    query = select(Area.code).where(Area.parent.in_(counties), Area.current, Area.level == "township")
    return frozenset(db.session.scalars(query))


def path(code: str) -> list[AreaCard]:
    """Return the areas from the province down to a code, without the pseudo units."""
    codes = [*rules.parents(code), code]
    found = areas(codes)
    return [found[each] for each in codes if each in found and not found[each].is_pseudo]


def named(text: str, limit: int = 20) -> list[AreaCard]:
    """Return current areas whose name or other name is this text or begins with it, widest first."""
    text = text.strip()
    if not text:
        return []
    by_alias = select(AreaAlias.area).where(AreaAlias.alias == text, AreaAlias.kind != "mca-code")
    names = _present_names()
    following = islice(names, bisect_left(names, (text,)), None)
    codes = {code for _name, code in takewhile(lambda each: each[0].startswith(text), following)}
    codes.update(db.session.scalars(by_alias))
    query = select(Area).where(Area.current, Area.kind != _PSEUDO, Area.code.in_(codes))
    return [_card(row) for row in db.session.scalars(query.order_by(Area.code).limit(limit))] if codes else []


@remembered
def _present_names() -> list[tuple[str, ...]]:
    """Return name and code of every current area that people live in by name, sorted."""
    rows = db.session.execute(select(Area.code, Area.names).where(Area.current, Area.kind != _PSEUDO))
    return sorted((names["zh-Hans"], code) for code, names in rows)


def wordings(county: str) -> dict[str, str]:
    """Return every name and alias of the townships of a county, mapped to the township's code."""
    rows = db.session.execute(
        select(Area.code, Area.names).where(Area.parent == county, Area.level == "township")
    )
    found = {names["zh-Hans"]: code for code, names in rows}
    aliases = (
        select(AreaAlias.alias, AreaAlias.area)
        .join(Area, Area.code == AreaAlias.area)
        .where(Area.parent == county, AreaAlias.kind != "mca-code")
    )
    for alias, code in db.session.execute(aliases):
        found.setdefault(alias, code)
    return found


def counties_with_townships() -> list[str]:
    """Return the counties whose townships are known."""
    query = select(Area.parent).where(Area.level == "township", Area.parent.is_not(None)).distinct()
    return sorted(code for code in db.session.scalars(query) if code)


def everywhere() -> dict[str, AreaCard]:
    """Return every area, for work on many facilities at once."""
    return {row.code: _card(row) for row in db.session.scalars(select(Area))}


def written_names() -> dict[str, list[str]]:
    """Return the other names of areas that the register may write before an address, by code."""
    kinds = ("nbs-name", "register", "former", "name")
    found: dict[str, list[str]] = {}
    for code, alias in db.session.execute(
        select(AreaAlias.area, AreaAlias.alias).where(AreaAlias.kind.in_(kinds)).order_by(AreaAlias.alias)
    ):
        found.setdefault(code, []).append(alias)
    return found


def pinyin_phrases() -> dict[str, tuple[str, ...]]:
    """Return the proper readings of place names, one syllable a character."""
    rows = db.session.execute(select(Area.names, Area.pinyin).where(Area.pinyin != ""))
    found = {names["zh-Hans"]: tuple(pinyin.split()) for names, pinyin in rows}
    return {name: syllables for name, syllables in found.items() if len(name) == len(syllables)}


def zoning() -> dict[str, str]:
    """Return the register's zoning codes that are no division, mapped to areas."""
    return dict(db.session.execute(select(Zoning.prefix, Zoning.area)).all())


def zoning_notes() -> dict[str, Mapping[str, str]]:
    """Return why each of those codes is shown under its area."""
    return dict(db.session.execute(select(Zoning.prefix, Zoning.notes)).all())


def codes() -> frozenset[str]:
    """Return every area code."""
    return frozenset(db.session.scalars(select(Area.code)))
