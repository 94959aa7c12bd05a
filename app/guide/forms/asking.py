"""Reading what a reader of guidance asks for, and the addresses that texts lead to."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import current_app, url_for
from flask_babel import gettext as _

from app.guide.queries.lists import band_of, bands
from app.guide.rules.schedule import completed_months

if TYPE_CHECKING:
    from app.guide.loading.lists import Band

OLDEST = 36
"""Completed months at which guidance ends."""
LONGEST_QUESTION = 100
_WHOLE = re.compile(r"\d{1,3}")
_MONTH = re.compile(r"(\d{4})[-/.年]?(\d{1,2})月?")
_DIGITS = str.maketrans("０１２３４５６７８９．－／", "0123456789.-/")
_EARLY = 3
"""Months before birth with which the first band begins."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An age that was asked for: the band, and the months where they were given."""

    band: "Band | None" = None
    months: int | None = None
    problems: tuple[tuple[str, str], ...] = ()


def read_age(args: Mapping[str, str]) -> Asked:
    """Return the band of `age` (completed months) or `band` (a code); neither is no fault."""
    age, code = _typed(args, "age"), _typed(args, "band")
    if age:
        if not _WHOLE.fullmatch(age):
            return _bad("age", _("Write the age in whole months, such as 7."))
        months = int(age)
        if months >= OLDEST:
            words = _("The texts end at %(months)s months. For an older child ask the clinic.", months=OLDEST)
            return _bad("age", words)
        return Asked(band_of(months), months)
    if code:
        found = next((band for band in bands() if band.code == code), None)
        if found is None:
            return _bad("age", _("This age group does not exist. Choose one of those below."))
        return Asked(found)
    return Asked()


def read_birth_month(form: Mapping[str, str], today: date) -> tuple[int | None, list[tuple[str, str]]]:
    """Return completed months of a month of birth, or what is wrong with it. A month to come is -1."""
    typed = _typed(form, "born")
    found = _MONTH.fullmatch(typed)
    year, month = (int(part) for part in found.groups()) if found else (0, 0)
    if not typed:
        return None, [("born", _("Choose the month of birth."))]
    if not 1 <= month <= 12 or not 1900 <= year < 2100:  # noqa: PLR2004 - months of a year, years of people
        return None, [("born", _("Write the month as year and month, such as 2026-03."))]
    born = date(year, month, 1)
    if born > today:
        ahead = (born.year - today.year) * 12 + born.month - today.month
        if ahead > _EARLY:
            return None, [("born", _("The texts begin three months before birth. Come back then."))]
        return -1, []
    months = completed_months(born, today)
    if months >= OLDEST:
        words = _("The texts end at %(months)s months. For an older child ask the clinic.", months=OLDEST)
        return None, [("born", words)]
    return months, []


def _typed(args: Mapping[str, str], name: str) -> str:
    return args.get(name, "").strip().translate(_DIGITS)[:20]


def _bad(field: str, sentence: str) -> Asked:
    return Asked(problems=((field, sentence),))


def question(args: Mapping[str, str]) -> str:
    """Return a text search as it was typed: printable, of bearable length."""
    text = "".join(letter if letter.isprintable() else " " for letter in args.get("q", ""))
    return " ".join(text.split())[:LONGEST_QUESTION]


def links(area: str | None = None, months: int | None = None) -> Callable[[str, str], str | None]:
    """Return what gives the address of a link within a text; a reader's area and age go along."""

    def address(scheme: str, value: str) -> str | None:
        if scheme == "guide":
            return url_for("guide.article", slug=value, area=area) if value else None
        if scheme == "tool":
            return tool_address(value)
        if scheme == "report":
            return url_for("cases.report", category=value or None, area=area)
        if scheme == "find":
            return url_for("facilities.find", area=area, age=months)
        if scheme == "verify":
            return url_for("facilities.verify")
        return url_for("site.area", code=value or area) if scheme == "area" and (value or area) else None

    return address


def tool_address(tool: str | None) -> str | None:
    """Return where a tool is; None for one that is not there."""
    door = f"guide.{tool}"
    return url_for(door) if tool and door in current_app.view_functions else None


def age_of(codes: tuple[str, ...]) -> int | None:
    """Return the age that a text of a single band is about, in completed months."""
    known = {band.code: band for band in bands()}
    start = known[codes[0]].start if len(codes) == 1 and codes[0] in known else None
    return start if start is not None and start >= 0 else None
