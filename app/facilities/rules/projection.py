"""From observations to the present record: every field is what somebody said, on a day, from a source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.facilities.rules.opening import parse_opening
from app.facilities.rules.vocabulary import (
    BAND_MONTHS,
    MAX_AGE,
    Band,
    Care,
    CarerLanguage,
    Food,
    Need,
    mask,
)

FIELDS = frozenset(
    [
        "name",
        "aliases",
        "names",
        "credit_code",
        "form",
        "kind",
        "status",
        "filing_number",
        "filed_on",
        "address",
        "township",
        "location",
        "phone",
        "opening",
        "holidays",
        "inclusive",
        "demonstration",
        "food",
        "languages",
        "needs",
        "outdoor_m2",
        "indoor_m2",
        "care",
        "fees",
        "bands",
        "records",
        "history",
        "opens_on",
    ]
)
IDENTITY = frozenset({"name", "credit_code", "form", "filed_on"})
"""Fields where the register's word stands, whatever a later ledger says."""
STALE_DAYS = 180
"""A value older than this says so on the page."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What a source said about one field. `value` None: said to be unknown."""

    field: str
    value: Any
    source: str
    source_kind: str
    observed_on: date
    order: int = 0
    """Place in the order of recording; the later of two equal days wins."""


def current(observations: Iterable[Observation]) -> dict[str, Observation]:
    """Return the observation that stands for each field."""
    standing: dict[str, Observation] = {}
    for observation in observations:
        held = standing.get(observation.field)
        if held is None or _weight(observation) > _weight(held):
            standing[observation.field] = observation
    return standing


def _weight(observation: Observation) -> tuple[bool, bool, date, int]:
    first_hand = observation.source_kind != "inferred"
    register = observation.field in IDENTITY and observation.source_kind == "register"
    return (register, first_hand, observation.observed_on, observation.order)


def _recency(observation: Observation) -> tuple[date, bool, int]:
    return (observation.observed_on, observation.source_kind != "inferred", observation.order)


def columns(standing: Mapping[str, Observation]) -> dict[str, Any]:
    """Return the columns of a facility's row that follow from its observations.

    Keys are those of `app.facilities.model.Facility`, without ids, area and search keys. None is
    everywhere *not reported*.
    """
    value = {field: observation.value for field, observation in standing.items()}
    code = value.get("credit_code") or {}
    location = value.get("location") or {}
    township = value.get("township") or {}
    opening = parse_opening(value["opening"]) if value.get("opening") else None
    bands = value.get("bands")
    known, yes, all_bands = _vacancies(bands)
    kind = standing.get("kind")
    newest = max(standing.values(), key=_recency)
    return {
        "name": value["name"],
        "aliases": value.get("aliases") or [],
        "names": value.get("names") or {},
        "kind": (kind.value if kind else None) or "unknown",
        "kind_inferred": bool(kind and kind.value and kind.source_kind == "inferred"),
        "form": value.get("form") or "unknown",
        "status": value.get("status") or "filed",
        "filing_number": value.get("filing_number"),
        "filed_on": date.fromisoformat(value["filed_on"]) if value.get("filed_on") else None,
        "credit_code": code.get("code"),
        "credit_state": code.get("state", "missing"),
        "address": value.get("address"),
        "township_code": township.get("code"),
        "township_by": township.get("by", ""),
        "lat": location.get("lat"),
        "lon": location.get("lon"),
        "precision": location.get("precision", "none"),
        "phone": value.get("phone"),
        "opening": value.get("opening"),
        "opens": opening.opens if opening else None,
        "closes": opening.closes if opening else None,
        "day_mask": opening.days if opening else None,
        "holidays": value.get("holidays"),
        "inclusive": value.get("inclusive"),
        "demonstration": value.get("demonstration"),
        "care_mask": _mask(
            Care, None if value.get("care") is None else [row["care"] for row in value["care"]]
        ),
        "food_mask": _mask(Food, value.get("food")),
        "language_mask": _mask(CarerLanguage, value.get("languages")),
        "need_mask": _mask(Need, value.get("needs")),
        "age_mask": _ages(value.get("care"), bands),
        "band_mask": all_bands,
        "vacancy_known_mask": known,
        "vacancy_yes_mask": yes,
        "vacancies_on": _said_on(bands),
        "places": _places(bands),
        "opens_on": date.fromisoformat(value["opens_on"]) if value.get("opens_on") else None,
        "updated_on": newest.observed_on,
        "source": newest.source,
    }


def _mask(kind: type[Any], values: list[str] | None) -> int | None:
    return None if values is None else mask(kind, values)


def _ages(care: list[dict[str, Any]] | None, bands: list[dict[str, Any]] | None) -> int | None:
    """Return one bit a month of age that is taken in, from the care types, else from the class bands."""
    spans = [(row["min_age"], row["max_age"]) for row in care or () if row.get("min_age") is not None]
    if not spans and bands:
        spans = [BAND_MONTHS[Band(row["band"])] for row in bands]
    if not spans:
        return None
    bits = 0
    for low, high in spans:
        for month in range(low, min(high if high is not None else 36, MAX_AGE + 1)):
            bits |= 1 << month
    return bits


def _vacancies(bands: list[dict[str, Any]] | None) -> tuple[int, int, int | None]:
    """Return masks: bands whose vacancies are known, bands with a place free, bands there are."""
    if bands is None:
        return 0, 0, None
    known = [row["band"] for row in bands if row.get("vacancies") is not None]
    free = [row["band"] for row in bands if row.get("vacancies")]
    return mask(Band, known), mask(Band, free), mask(Band, [row["band"] for row in bands])


def _said_on(bands: list[dict[str, Any]] | None) -> date | None:
    """Return the newest day on which a place was free, else the oldest on which a class was full."""
    free = [row["as_of"] for row in bands or () if row.get("vacancies") and row.get("as_of")]
    full = [row["as_of"] for row in bands or () if row.get("vacancies") == 0 and row.get("as_of")]
    chosen = max(free) if free else min(full, default=None)
    return date.fromisoformat(chosen) if chosen else None


def _places(bands: list[dict[str, Any]] | None) -> int | None:
    """Return the places of all classes, or None unless each has said how many it has."""
    counts = [row.get("places") for row in bands or ()]
    known = [count for count in counts if count is not None]
    return sum(known) if counts and len(known) == len(counts) else None
