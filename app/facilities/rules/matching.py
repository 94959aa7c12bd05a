"""Which facility is a row of a ledger about? Certain, for a worker to decide, or new. Pure.

Certain is only what is proved: a credit code that stands once, with a name like it; the full name or an alias
that stands once in the county; a near name together with the same house number. A name that is equal only
after places and company words are taken off is never certain: branches and renamed firms look like that.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.facilities.rules.likeness import Shape, dice, own_alike, shape_of, whole_alike

NEAR = 0.5
"""Score from which a known facility is worth a worker's look; below it, only common words are alike."""
LIKE = 0.3
"""Score of names below which the same credit code alone proves nothing."""
SURE = 0.85
"""Score of names from which the same house number makes certain."""
_RARE = 400
"""A pair of letters that more facilities have than this says nothing about which one is meant."""
_COMPARED = 20
"""Facilities compared one by one for a row, those first that share its rarest pairs of letters."""
MARGIN = 0.15
"""By how much the best must be ahead of the next."""
SHOWN = 5
"""Candidates shown to a worker."""


class Verdict(StrEnum):
    """What is known about a row."""

    CERTAIN = "certain"
    ASK = "needs-worker"
    NEW = "new"


class Why(StrEnum):
    """Reasons of a score, for the worker."""

    CODE = "same-code"
    OTHER_CODE = "other-code"
    SHARED_CODE = "code-of-several"
    NAME = "same-name"
    ALIAS = "same-alias"
    SAME_CORE = "same-own-word"
    LIKE_NAME = "like-name"
    OTHER_NAME = "other-name"
    HOUSE = "same-house-number"
    OTHER_HOUSE = "other-house-number"
    ADDRESS = "like-address"
    TOWNSHIP = "same-township"
    OTHER_COUNTY = "other-county"
    TAKEN = "another-row-says-so-too"


