"""Where the rows of a ledger lie: counties, townships and names of the area it was made for."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.areas import queries as areas
from app.areas.rules import Level, level, normalise, parents
from app.core.faults import N_
from app.facilities.loading.ledger.entries import Entry
from app.facilities.loading.ledger.table import Notes
from app.facilities.rules.position import Box, box_around
from app.facilities.rules.register import clean_address, locate, township_in

_COUNTY = 6
_ENDINGS = ("自治县", "自治州", "地区", "省", "市", "区", "县", "旗", "盟", "州")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an entry lies. `by` says how its township is known: stated, zoning, address or empty."""

    county: str
    township: str | None
    by: str


class Gazetteer:
    """What is known about an area and the areas around it, fetched once for a ledger."""

    def __init__(self, area: str) -> None:
        self.area = area
        self._all = areas.everywhere()
        self._counties = {
            code: card
            for code, card in self._all.items()
            if len(code) == _COUNTY and (code.startswith(area) or area.startswith(code)) and card.current
        }
        self._codes = frozenset(self._all)
        self._remap = areas.zoning()
        self._wordings = {code: areas.wordings(code) for code in self._counties}
        self._written = areas.written_names()

    @property
    def box(self) -> Box | None:
        """South, west, north, east of where places of the area can lie; None if nothing is known."""
        cards = (card for code, card in self._all.items() if code.startswith(self.area))
        return box_around([card.point for card in cards if card.point])

    @property
    def names(self) -> frozenset[str]:
        """Names of the area, what lies above it and the counties in it, with and without their endings."""
        return frozenset(self._names())

    def _names(self) -> Iterator[str]:
        around = [*parents(self.area), self.area, *self._counties]
        neighbours = [code for code in self._all if len(code) == 4 and code[:2] == self.area[:2]]  # noqa: PLR2004
        for code in (*around, *neighbours):
            card = self._all.get(code)
            if card is None or card.is_pseudo:
                continue
            for name in (card.names["zh-Hans"], *self._written.get(code, ())):
                yield name.casefold()
                short = next((name.removesuffix(end) for end in _ENDINGS if name.endswith(end)), "")
                if len(short) >= _SHORTEST:
                    yield short.casefold()

    def called(self, code: str) -> str:
        """Return the name of an area with its code."""
        card = self._all.get(code)
        return f"{card.names['zh-Hans']} ({code})" if card else code

    def knows_townships(self, county: str) -> bool:
        """Tell whether the townships of a county are listed; of any county of the area, if none is given."""
        return bool(self._wordings.get(county) if county else any(self._wordings.values()))

    def spot(self, entry: Entry, notes: Notes) -> Spot | None:
        """Return where an entry lies; None, and an error, if that is not in the area."""
        county, township, by = "", None, ""
        address = entry.fields.get("address") or ""
        if entry.zoning:
            located = self._by_zoning(entry, address)
            if located is None:
                self._elsewhere(entry, "zoning", entry.zoning, notes)
                return None
            county, township, by = located.county, located.township, located.by
        elif entry.county:
            found = self._county(entry.county)
            if found is None:
                self._elsewhere(entry, "county", entry.county, notes)
                return None
            county = found
        elif level(self.area) in {Level.COUNTY, Level.TOWNSHIP}:
            county = self.area[:_COUNTY]
        if entry.township:
            stated = self._township(entry.township, county)
            if stated is None:
                sentence = N_("Township “%(name)s” is not known here; the field stays as it was.")
                notes.warn(entry.row, entry.headings.get("township", ""), sentence, name=entry.township[:40])
            else:
                county, township, by = stated[:_COUNTY], stated, "stated"
        if county and not township:
            township = township_in(address, self._wordings.get(county, {}))
            by = "address" if township else ""
        if len(self.area) > _COUNTY and township not in {None, self.area}:
            self._elsewhere(entry, "township", self._all[township or self.area].names["zh-Hans"], notes)
            return None
        return Spot(county, township, by)

    def clean(self, address: str, county: str) -> str:
        """Return an address without the names of the divisions above it."""
        cards = [self._all[code] for code in (*parents(county), county) if code in self._all]
        names = [card.names["zh-Hans"] for card in cards if not card.is_pseudo]
        others = [name for card in cards for name in self._written.get(card.code, ())]
        return clean_address(address, [*names, *others], self._wordings.get(county, ()))

    def _by_zoning(self, entry: Entry, address: str) -> Spot | None:
        code = normalise(entry.zoning) or entry.zoning
        located = locate(code.ljust(12, "0"), address, self._codes, self._remap, self._wordings)
        if located is None or not (located.area.startswith(self.area) or self.area.startswith(located.area)):
            return None
        if len(located.area) < _COUNTY:
            return None
        return Spot(located.area, located.township, located.township_by)

    def _county(self, text: str) -> str | None:
        code = normalise(text)
        if code:
            return code[:_COUNTY] if code[:_COUNTY] in self._counties else None
        for code, card in self._counties.items():
            names = {card.names["zh-Hans"], *card.names.values(), *self._written.get(code, ())}
            short = {name.removesuffix(end) for name in names for end in _ENDINGS if name.endswith(end)}
            if text in names | short or any(len(name) > _SHORTEST and text.endswith(name) for name in names):
                return code
        return None

    def _township(self, text: str, county: str) -> str | None:
        code = normalise(text)
        if code and code in self._all and code[:_COUNTY] in self._counties:
            return code
        for each in [county] if county else self._counties:
            wordings = self._wordings.get(each, {})
            if text in wordings:
                return wordings[text]
            named = (code for code in wordings.values() if text in self._all[code].names.values())
            if found := next(named, None):
                return found
        return None

    def _elsewhere(self, entry: Entry, field: str, text: str, notes: Notes) -> None:
        sentence = N_("This row is of “%(place)s”, which is not in %(area)s.")
        heading = entry.headings.get(field, "")
        notes.error(entry.row, heading, sentence, place=text[:40], area=self._all[self.area].names["zh-Hans"])
