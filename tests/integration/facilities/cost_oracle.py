"""Monthly costs counted the slow, plain way; shares no code with the finder. Only the nation's calendar."""

import csv
import math
from datetime import date, timedelta
from typing import Any

from tests.sites import ROOT

YES, NO, UNKNOWN = "yes", "no", "unknown"
BANDS = {"infant": (6, 12), "junior": (12, 24), "senior": (24, 36), "mixed": (18, 36)}
CARES = ["full-day", "half-day", "hourly", "temporary"]


def days_of_month(start: str | None, today: date) -> tuple[date, date, dict[str, int]]:
    """Return the month's first day, the day whose prices hold, and how many days of each sort it has."""
    first = date.fromisoformat(f"{start}-01") if start else today.replace(day=1)
    kinds: dict[date, str] = {}
    path = ROOT / "content" / "calendars" / "CN" / f"{first.year}.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            kinds = {date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(file)}
    counts = {"work": 0, "sat": 0, "sun": 0}
    day = first
    while day.month == first.month:
        kind = kinds.get(day)
        if kind == "work" or (kind is None and day.isoweekday() < 6):
            counts["work"] += 1
        elif kind is None:
            counts["sat" if day.isoweekday() == 6 else "sun"] += 1
        day += timedelta(days=1)
    on = today if (today.year, today.month) == (first.year, first.month) else first
    return first, on, counts


def weekdays(text: str) -> set[int]:
    found: set[int] = set()
    for part in text.split(";"):
        ends = [int(end) for end in part.strip().split("-")]
        found |= set(range(ends[0], ends[-1] + 1))
    return found


def minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def span(row: dict[str, Any]) -> int | None:
    return minutes(row["closes"]) - minutes(row["opens"]) if row.get("opens") and row.get("closes") else None


