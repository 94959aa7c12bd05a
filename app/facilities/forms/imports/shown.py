"""Lists of a plan, page by page, with words; and what a worker decided on such a page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import flask_babel

from app.core.codes import is_id
from app.facilities.forms.imports.words import TABS, name_of
from app.facilities.forms.ledger_report import REASONS
from app.facilities.rules.matching import Why

PAGE = 40
NEW, SKIP = "new", "skip"
gettext: Callable[..., str] = flask_babel.gettext


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of one list of a plan."""

    name: str
    items: tuple[Mapping[str, Any], ...]
    count: int
    page: int
    pages: int


def tab(plan: Mapping[str, Any], wanted: str, page: str) -> Tab:
    """Return the list somebody asks for; by default the first that has something in it."""
    lists = plan["items"]
    first = next((name for name in TABS if lists[name]), "same")
    name = wanted if wanted in TABS else first
    found = lists[name]
    pages = max(1, -(-len(found) // PAGE))
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1  # noqa: PLR2004
    number = min(max(number, 1), pages)
    return Tab(name, tuple(found[(number - 1) * PAGE :][:PAGE]), len(found), number, pages)


def sentence(fault: Mapping[str, Any]) -> str:
    """Return a fault in the reader's language."""
    values = dict(fault.get("values", {}))
    if "field" in values:
        values["field"] = name_of(str(values["field"]))
    msgid: str = fault["sentence"]
    return gettext(msgid) % values if values else gettext(msgid)


def faults(plan: Mapping[str, Any]) -> tuple[list[str], list[list[object]]]:
    """Return the errors and warnings of a plan as the headings and rows of a table."""
    header = [gettext("Kind"), gettext("Row"), gettext("Column"), gettext("About this row")]
    rows: list[list[object]] = [
        [str(TABS[name]), each["row"], each["column"], sentence(each)]
        for name in ("errors", "warnings")
        for each in plan["items"][name]
    ]
    return header, rows


def reason(code: str) -> str:
    """Return why a facility is like a row."""
    return gettext(REASONS[Why(code)])


def decisions(form: Mapping[str, Sequence[str]]) -> tuple[dict[int, str], list[int]]:
    """Return row → id, `new`, `skip` or nothing, and the rows whose id is none.

    `other-<row>` is an id typed by hand; it counts where `row-<row>` says `other`. A row with several errors
    stands on the page several times: to skip it once is enough.
    """
    found: dict[int, str] = {}
    wrong: list[int] = []
    for name, given in form.items():
        head, _dash, number = name.partition("-")
        if head != "row" or not (number.isascii() and number.isdigit() and len(number) < 7):  # noqa: PLR2004
            continue
        choice = SKIP if SKIP in given else next(filter(None, given), "")
        if choice == "other":
            choice = next(iter(form.get(f"other-{number}", ())), "").strip().upper()
            if not is_id(choice):
                wrong.append(int(number))
                continue
        if choice in {"", NEW, SKIP} or is_id(choice):
            found[int(number)] = choice
    return found, wrong
