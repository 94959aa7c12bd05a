"""Reading the filing register: what a row proves, and how two snapshots differ. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.facilities.rules.vocabulary import Form, Kind

FORMS = {"营利性": Form.FOR_PROFIT, "非营利性": Form.NON_PROFIT, "事业单位": Form.PUBLIC}
"""The register's three natures (性质) and the legal forms they stand for."""

_KINDERGARTEN = "幼儿园"
_PREFIX_NOISE = ("市辖区", "县辖区", "省直辖县级行政区划", "自治区直辖县级行政区划")
_BETWEEN = " ,，、-—"
_TOWNSHIP_ENDINGS = (
    "街道",
    "镇",
    "乡",
    "地区",
    "片区",
    "农场",
    "牧场",
    "林场",
    "管委会",
    "开发区",
    "园区",
    "基地",
)


@dataclass(frozen=True, slots=True)
class Filing:
    """One row of the register, as filed."""

    name: str
    alias: str
    credit_code: str
    """Empty unless the checksum is right."""
    code_state: str
    nature: str
    address: str
    filed_at: datetime | None
    zoning: str
    id: str = ""
    """The minted id, where shipped content records it."""

    @property
    def identity(self) -> tuple[Hashable, ...]:
        """What makes two rows the same entry unchanged."""
        filed_at = self.filed_at.isoformat() if self.filed_at else ""
        return (self.name, self.alias, self.credit_code, self.nature, self.address, filed_at, self.zoning)


def infer_kind(name: str, alias: str) -> Kind | None:
    """Return the kind a name proves, or None. Only kindergartens say what they are (64 % of filings)."""
    return Kind.KINDERGARTEN_CLASS if _KINDERGARTEN in name or _KINDERGARTEN in alias else None


def clean_address(address: str, prefixes: Iterable[str], townships: Iterable[str] = ()) -> str:
    """Return the address without the names of the divisions above it, which the register often repeats.

    `prefixes` are the names of province, prefecture and county; a name of `townships` is taken off only
    where the divisions above begin anew behind it. The original text is kept elsewhere.
    """
    names = sorted({name for name in (*prefixes, *_PREFIX_NOISE) if name}, key=len, reverse=True)
    rest = address.strip()
    while True:
        name = next((name for name in names if rest.startswith(name)), "")
        if not name:
            town = next((name for name in townships if rest.startswith(name)), "")
            if not town or not rest[len(town) :].lstrip(_BETWEEN).startswith(tuple(names)):
                return rest or address.strip()
            name = town
        rest = rest[len(name) :].lstrip(_BETWEEN)


def township_in(address: str, wordings: Mapping[str, str]) -> str | None:
    """Return the township that an address names first, or None.

    `wordings` maps names and other names of one county's townships to codes. Only full names count
    (ending in 街道, 镇 …): a bare short name is too often part of a road or an estate.
    """
    best: tuple[int, int, str] | None = None
    for wording, code in wordings.items():
        if not wording.endswith(_TOWNSHIP_ENDINGS):
            continue
        place = address.find(wording)
        if place >= 0 and (best is None or (place, -len(wording)) < best[:2]):
            best = (place, -len(wording), code)
    return best[2] if best else None


@dataclass(frozen=True, slots=True)
class Located:
    """Where a filing is listed. `township_by` is zoning, address or empty (township not known)."""

    area: str
    township: str | None
    township_by: str


def locate(
    zoning: str,
    address: str,
    areas: frozenset[str],
    remap: Mapping[str, str],
    wordings: Mapping[str, Mapping[str, str]],
) -> Located | None:
    """Find the area of a 12-digit zoning code: a township-level code first, then the address.

    Codes outside the list of divisions go where `remap` says, else to the widest division they stand in,
    so that a parent finds them by walking down the tree. None: not even the province is known.
    """
    township = zoning[:9] if zoning[6:9] != "000" and zoning[:9] in areas else None
    code = township[:6] if township else _county(zoning, areas, remap)
    if code is None:
        return None
    if len(code) == 9:  # noqa: PLR2004 - a remapped code may be a township itself
        return Located(code[:6], code, "zoning")
    if township:
        return Located(code, township, "zoning")
    named = township_in(address, wordings.get(code, {}))
    return Located(code, named, "address" if named else "")


def _county(zoning: str, areas: frozenset[str], remap: Mapping[str, str]) -> str | None:
    for length in (9, 6):
        if zoning[:length] in remap:
            return remap[zoning[:length]]
    return next((zoning[:length] for length in (6, 4, 2) if zoning[:length] in areas), None)


class ChangeKind(StrEnum):
    """How an entry differs from the snapshot before."""

    NEW = "new"
    RENAMED = "renamed"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `old` and `new` are positions in the two sequences given to `compare`."""

    kind: ChangeKind
    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs of unchanged entries, and everything else as changes."""

    same: tuple[tuple[int, int], ...]
    changes: tuple[Change, ...]


