"""Forms of fields that are tables: one row of care types, prices or classes."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice

from app.facilities.forms.proposing.base import (
    DAYS,
    NUMBER,
    TIME,
    ProposalForm,
    boxes,
    choices_of,
    line,
    runs,
)
from app.facilities.rules.vocabulary import MAX_AGE, Band, Care, Component, Unit


class CareForm(ProposalForm):
    """One type of care."""

    facts = ("care", "gone", "days", "opens", "closes", "min_age", "max_age")
    care = SelectField(_l("Type of care"), choices=choices_of("care", Care), validate_choice=False)
    gone = BooleanField(_l("This type of care is not offered any more"))
    days = boxes(_l("Days"), choices_of("weekday", DAYS))
    opens = line(_l("Begins at"), **TIME)
    closes = line(_l("Ends at"), **TIME)
    min_age = line(_l("Youngest age in months"), **NUMBER)
    max_age = line(_l("Oldest age in months"), **NUMBER)

    def value(self) -> dict[str, Any] | None:
        """Return the row; what was left empty is not said."""
        care = self.chosen("care")
        if self.gone.data:
            return {"gone": {"care": care}}
        said = {
            "days": "; ".join(runs(self.days.data or ())) or None,
            "opens": self.time("opens", needed=False),
            "closes": self.time("closes", needed=False),
            "min_age": self.whole("min_age", MAX_AGE),
            "max_age": self.whole("max_age", MAX_AGE),
        }
        if said["opens"] and said["closes"] and str(said["opens"]) >= str(said["closes"]):
            self.bad("closes", "order")
        return {"row": {"care": care, **{name: text for name, text in said.items() if text is not None}}}


class FeeForm(ProposalForm):
    """One price."""

    facts = ("care", "band", "component", "unit", "gone", "amount", "amount_max", "voluntary", "valid_from")
    care = SelectField(
        _l("Type of care"),
        choices=[SelectChoice("*", _l("All types of care")), *choices_of("care", Care)],
        validate_choice=False,
    )
    band = SelectField(_l("Class"), choices=choices_of("band", ("*", *Band)), validate_choice=False)
    component = SelectField(_l("For what"), choices=choices_of("component", Component), validate_choice=False)
    unit = SelectField(_l("Counted by"), choices=choices_of("unit", Unit), validate_choice=False)
    gone = BooleanField(_l("This price is not asked any more"))
    amount = line(_l("Price in yuan"), **NUMBER)
    amount_max = line(_l("Up to, if it is a range"), **NUMBER)
    voluntary = BooleanField(_l("Parents may decline it"))
    valid_from = line(_l("Valid from"), type="date", dir="ltr")

    def value(self) -> dict[str, Any] | None:
        """Return the row."""
        key = {name: self.chosen(name) for name in ("care", "band", "component", "unit")}
        if self.gone.data:
            return {"gone": key}
        low, high, start = self.fen("amount"), self.fen("amount_max"), self.line("valid_from")
        if low is None and not self.amount.errors:
            self.bad("amount")
        if low is not None and high is not None and high < low:
            self.bad("amount_max", "order")
        if start and not _is_day(start):
            self.bad("valid_from", "day")
        row = {**key, "min_fen": low, "max_fen": high if high is not None else low}
        since = {"valid_from": start} if start else {}
        return {"row": {**row, "voluntary": bool(self.voluntary.data), **since}}


class BandForm(ProposalForm):
    """One class."""

    facts = ("band", "gone", "places", "class_size", "children_per_carer")
    band = SelectField(_l("Class"), choices=choices_of("band", Band), validate_choice=False)
    gone = BooleanField(_l("There is no such class any more"))
    places = line(_l("Places"), **NUMBER)
    class_size = line(_l("Class size"), **NUMBER)
    children_per_carer = line(_l("Children per carer"), **NUMBER)

    def value(self) -> dict[str, Any] | None:
        """Return the row; what was left empty is not said."""
        band = self.chosen("band")
        if self.gone.data:
            return {"gone": {"band": band}}
        said = {name: self.whole(name) for name in ("places", "class_size", "children_per_carer")}
        told = {name: number for name, number in said.items() if number is not None}
        if not told and not self.errors:
            self.bad("places")
        return {"row": {"band": band, **told}}


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
