"""Forms of fields that are one value: a number, hours, a choice, several codes."""

import re
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.fields import SelectChoice

from app.facilities.forms.proposing.base import (
    DAYS,
    LONGEST_LINE,
    TIME,
    ProposalForm,
    boxes,
    choices_of,
    line,
    radio,
    runs,
)
from app.facilities.rules.opening import parse_opening
from app.facilities.rules.vocabulary import CarerLanguage, Food, Need

_PHONE = re.compile(r"\+?[0-9][0-9 ()/、,-]{4,40}")


class PhoneForm(ProposalForm):
    """A telephone number."""

    facts = ("phone",)
    phone = line(_l("Telephone"), inputmode="tel", dir="ltr")

    def value(self) -> str | None:
        """Return the number."""
        text = self.line("phone")
        if not _PHONE.fullmatch(text):
            self.bad("phone", "phone" if text else "")
            return None
        return text

    def present(self, held: Any) -> None:
        """Fill in the number."""
        self.phone.data = held


class AddressForm(ProposalForm):
    """An address."""

    facts = ("address",)
    address = line(_l("Address"))

    def value(self) -> str | None:
        """Return the address."""
        text = self.line("address")
        if not text or len(text) > LONGEST_LINE:
            self.bad("address", "long" if text else "")
            return None
        return text

    def present(self, held: Any) -> None:
        """Fill in the address."""
        self.address.data = held


class OpeningForm(ProposalForm):
    """Opening hours: days that are alike, and perhaps others, such as Saturday."""

    facts = ("days", "opens", "closes", "days2", "opens2", "closes2")
    days = boxes(_l("Days"), choices_of("weekday", DAYS))
    opens = line(_l("Opens at"), **TIME)
    closes = line(_l("Closes at"), **TIME)
    days2 = boxes(_l("Other days, if their hours differ"), choices_of("weekday", DAYS))
    opens2 = line(_l("Opens at"), **TIME)
    closes2 = line(_l("Closes at"), **TIME)

    def value(self) -> str | None:
        """Return the hours in the grammar of `rules.opening`."""
        spans = [*self._span(""), *(self._span("2") if self.days2.data else [])]
        if self.errors:
            return None
        text = "; ".join(f"{days} {hours}" for days, hours in sorted(spans))
        try:
            parse_opening(text)
        except ValueError:
            twice = set(self.days.data or ()) & set(self.days2.data or ())
            self.bad("days2" if twice else "closes", "days" if twice else "order")
            return None
        return text

    def _span(self, second: str) -> list[tuple[str, str]]:
        days = runs(self[f"days{second}"].data or ())
        if not days:
            self.bad(f"days{second}", "days")
        opens, closes = self.time(f"opens{second}"), self.time(f"closes{second}")
        return [(day, f"{opens}-{closes}") for day in days]

    def present(self, held: Any) -> None:
        """Fill in the hours that most days share."""
        week = parse_opening(held).week if held else ()
        spans: dict[tuple[int, int], list[str]] = {}
        for hours in week:
            spans.setdefault((hours.opens, hours.closes), []).append(str(hours.weekday))
        for second, ((opens, closes), days) in zip(("", "2"), spans.items(), strict=False):
            self[f"days{second}"].data = days
            self[f"opens{second}"].data = f"{opens // 60:02}:{opens % 60:02}"
            self[f"closes{second}"].data = f"{closes // 60:02}:{closes % 60:02}"


class HolidaysForm(ProposalForm):
    """What happens on public holidays."""

    facts = ("holidays",)
    holidays = radio(_l("On public holidays"), choices_of("holidays", ("closed", "open", "on-request")))

    def value(self) -> str | None:
        """Return the code."""
        return self.chosen("holidays") or None

    def present(self, held: Any) -> None:
        """Choose what is held."""
        self.holidays.data = held


class InclusiveForm(ProposalForm):
    """Whether it is of inclusive price."""

    facts = ("inclusive",)
    inclusive = radio(_l("Inclusive price"), [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))])

    def value(self) -> bool | None:
        """Return the answer."""
        return {"yes": True, "no": False}.get(self.chosen("inclusive"))

    def present(self, held: Any) -> None:
        """Choose what is held."""
        self.inclusive.data = {True: "yes", False: "no"}.get(held)


class StatusForm(ProposalForm):
    """That it has closed, for a while or for good, or is open again."""

    facts = ("status",)
    status = radio(_l("What has become of it?"), choices_of("status", ("closed", "suspended", "filed")))

    def value(self) -> str | None:
        """Return the status."""
        return self.chosen("status") or None


class _ManyForm(ProposalForm):
    """Several codes of a list; none of them is an answer too."""

    facts = ("many",)
    kind: ClassVar[Any]
    many: SelectMultipleField

    def value(self) -> list[str]:
        """Return the codes that were chosen."""
        wanted = set(self.many.data or ())
        return [code.value for code in self.kind if code.value in wanted]

    def present(self, held: Any) -> None:
        """Choose what is held."""
        self.many.data = held or []


class FoodForm(_ManyForm):
    """Food."""

    kind = Food
    many = boxes(_l("Food"), choices_of("food", Food))


class LanguagesForm(_ManyForm):
    """Languages of carers."""

    kind = CarerLanguage
    many = boxes(_l("Carers' language"), choices_of("language", CarerLanguage))


class NeedsForm(_ManyForm):
    """Needs it can meet."""

    kind = Need
    many = boxes(_l("Needs"), choices_of("needs", Need))
