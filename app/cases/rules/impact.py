"""What a change of the rules, of times or of a calendar would do to what is asked and owed. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from app.cases.rules.routing import Answer, Clock, Desk, Question, clocks_for

Time = tuple[int, str]
"""How much of what."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who would have a report: offices by code, and the part of the territory.

    `ground` is the office that answers for the spot as such; empty where there are several.
    """

    lead: str
    co: tuple[str, ...] = ()
    inform: tuple[str, ...] = ()
    role: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """Questions on one subject that would be answered otherwise: so urgent, of these kinds and forms."""

    category: str
    severities: tuple[str, ...]
    kinds: tuple[str, ...]
    forms: tuple[str, ...]
    before: Said
    after: Said

    def holds(self, severity: str, kind: str, form: str) -> bool:
        """Tell whether a question is among these."""
        return severity in self.severities and kind in self.kinds and form in self.forms


@dataclass(frozen=True, slots=True)
class Term:
    """A step that reports like these would owe in another time; None is a step that is not owed."""

    name: str
    categories: tuple[str, ...]
    purposes: tuple[str, ...]
    severities: tuple[str, ...]
    before: Time | None
    after: Time | None


def said(answer: Answer | None) -> Said:
    """Return what matters of an answer."""
    if answer is None:
        return Said("")
    ground = answer.territory[0] if len(answer.territory) == 1 else ""
    return Said(answer.lead or "", answer.co, answer.inform, answer.role, ground)


def shifts(
    before: Desk,
    after: Desk,
    subjects: Iterable[str],
    severities: Sequence[str],
    kinds: Sequence[str],
    forms: Sequence[str],
    on: date,
    area: str = "",
) -> list[Shift]:
    """Return what the place, or an area of it, would answer otherwise: over every subject, kind and form.

    Each subject is asked at every severity: a rule may hold for urgent reports only. Equal answers stand
    together.
    """
    found: list[Shift] = []
    for category in subjects:
        urgent: dict[tuple[tuple[str, ...], tuple[str, ...], Said, Said], list[str]] = {}
        for severity in severities:
            about = Question(area or before.place, category, "", "", severity, on)
            for alike in _alike(before, after, about, kinds, forms):
                urgent.setdefault(alike, []).append(severity)
        found += (Shift(category, tuple(held), *alike) for alike, held in urgent.items())
    return found


def parted(
    found: Iterable[Shift], urgency: Mapping[str, str], kind: str, form: str
) -> tuple[list[Shift], list[Shift]]:
    """Return the shifts of the usual answers, one a subject at the most, and those of all others.

    The usual question on a subject is about one `kind` and `form`, as urgent as `urgency` says it is.
    """
    usual: list[Shift] = []
    others: list[Shift] = []
    for each in found:
        (usual if each.holds(urgency[each.category], kind, form) else others).append(each)
    return usual, others


def terms(
    before: Sequence[Clock],
    after: Sequence[Clock],
    subjects: Iterable[str],
    purposes: Sequence[str],
    severities: Sequence[str],
) -> list[Term]:
    """Return what new reports would owe in another time, over every subject, purpose and urgency."""
    changed: dict[tuple[str, Time | None, Time | None], dict[str, dict[str, list[str]]]] = {}
    for category, purpose, severity in product(subjects, purposes, severities):
        about = category, purpose, severity
        old, new = clocks_for(before, *about), clocks_for(after, *about)
        for name in dict.fromkeys([*old, *new]):
            was, becomes = _time(old.get(name)), _time(new.get(name))
            if was != becomes:
                by_purpose = changed.setdefault((name, was, becomes), {}).setdefault(category, {})
                by_purpose.setdefault(purpose, []).append(severity)
    found: list[Term] = []
    for (name, was, becomes), by_category in changed.items():
        groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
        for category, by_purpose in by_category.items():
            for alike in _together(by_purpose):
                groups.setdefault(alike, []).append(category)
        found += (Term(name, tuple(held), *alike, was, becomes) for alike, held in groups.items())
    return found


def _time(held: Clock | None) -> Time | None:
    return (held.amount, held.unit) if held else None


def owes_otherwise(before: Sequence[Clock], after: Sequence[Clock], about: tuple[str, str, str]) -> bool:
    """Tell whether a report on a subject, with a purpose, so urgent, would owe anything in another time."""
    old, new = clocks_for(before, *about), clocks_for(after, *about)
    return any(_time(old.get(name)) != _time(new.get(name)) for name in old.keys() | new.keys())


def _alike(
    before: Desk, after: Desk, about: Question, kinds: Sequence[str], forms: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], Said, Said]]:
    """Yield (kinds, forms, before, after) of what is answered otherwise about anything at one spot."""
    changed: dict[tuple[Said, Said], dict[str, list[str]]] = {}
    for kind, form in product(kinds, forms):
        question = replace(about, kind=kind, form=form)
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
