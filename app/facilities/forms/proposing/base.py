"""What all forms of proposals share: how one knows, a trap, when they were shown; reading single values."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation, Overflow
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from app.facilities.forms.labels import LABELS
from app.facilities.forms.reading import printable
from app.facilities.rules.opening import parse_clock

LONGEST_REASON = 500
LONGEST_LINE = 200
_MOST = 10_000
_MOST_YUAN = 100_000
_FEN = 100
DAYS = "1234567"
NEEDED = _l("This answer is needed.")
SENTENCES = {
    "phone": _l("Write a telephone number in digits, such as the one on its sign."),
    "time": _l("Write a time like 07:30."),
    "order": _l("The end must be later than the beginning."),
    "days": _l("Choose at least one day, and each day once."),
    "amount": _l("Write an amount in yuan, such as 1200 or 15.50."),
    "whole": _l("Write a whole number."),
    "day": _l("Choose a day."),
    "long": _l("This is too long. Shorten it a little."),
    "hasty": _l("That was faster than anybody reads. Look at the form once more and send it again."),
    "wrong": _l("That was not the answer. Here is another question."),
    "stale": _l("The form was open for too long. Send it once more."),
}


def choices_of(group: str, codes: Iterable[str]) -> list[SelectChoice]:
    """Return choices from codes and their words."""
    return [SelectChoice(str(code), LABELS[group][code]) for code in codes]


def radio(label: Any, choices: list[SelectChoice]) -> RadioField:
    """Return a choice of one."""
    return RadioField(label, choices=choices, validate_choice=False)


def boxes(label: Any, choices: list[SelectChoice]) -> SelectMultipleField:
    """Return a choice of several."""
    return SelectMultipleField(
        label,
        choices=choices,
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def line(label: Any, **more: Any) -> StringField:
    """Return a line of text; `more` are attributes such as inputmode."""
    return StringField(label, render_kw={"autocomplete": "off", **more})


TIME = {"inputmode": "numeric", "size": "6", "dir": "ltr"}
NUMBER = {"inputmode": "decimal", "size": "8", "dir": "ltr"}


def runs(days: Iterable[str]) -> list[str]:
    """Return days of the week as runs, such as `1-5` and `7`."""
    found: list[str] = []
    for day in sorted(set(days) & set(DAYS)):
        if found and int(found[-1][-1]) + 1 == int(day):
            found[-1] = f"{found[-1][0]}-{day}"
        else:
            found.append(day)
    return found


class ProposalForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """What every form has. `value` reads the fact; what is wrong stands beside its field."""

    facts: ClassVar[tuple[str, ...]] = ()
    """Names of the fields of the fact, in their order."""
    reason = TextAreaField(_l("How do you know?"))
    website = StringField(_l("Leave this empty"), render_kw={"autocomplete": "off", "tabindex": "-1"})
    shown = HiddenField()
    answer = StringField(_l("Your answer"))
    proof = HiddenField()

    def value(self) -> Any:
        """Return the fact that is proposed; None if it cannot be read."""
        raise NotImplementedError

    def present(self, held: Any) -> None:
        """Fill in what the record says now."""

    def why(self) -> str:
        """Return how they know, or note that it is missing."""
        text = "\n".join(printable(line).rstrip() for line in (self.reason.data or "").splitlines()).strip()
        if not text:
            self.bad("reason")
        if len(text) > LONGEST_REASON:
            self.bad("reason", "long")
        return text

    def bad(self, field: str, code: str = "") -> None:
        """Note what is wrong with a field."""
        self[field].errors = [*self[field].errors, SENTENCES[code] if code else NEEDED]

    def line(self, field: str) -> str:
        """Return a line of text, its spaces single."""
        return " ".join(printable(self[field].data or "").split())

    def chosen(self, field: str) -> str:
        """Return the choice that was made, if it was offered; empty and noted if none was."""
        found = str(self[field].data or "")
        if found not in {str(choice.value) for choice in self[field].choices}:
            self.bad(field)
            return ""
        return found

    def time(self, field: str, *, needed: bool = True) -> str | None:
        """Return a time as `07:30`."""
        text = self.line(field).replace("：", ":")
        if not text and not needed:
            return None
        minutes = parse_clock(text)
        if minutes is None:
            self.bad(field, "time")
            return None
        return f"{minutes // 60:02}:{minutes % 60:02}"

    def whole(self, field: str, most: int = _MOST) -> int | None:
        """Return a whole number, or nothing if the field is empty."""
        text = self.line(field)
        if not text:
            return None
        if not text.isdecimal() or int(text) > most:
            self.bad(field, "whole")
            return None
        return int(text)

    def fen(self, field: str) -> int | None:
        """Return an amount of yuan in fen, or nothing if the field is empty."""
        text = self.line(field).replace(",", "").removeprefix("¥").removesuffix("元").strip()
        if not text:
            return None
        try:
            amount = Decimal(text) * _FEN
        except (InvalidOperation, Overflow):
            amount = Decimal("NaN")
        if not amount.is_finite() or not 0 <= amount <= _MOST_YUAN * _FEN or amount != int(amount):
            self.bad(field, "amount")
            return None
        return int(amount)
