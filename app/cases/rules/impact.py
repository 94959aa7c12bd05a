"""What a change of the rules, or of a calendar, would do to what is asked and owed. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from app.cases.rules.routing import Answer, Desk, Question


@dataclass(frozen=True, slots=True)
class Said:
    """Who would have a report: offices by code, and the part of the territory."""

    lead: str
    co: tuple[str, ...] = ()
    inform: tuple[str, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """Questions on one subject that would be answered otherwise: so urgent, of these kinds and forms."""

    category: str
    severities: tuple[str, ...]
    kinds: tuple[str, ...]
    forms: tuple[str, ...]
    before: Said
    after: Said


def said(answer: Answer | None) -> Said:
    """Return what matters of an answer."""
    if answer is None:
        return Said("")
    return Said(answer.lead or "", answer.co, answer.inform, answer.role)


def shifts(
    before: Desk,
    after: Desk,
    subjects: Iterable[str],
    severities: Sequence[str],
    kinds: Sequence[str],
    forms: Sequence[str],
    on: date,
) -> list[Shift]:
    """Return what the place itself would answer otherwise, over every subject, kind and legal form.

    Each subject is asked at every severity: a rule may hold for urgent reports only. Equal answers stand
    together.
    """
    found: list[Shift] = []
    for category in subjects:
        urgent: dict[tuple[tuple[str, ...], tuple[str, ...], Said, Said], list[str]] = {}
        for severity in severities:
            for alike in _alike(before, after, (category, severity, on), kinds, forms):
                urgent.setdefault(alike, []).append(severity)
        found += (Shift(category, tuple(held), *alike) for alike, held in urgent.items())
    return found


def _alike(
    before: Desk, after: Desk, about: tuple[str, str, date], kinds: Sequence[str], forms: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], Said, Said]]:
    """Yield (kinds, forms, before, after) of what is answered otherwise on a subject, severity and day."""
    category, severity, on = about
    changed: dict[tuple[Said, Said], dict[str, list[str]]] = {}
    for kind, form in product(kinds, forms):
        question = Question(before.place, category, kind, form, severity, on)
        old, new = said(before.choose(question)), said(after.choose(question))
        if old != new:
            changed.setdefault((old, new), {}).setdefault(kind, []).append(form)
    for (old, new), by_kind in changed.items():
        for together, of in _together(by_kind):
            yield together, of, old, new


def _together(by_kind: Mapping[str, list[str]]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield kinds that are the same for the same forms together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for kind, forms in by_kind.items():
        groups.setdefault(tuple(forms), []).append(kind)
    for alike, kinds in groups.items():
        yield tuple(kinds), alike


def moved(
    questions: Iterable[tuple[str, Question]],
    before: Callable[[Question], Answer | None],
    after: Callable[[Question], Answer | None],
) -> list[tuple[str, Said, Said]]:
    """Return (number, before, after) of the cases that would go elsewhere if they came today."""
    found = ((number, said(before(question)), said(after(question))) for number, question in questions)
    return [(number, old, new) for number, old, new in found if old != new]
