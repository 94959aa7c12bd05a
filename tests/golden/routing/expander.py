"""Who must answer what, worked out from the tables beside this file, which were written by hand.

Knows nothing of the program: neither its rules nor its code. `matrix.csv` has a cell for each place and
subject as it holds for a for-profit nursery; `modifiers.csv` says what another legal form changes; what a
kindergarten class and an emergency change is written here. `python -m tests.golden.routing.expander` writes
the files of `expanded/` anew; read the difference before you keep it.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

FOLDER = Path(__file__).parent
KINDS = (
    "nursery", "kindergarten-class", "community", "workplace", "family", "service-centre", "medical",
    "unknown",
)  # fmt: skip
CLASS = "kindergarten-class"
FORMS = ("for-profit", "non-profit", "public", "unregistered", "unknown")
SEVERITIES = ("e1", "e2", "n")
PLACES = ("6501", "530115", "3404", "110115", "330681")
TOWNSHIPS = {
    "6501": "650102002", "530115": "530115001", "3404": "340402100", "110115": "110115103",
    "330681": "330681003",
}  # fmt: skip
GROUND = {"6501": 8, "530115": 8, "3404": 7, "110115": 24, "330681": 23}
"""How many offices answer for all the areas of a place: districts, or towns, streets and parks."""
BY_DISTRICT = frozenset({"6501", "3404"})
WITHOUT_EDUCATION = frozenset({"labour", "conduct", "prov", "serv"})
CLASS_CONFIDENCE = {"6501": "a", "530115": "b", "3404": "c", "110115": "b", "330681": "a"}
"""How surely a document gives kindergarten classes to education."""
COLUMNS = (
    "area", "category", "kinds", "forms", "severities", "lead", "co", "territory", "role", "confidence",
    "default",
)  # fmt: skip
Result = tuple[str, str, str, str, str, str]
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Cell:
    """One cell: kinds of office, the role of the territory, how sure the lead is, what it cites."""

    lead: str
    co: tuple[str, ...]
    role: str
    confidence: str
    cites: tuple[str, ...]


def _table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@cache
def matrix() -> dict[tuple[str, str], Cell]:
    return {
        (row["place"], row["category"]): Cell(
            row["lead"], parts(row["co"]), row["territory"], row["confidence"], parts(row["cites"])
        )
        for row in _table("matrix.csv")
    }


@cache
def modifiers() -> dict[tuple[str, str, str], tuple[str, tuple[str, ...], str]]:
    return {
        (row["place"], row["category"], form): (row["lead"], parts(row["co"]), row["confidence"])
        for row in _table("modifiers.csv")
        for form in parts(row["forms"])
    }


@cache
def cites() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the document and the clauses, any of which will do, behind each reference of the matrix."""
    return {row["cite"]: (row["document"], parts(row["clauses"])) for row in _table("cites.csv")}


def categories() -> list[str]:
    return [category for place, category in matrix() if place == PLACES[0]]


def expect(place: str, area: str, category: str, kind: str, form: str, severity: str) -> Result:
    """Return lead, co-handlers, territory, its role, confidence of the lead and whether it is a default."""
    cell = matrix()[place, "unlic" if (category, form) == ("reg", "unregistered") else category]
    lead, co, confidence = modifiers().get((place, category, form), (cell.lead, cell.co, cell.confidence))
    local = any(not cite.startswith("N") or cite == "N11" for cite in cell.cites)
    if kind == CLASS and category == "care":
        lead, co, confidence = "education", (lead, *co), CLASS_CONFIDENCE[place]
        local = True
    elif kind == CLASS and category not in WITHOUT_EDUCATION and "education" not in (lead, *co):
        co = (*co, "education")
        local = True
    co = tuple(each for each in dict.fromkeys(co) if each != lead)
    role = cell.role
    if severity == "e1":
        co = co if "health" in (lead, *co) else (*co, "health")
        role = "informed" if role == "not-stated" else role
    default = place == "3404" or (confidence == "c" and not local)
    units = sorted(unit(place, area, each) for each in co)
    return (
        unit(place, area, lead), "|".join(units), territory(place, area), role, confidence,
        "yes" if default else "no",
    )  # fmt: skip


def unit(place: str, area: str, kind: str) -> str:
    """Return the office of a kind: the district's where a document names departments of a city."""
    if kind == "townships":
        return f"{area}.office" if len(area) == 9 else f"{place}.townships"
    if place in BY_DISTRICT and area != place:
        return f"{area[:6]}.{kind}"
    return f"{place}.{kind}"


def territory(place: str, area: str) -> str:
    if area == place:
        return str(GROUND[place])
    return f"{area[:6]}.government" if place in BY_DISTRICT else f"{area}.office"


def lines(place: str, answer: Callable[[str, str, str, str, str, str], Result]) -> Iterator[list[str]]:
    """Yield every question about a place with its answer, equal ones in one line."""
    for area, category in product((place, TOWNSHIPS[place]), categories()):
        found = {key: answer(place, area, category, *key) for key in product(KINDS, FORMS, SEVERITIES)}
        for key, result in runs(found):
            yield [area, category, *key, *result]


def runs(found: dict[Key, Result]) -> Iterator[tuple[Key, Result]]:
    """Yield answers grouped: kinds that are answered alike, in them forms, in them severities."""
    for kinds in alike(KINDS, lambda kind: [found[kind, f, s] for f in FORMS for s in SEVERITIES]):
        for forms in alike(FORMS, lambda form, k=kinds[0]: [found[k, form, s] for s in SEVERITIES]):
            for severities in alike(SEVERITIES, lambda s, k=kinds[0], f=forms[0]: found[k, f, s]):
                key = (short(kinds, KINDS), short(forms, FORMS), short(severities, SEVERITIES))
                yield key, found[kinds[0], forms[0], severities[0]]


def alike(codes: tuple[str, ...], answer: Callable[[str], object]) -> list[list[str]]:
    """Return codes in groups that have the same answer, in the order of the first of each."""
    groups: list[tuple[object, list[str]]] = []
    for code in codes:
        for seen, group in groups:
            if seen == answer(code):
                group.append(code)
                break
        else:
            groups.append((answer(code), [code]))
    return [group for _, group in groups]


def short(codes: list[str], every: tuple[str, ...]) -> str:
    """Write codes in a cell: `*` for all, `not x` for all but one."""
    missing = [code for code in every if code not in codes]
    if not missing:
        return "*"
    return f"not {missing[0]}" if len(missing) == 1 and len(codes) > 1 else "|".join(codes)


def text(place: str, answer: Callable[[str, str, str, str, str, str], Result]) -> str:
    """Return the file of a place."""
    return "".join(",".join(line) + "\n" for line in [list(COLUMNS), *lines(place, answer)])


def file(place: str) -> Path:
    return FOLDER / "expanded" / f"{place}.csv"


if __name__ == "__main__":
    for each in PLACES:
        file(each).parent.mkdir(exist_ok=True)
        file(each).write_text(text(each, expect), "utf-8")
