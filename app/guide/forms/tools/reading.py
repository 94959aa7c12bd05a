"""Dates, measures and choices out of a form; what cannot be understood is kept as a problem at its field."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.guide.rules.schedule import add_months

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))")
_NUMBER = re.compile(r"\d{1,3}([.,]\d{1,3})?")
_DIGITS = str.maketrans("０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹．－／٫", "0123456789" * 3 + ".-/.")
"""Digits and signs of other keyboards: wide, Arabic and Persian."""
LONGEST = 40
"""Characters of an answer that are read."""
_TOO_LONG = "…"
"""Stands for an answer that is too long to be one; no field takes it."""
MOST_YEARS = 7
"""Years back that a birth may lie: the schedules end there."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, in the reader's language."""

    field: str
    sentence: str


class Reader:
    """Reads values and keeps every problem; what was typed is never lost, it stays in the form."""

    def __init__(self, form: "MultiDict[str, str]") -> None:
        self.form = form
        self.problems: list[Problem] = []

    def bad(self, field: str, sentence: str) -> None:
        """Keep a problem."""
        self.problems.append(Problem(field, sentence))

    def text(self, field: str) -> str:
        """Return what was typed, without spaces around, with narrow digits; `_TOO_LONG` for no answer.

        A beginning that makes sense alone is not taken for the whole.
        """
        typed = self.form.get(field, "").strip()
        return typed.translate(_DIGITS) if len(typed) <= LONGEST else _TOO_LONG

    def day(self, field: str) -> date | None:
        """Return a date that exists."""
        text = self.text(field)
        if not text:
            return None
        found = _DATE.fullmatch(text)
        if found:
            year, month, day = (int(part) for part in found.groups() if part)
            try:
                return date(year, month, day)
            except ValueError:
                self.bad(field, _("There is no such day. Check year, month and day."))
                return None
        self.bad(field, _("Write the date as year, month and day, such as 2026-03-15."))
        return None

    def born(self, field: str, today: date) -> date | None:
        """Return a date of birth that lies within the years the tools know."""
        if not self.text(field):
            self.bad(field, _("Give the date of birth."))
            return None
        day = self.day(field)
        if day is None:
            return None
        if day > today:
            self.bad(field, _("This day lies in the future. The tool begins with the day of birth."))
            return None
        if day < add_months(today, -12 * MOST_YEARS):
            self.bad(field, _("The tool is for children under seven. Check the year."))
            return None
        return day

    def measure(self, field: str, low: float, high: float) -> float | None:
        """Return a number within the limits of what can be measured."""
        text = self.text(field)
        if not text:
            return None
        value = float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else -1.0
        if low <= value <= high:
            return value
        self.bad(field, _("Write a number from %(low)s to %(high)s.", low=f"{low:g}", high=f"{high:g}"))
        return None

    def whole(self, field: str, low: int, high: int) -> int | None:
        """Return a whole number within limits."""
        text = self.text(field)
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < 4 and low <= int(text) <= high:  # noqa: PLR2004 - three digits
            return int(text)
        self.bad(field, _("Write a whole number from %(low)s to %(high)s.", low=low, high=high))
        return None

    def choice(self, field: str, allowed: Collection[str], first: str = "") -> str:
        """Return one of a few codes, or the first where nothing was chosen."""
        text = self.text(field)
        if text in allowed:
            return text
        if text:
            self.bad(field, _("Choose one of the answers."))
        return first
