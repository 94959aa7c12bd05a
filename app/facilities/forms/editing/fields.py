"""Forms of fields that only a worker enters; for the others those of proposals serve."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields import SelectChoice

from app.facilities.forms.editing.how import read_day
from app.facilities.forms.proposing.base import (
    LONGEST_LINE,
    NUMBER,
    ProposalForm,
    choices_of,
    line,
    radio,
)
from app.facilities.rules.vocabulary import Kind

_MOST_NAMES = 20
_MOST_M2 = 100_000


class KindForm(ProposalForm):
    """What kind of facility it is."""

    facts = ("kind",)
    kind = radio(
        _l("Kind of facility"), choices_of("kind", (each for each in Kind if each is not Kind.UNKNOWN))
    )

    def value(self) -> str | None:
        """Return the code."""
        return self.chosen("kind") or None

    def present(self, held: Any) -> None:
        """Choose what is held."""
        self.kind.data = held


class AliasesForm(ProposalForm):
    """Other names."""

    facts = ("aliases",)
    aliases = line(_l("Other names, with 、 between them"))

    def value(self) -> list[str]:
        """Return the names, each once; none is an answer too."""
        text = self.line("aliases").replace("，", "、").replace(",", "、")
        names = list(dict.fromkeys(name.strip() for name in text.split("、") if name.strip()))
        if len(names) > _MOST_NAMES or any(len(name) > LONGEST_LINE // 2 for name in names):
            self.bad("aliases", "long")
        return names

    def present(self, held: Any) -> None:
        """Fill in what is held."""
        self.aliases.data = "、".join(held or ())


class NamesForm(ProposalForm):
    """Its name in other languages."""

    facts = ("ug", "en")
    ug = line(_l("Name in Uyghur"), lang="ug", dir="auto")
    en = line(_l("Name in English"), lang="en", dir="auto")

    def value(self) -> dict[str, str]:
        """Return the names that were written."""
        found = {code: self.line(code) for code in self.facts}
        for code, text in found.items():
            if len(text) > LONGEST_LINE:
                self.bad(code, "long")
        return {code: text for code, text in found.items() if text}

    def present(self, held: Any) -> None:
        """Fill in what is held."""
        for code in self.facts:
            self[code].data = (held or {}).get(code, "")


class DemonstrationForm(ProposalForm):
    """Whether it is a demonstration facility."""

    facts = ("demonstration",)
    demonstration = radio(
        _l("Demonstration facility"), [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]
    )

    def value(self) -> bool | None:
        """Return the answer."""
        return {"yes": True, "no": False}.get(self.chosen("demonstration"))

    def present(self, held: Any) -> None:
        """Choose what is held."""
        self.demonstration.data = {True: "yes", False: "no"}.get(held)


class OpensOnForm(ProposalForm):
    """The day on which it begins to take children."""

    facts = ("opens_on",)
    opens_on = line(_l("Opens on"), type="date", dir="ltr")

    def value(self) -> str | None:
        """Return the day."""
        found = read_day(self.opens_on.data)
        if found is None:
            self.bad("opens_on", "day")
            return None
        return found.isoformat()

    def present(self, held: Any) -> None:
        """Fill in what is held."""
        self.opens_on.data = held


class TownshipForm(ProposalForm):
    """The township it lies in; the door says which there are."""

    facts = ("township",)
    township = SelectField(_l("Township"), choices=[], validate_choice=False)

    def value(self) -> dict[str, str] | None:
        """Return the township, as somebody said it."""
        code = self.chosen("township")
        if not code:
            self.township.errors = self.township.errors[:1]
        return {"code": code, "by": "stated"} if code else None

    def present(self, held: Any) -> None:
        """Choose what is held."""
        self.township.data = (held or {}).get("code", "")


class _AreaForm(ProposalForm):
    """A size in square metres."""

    facts: ClassVar[tuple[str, ...]] = ("square",)

    def value(self) -> int | None:
        """Return the size."""
        found = self.whole("square", _MOST_M2)
        if found is None and not self.square.errors:
            self.bad("square")
        return found

    def present(self, held: Any) -> None:
        """Fill in what is held."""
        self.square.data = "" if held is None else str(held)


class IndoorForm(_AreaForm):
    """The rooms."""

    square = line(_l("Indoor area in square metres"), **NUMBER)


class OutdoorForm(_AreaForm):
    """The ground outside."""

    square = line(_l("Outdoor area in square metres"), **NUMBER)