def compare(old: Sequence[Filing], new: Sequence[Filing]) -> Comparison:
    """Match the entries of two snapshots, surest evidence first; each entry is used once.

    The same row is the same entry. Then: same code and name, other address: moved; same code and address,
    other name: renamed; same name and address, other code: changed; a code that stands once on both
    sides: changed. What is left is new or gone. Branches that share a code are never merged.
    """
    left_old, left_new = set(range(len(old))), set(range(len(new)))
    same = _pair(old, new, left_old, left_new, lambda filing: filing.identity)
    changes: list[Change] = []
    passes = (
        (ChangeKind.MOVED, lambda filing: (filing.credit_code, filing.name) if filing.credit_code else None),
        (
            ChangeKind.RENAMED,
            lambda filing: (filing.credit_code, filing.address) if filing.credit_code else None,
        ),
        (ChangeKind.CHANGED, lambda filing: (filing.name, filing.address)),
        (
            ChangeKind.MOVED,
            lambda filing: (filing.name, filing.zoning[:6]) if not filing.credit_code else None,
        ),
    )
    for kind, key in passes:
        pairs = _pair(old, new, left_old, left_new, key)
        changes.extend(Change(_refine(kind, old[a], new[b]), a, b) for a, b in pairs)
    unique = _once(old, left_old).keys() & _once(new, left_new).keys()
    once_old, once_new = _once(old, left_old), _once(new, left_new)
    for code in sorted(unique):
        a, b = once_old[code], once_new[code]
        changes.append(Change(ChangeKind.CHANGED, a, b))
        left_old.discard(a)
        left_new.discard(b)
    changes.extend(Change(ChangeKind.NEW, None, position) for position in sorted(left_new))
    changes.extend(Change(ChangeKind.GONE, position, None) for position in sorted(left_old))
    return Comparison(tuple(same), tuple(changes))


def _refine(kind: ChangeKind, old: Filing, new: Filing) -> ChangeKind:
    """Tell what changed in an entry matched by code and name whose address is the same."""
    if kind is ChangeKind.MOVED and old.address == new.address and old.zoning == new.zoning:
        return ChangeKind.RENAMED if old.alias != new.alias else ChangeKind.CHANGED
    return kind


def _pair(
    old: Sequence[Filing],
    new: Sequence[Filing],
    left_old: set[int],
    left_new: set[int],
    key: Callable[[Filing], Hashable | None],
) -> list[tuple[int, int]]:
    waiting: dict[Hashable, list[int]] = {}
    for position in sorted(left_old, reverse=True):
        value = key(old[position])
        if value is not None:
            waiting.setdefault(value, []).append(position)
    pairs = []
    for position in sorted(left_new):
        value = key(new[position])
        if value is not None and waiting.get(value):
            match = waiting[value].pop()
            pairs.append((match, position))
    for a, b in pairs:
        left_old.discard(a)
        left_new.discard(b)
    return pairs


def _once(filings: Sequence[Filing], left: Iterable[int]) -> dict[str, int]:
    found: dict[str, int | None] = {}
    for position in left:
        code = filings[position].credit_code
        if code:
            found[code] = None if code in found else position
    return {code: position for code, position in found.items() if position is not None}


def spoken_for(old: Sequence[Filing], new: Sequence[Filing], share: float = 0.5) -> frozenset[str]:
    """Return the counties a snapshot speaks for: those where it has at least this share of what was held.

    A file with a few rows of a county is a part of the register, not a statement that the rest is gone.
    """
    held = Counter(filing.zoning[:6] for filing in old)
    there = Counter(filing.zoning[:6] for filing in new)
    return frozenset(county for county, number in there.items() if number >= held[county] * share)


@dataclass(frozen=True, slots=True)
class Part:
    """A county of which a file has less than half of what was held."""

    county: str
    held: int
    there: int
    gone: int
    """Entries that would be called gone if the file held the county whole."""


def parts_of(
    held: Iterable[Filing], new: Iterable[Filing], left: Iterable[Filing], speaks: frozenset[str]
) -> tuple[Part, ...]:
    """Return the counties of a file that it does not speak for; `left`: what was held and is not in it."""
    were, there, gone = (Counter(filing.zoning[:6] for filing in each) for each in (held, new, left))
    wanted = sorted(there.keys() - speaks)
    return tuple(Part(county, were[county], there[county], gone[county]) for county in wanted)


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}:\d{2})?")


def parse_time(text: str) -> datetime | None:
    """Read the register's filing time (local, naive) or raise `ValueError`. Empty is unknown."""
    if not text:
        return None
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)