@dataclass(frozen=True, slots=True)
class Party:
    """A row of a ledger, or a known facility. `area` is the county, `township` its code; empty: not known."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    code: str = ""
    address: str = ""
    area: str = ""
    township: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known facility that a row may be about. `score` from 0 to 1."""

    id: str
    name: str
    score: float
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on one row; `id` is the facility if it is certain."""

    verdict: Verdict
    id: str = ""
    candidates: tuple[Candidate, ...] = ()


@dataclass(slots=True)
class Matcher:
    """Matches rows against the facilities of an area.

    `places` are the names of the area and of what lies above and in it, as they stand in names of firms, with
    and without their ending.
    """

    known: Sequence[Party]
    places: frozenset[str]
    _names: dict[str, list[int]] = field(default_factory=dict)
    _codes: dict[str, list[int]] = field(default_factory=dict)
    _pairs: dict[str, list[int]] = field(default_factory=dict)
    _shapes: list[Shape] = field(default_factory=list)
    _longest_first: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self._longest_first = tuple(sorted(filter(None, self.places), key=len, reverse=True))
        for at, party in enumerate(self.known):
            shape = self._shape(party)
            self._shapes.append(shape)
            for name in shape.names:
                self._names.setdefault(name, []).append(at)
            if party.code:
                self._codes.setdefault(party.code, []).append(at)
            for pair in _all_pairs(shape):
                self._pairs.setdefault(pair, []).append(at)

    def _shape(self, party: Party) -> Shape:
        return shape_of((party.name, *party.aliases), party.address, self._longest_first)

    def match(self, row: Party, *, asks: bool = False) -> Match:
        """Return the verdict on one row. `asks`: what fits nothing is for a worker too, never new.

        A worker is shown what is at least NEAR: nothing, if nothing is.
        """
        same = self._codes.get(row.code, []) if row.code else []
        shape = self._shape(row)
        named = [at for name in shape.names for at in self._names.get(name, [])]
        named = [at for at in dict.fromkeys(named) if not self._elsewhere(row, at)]
        if len(named) == 1 and (not row.code or row.code == self.known[named[0]].code):
            found = self._candidate(row, shape, named[0], len(same))
            return Match(Verdict.CERTAIN, found.id, (found,))
        scored = [self._candidate(row, shape, at, len(same)) for at in self._near(shape, {*same, *named})]
        scored.sort(key=lambda each: (-each.score, each.id))
        shown = tuple(scored[:SHOWN])
        sure = self._certain(row, shape, same, named, scored)
        if sure:
            return Match(Verdict.CERTAIN, sure, tuple(each for each in shown if each.id == sure) or shown[:1])
        worth = tuple(each for each in shown if each.score >= NEAR)
        if worth or asks:
            return Match(Verdict.ASK, "", worth)
        return Match(Verdict.NEW)

    def match_all(
        self,
        rows: Sequence[Party],
        *,
        asks: bool = False,
        each: Callable[[Sequence[Party]], Iterable[Party]] = iter,
    ) -> list[Match]:
        """Match every row; where two rows would be certain of one facility, a worker decides both.

        `each` goes through the rows, for whoever wants to know how far it is.
        """
        found = [self.match(row, asks=asks) for row in each(rows)]
        claims = Counter(match.id for match in found if match.verdict is Verdict.CERTAIN)
        codes = Counter(row.code for row in rows if row.code)
        settled = []
        for row, match in zip(rows, found, strict=True):
            only_code = match.candidates and not {Why.NAME, Why.ALIAS} & set(match.candidates[0].why)
            doubtful = claims[match.id] > 1 or (codes[row.code] > 1 and only_code)
            if match.verdict is Verdict.CERTAIN and doubtful:
                told = tuple(
                    Candidate(each.id, each.name, each.score, (*each.why, Why.TAKEN))
                    for each in match.candidates
                )
                settled.append(Match(Verdict.ASK, "", told))
                continue
            settled.append(match)
        return settled

    def _elsewhere(self, row: Party, at: int) -> bool:
        known = self.known[at]
        return bool(row.area and known.area and row.area != known.area)

    def _near(self, shape: Shape, more: Iterable[int]) -> set[int]:
        """Return the facilities that share the rarest pairs of letters with a row."""
        found: dict[int, float] = {}
        for pair in _all_pairs(shape):
            holders = self._pairs.get(pair, ())
            if len(holders) <= _RARE:
                for at in holders:
                    found[at] = found.get(at, 0.0) + 1 / len(holders)
        return {*heapq.nlargest(_COMPARED, found, key=lambda at: (found[at], -at)), *more}

    def _candidate(self, row: Party, shape: Shape, at: int, holders: int) -> Candidate:
        known = self.known[at]
        score, why = _alike(shape, self._shapes[at])
        if row.code and known.code:
            if row.code == known.code:
                score = max(score, 0.6) + 0.4 * (1 - max(score, 0.6)) if holders == 1 else max(score, 0.5)
                why.append(Why.CODE if holders == 1 else Why.SHARED_CODE)
            else:
                score *= 0.7
                why.append(Why.OTHER_CODE)
        if row.address and known.address:
            score = 0.8 * score + 0.2 * _address(shape, self._shapes[at], why)
        if row.township and row.township == known.township:
            why.append(Why.TOWNSHIP)
            score += 0.05 * (1 - score)
        if self._elsewhere(row, at):
            why.append(Why.OTHER_COUNTY)
            score *= 0.6
        return Candidate(known.id, known.name, round(score, 3), tuple(why))

    def _certain(
        self,
        row: Party,
        shape: Shape,
        same: Sequence[int],
        named: Sequence[int],
        scored: Sequence[Candidate],
    ) -> str:
        both = [at for at in same if at in named]
        if len(both) == 1:
            return self.known[both[0]].id
        if len(same) == 1 and not named and _alike(shape, self._shapes[same[0]])[0] >= LIKE:
            return self.known[same[0]].id
        if len(named) == 1 and not same:
            other = row.code and self.known[named[0]].code
            return "" if other else self.known[named[0]].id
        return "" if same else _proved_by_address(scored)


def _all_pairs(shape: Shape) -> set[str]:
    return {pair for found in (*shape.whole, *(own for _length, own in shape.own)) for pair in found}


def _alike(mine: Shape, theirs: Shape) -> tuple[float, list[Why]]:
    """Return how alike the names are, and why; equal names are 1."""
    shared = set(mine.names) & set(theirs.names)
    if shared:
        first = mine.names[0] in shared and theirs.names[0] == mine.names[0]
        return 1.0, [Why.NAME if first else Why.ALIAS]
    words = own_alike(mine, theirs)
    score = 0.75 * words + 0.25 * whole_alike(mine, theirs)
    if words == 1.0:
        return score, [Why.SAME_CORE]
    return score, [Why.LIKE_NAME if score >= LIKE else Why.OTHER_NAME]


def _address(mine: Shape, theirs: Shape, why: list[Why]) -> float:
    """Return how alike the addresses are; the same house number in a like address is the same address."""
    alike = dice(mine.address, theirs.address)
    if mine.houses and theirs.houses:
        if mine.houses & theirs.houses and alike >= NEAR:
            why.append(Why.HOUSE)
            return 1.0
        if not mine.houses & theirs.houses:
            why.append(Why.OTHER_HOUSE)
            return 0.5 * alike
    if alike >= NEAR:
        why.append(Why.ADDRESS)
    return alike


def _proved_by_address(scored: Sequence[Candidate]) -> str:
    if not scored:
        return ""
    best = scored[0]
    ahead = best.score - (scored[1].score if len(scored) > 1 else 0.0)
    why = set(best.why)
    if ahead < MARGIN or Why.HOUSE not in why or why & {Why.OTHER_CODE, Why.OTHER_COUNTY}:
        return ""
    return best.id if why & {Why.NAME, Why.ALIAS} or best.score >= SURE else ""
