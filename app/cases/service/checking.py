"""Looks for what a text would give away about the resident. The officer learns that, not the sealed words."""

from app.areas import queries as areas
from app.cases.model import Case
from app.cases.rules import contexts
from app.cases.rules.leaks import leaks
from app.core import sealing

TO_OTHERS = ("name", "phone", "identity", "quote", "reporter")
"""What must not reach the facility or the public."""
TO_RESIDENT = ("name", "phone", "identity")
"""What must not stand in a reply either: it also goes to those whose cases were merged with it."""


def gives_away(case: Case, text: str, *, codes: tuple[str, ...] = TO_OTHERS) -> tuple[str, ...]:
    """Return codes of what a text gives away, of those that matter where it goes."""
    contact: dict[str, str] = (
        sealing.open_json(case.contact, contexts.contact(case.number)) if case.contact else {}
    )
    told: dict[str, str] = sealing.open_json(case.told, contexts.told(case.number)) if case.told else {}
    offices = frozenset(line.number for line in areas.hotlines(case.place))
    words = {name: str(value) for name, value in contact.items() if isinstance(value, str)}
    return tuple(code for code in leaks(text, words, told.get("story", ""), offices=offices) if code in codes)