def offered(said: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Return the care types; those with a care price where none were reported; None if nothing is known."""
    if said.get("care") is not None:
        return said["care"]
    found = {
        fee["care"] for fee in said.get("fees") or [] if fee["component"] == "care" and fee["care"] != "*"
    }
    return [{"care": care} for care in CARES if care in found] or None


def fits(row: dict[str, Any], said: dict[str, Any], asked: dict[str, Any], open_on: set[int] | None) -> str:
    age = asked.get("age")
    low = row.get("min_age")
    if age is not None and low is not None:
        high = 36 if row.get("max_age") is None else row["max_age"]
        if not low <= int(age) < high:
            return NO
    wanted = int(asked["days"])
    days = weekdays(row["days"]) if row.get("days") else open_on
    if days is None and wanted > 5:
        return UNKNOWN
    if days is not None:
        needed = set(range(1, wanted + 1)) if wanted > 5 else set()
        if not needed <= days or len(days & {1, 2, 3, 4, 5}) < min(wanted, 5):
            return NO
    return YES if long_enough(row, said, asked, days) else NO


def long_enough(
    row: dict[str, Any], said: dict[str, Any], asked: dict[str, Any], days: set[int] | None
) -> bool:
    length, stay, wanted = span(row), float(asked["hours"]) * 60, int(asked["days"])
    if length is not None:
        return stay <= length
    long = {day for day in days or range(1, 8) if stay <= open_for(row, said, day)}
    if row["care"] == "half-day" and stay > 240:
        long = set()
    return set(range(1, wanted + 1)) <= long if wanted > 5 else len(long & {1, 2, 3, 4, 5}) >= wanted


def open_for(row: dict[str, Any], said: dict[str, Any], day: int) -> float:
    """Return how long a place is known to open on a weekday; for ever where nobody has said."""
    for part in (said.get("opening") or "").split(";"):
        named, _space, times = part.strip().partition(" ")
        if named and day in weekdays(named):
            opens, closes = times.split("-")
            return minutes(row.get("closes") or closes) - minutes(row.get("opens") or opens)
    return math.inf


def times(unit: str, asked: dict[str, Any], counts: dict[str, int], half: int) -> float | None:
    """Return how often a unit is paid in the month; None where nobody can know."""
    wanted, hours = int(asked["days"]), float(asked["hours"])
    attended = (
        math.floor(counts["work"] * wanted / 5 + 0.5) if wanted <= 5 else counts["work"] + counts["sat"]
    )
    if wanted == 7:
        attended += counts["sun"]
    return {
        "month": 1,
        "half-month": 2,
        "week": math.ceil(attended / wanted),
        "day": attended,
        "session": attended,
        "half-day": attended * (1 if hours * 60 <= half else 2),
        "hour": attended * math.ceil(hours),
        "year": 1 / 12,
    }.get(unit)


def part(fees: list[dict[str, Any]], component: str, counted: Any) -> tuple[int | None, bool]:
    """Return the lowest amount for one component and whether it is wholly known."""
    rows = [fee for fee in fees if fee["component"] == component and fee["unit"] != "once"]
    ways: list[int] = []
    vague: list[int] = []
    for unit in {fee["unit"] for fee in rows}:
        same = [fee for fee in rows if fee["unit"] == unit]
        same = [fee for fee in same if fee["care"] != "*"] or same
        if counted.age is not None:
            same = [fee for fee in same if fee["band"] != "*"] or same
        number = counted(unit)
        if number is None:
            continue
        amount = math.floor(min(fee["min_fen"] for fee in same) * number + 0.5)
        (vague if unit == "session" and component == "care" else ways).append(amount)
    if ways:
        return min(ways), True
    return (min(vague), False) if vague else (None, False)


class Counted:
    """How often each unit is paid, for one question and one place."""

    def __init__(self, asked: dict[str, Any], counts: dict[str, int], half: int) -> None:
        self.asked, self.counts, self.half = asked, counts, half
        self.age = asked.get("age")

    def __call__(self, unit: str) -> float | None:
        return times(unit, self.asked, self.counts, self.half)


def costs(
    said: dict[str, Any], asked: dict[str, Any], today: date
) -> list[tuple[str, str, int | None, bool]]:
    """Return (care, fit, lowest fen or None, wholly known) of each care type of a place."""
    _first, on, counts = days_of_month(asked.get("start"), today)
    rows = offered(said) or []
    opening = said.get("opening")
    open_on = weekdays("; ".join(p.split()[0] for p in opening.split(";"))) if opening else None
    halves = [span(row) for row in rows if row["care"] == "half-day" and span(row) is not None]
    counted = Counted(asked, counts, min(halves, default=240))
    found = []
    for row in rows:
        if asked.get("care") and row["care"] not in asked["care"]:
            continue
        fit = fits(row, said, asked, open_on)
        fees = [fee for fee in said.get("fees") or [] if _counts(fee, row["care"], asked, on)]
        low, known = part(fees, "care", counted)
        total = low
        for component in ("meals", "transport", "bedding", "insurance", "materials", "other"):
            mine = [fee for fee in fees if fee["component"] == component]
            if component == "meals":
                if not asked.get("meals"):
                    continue
            else:
                mine = [fee for fee in mine if not fee["voluntary"]]
                if not [fee for fee in mine if fee["unit"] != "once"]:
                    continue
            amount, sure = part(mine, component, counted)
            known = known and sure
            total = None if total is None else total + (amount or 0)
        found.append((row["care"], fit, total, known))
    return found


def _counts(fee: dict[str, Any], care: str, asked: dict[str, Any], on: date) -> bool:
    if fee["care"] not in {care, "*"}:
        return False
    if (fee["valid_from"] and fee["valid_from"] > on.isoformat()) or (
        fee["valid_to"] and fee["valid_to"] < on.isoformat()
    ):
        return False
    low, high = BANDS.get(fee["band"], (0, 99))
    return asked.get("age") is None or low <= int(asked["age"]) < high


def judge(said: dict[str, Any], asked: dict[str, Any], today: date) -> str:
    """Return yes, no or unknown: does the pattern cost at most `max_cost` there."""
    limit = round(float(asked["max_cost"]) * 100)
    if offered(said) is None:
        return UNKNOWN
    found = costs(said, asked, today)
    if any(fit == YES and known and total <= limit for _care, fit, total, known in found):
        return YES
    for _care, fit, total, known in found:
        if fit == UNKNOWN or (fit == YES and (total is None or (not known and total <= limit))):
            return UNKNOWN
    return NO


def order(said: dict[str, Any], asked: dict[str, Any], today: date) -> tuple[int, float]:
    """Return the place of a facility in the order of cost: wholly known, partly known, not known."""
    fitting = [(known, total) for _c, fit, total, known in costs(said, asked, today) if fit == YES]
    whole = [total for known, total in fitting if known]
    partly = [total for known, total in fitting if not known and total is not None]
    return (0, min(whole)) if whole else (1, min(partly)) if partly else (2, 0)
