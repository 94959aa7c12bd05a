"""The price list as one form: each row as it stands, and rows for new prices.

A long list is folded: its prices stand in groups, such as meals of whole days, that are opened to be
changed. Of a group that is not open only the keys of its rows travel; they stay as they are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core import clock
from app.facilities.forms.proposing.tables import FeeForm
from app.facilities.rules.proposals import BLANK, KEYS

BLANKS = 2
"""Rows for new prices."""
MOST = 60
FOLDED = 12
"""Prices above which the list is folded."""
_SHOWN = ("care", "band", "component", "unit", "voluntary", "valid_from")


@dataclass(frozen=True, slots=True)
class Group:
    """Prices that are opened together: what for and which care, and the places of their rows."""

    code: str
    component: str
    care: str
    rows: tuple[int, ...]
    is_open: bool


class FeesForm:
    """The rows of a price list. What was typed is in them; `errors` says whether anything is wrong.

    Prices that are over are not shown, and stay in the list.
    """

    def __init__(
        self,
        held: Sequence[Mapping[str, Any]],
        typed: Mapping[str, str] | None = None,
        opened: Collection[str] = (),
    ) -> None:
        """Show the prices that stand, or read those that were `typed`; `opened`: groups to be changed."""
        today = clock.today().isoformat()
        self._past = [dict(row) for row in held if row.get("valid_to") and row["valid_to"] < today]
        self._held = [dict(row) for row in held if dict(row) not in self._past][:MOST]
        self.count = len(self._held)
        sent = None if typed is None else typed.get("rows", "0")
        if sent is not None and sent.isascii() and sent.isdigit():
            self.count = min(int(sent[:4]), MOST)
        self._kept, self._lost = self._unopened(typed) if typed is not None else ({}, frozenset())
        places = range(self.count + BLANKS)
        read = set(places) - self._kept.keys() - self._lost if typed is not None else set()
        nothing: dict[str, Any] = {"formdata": None}
        self.rows = [FeeForm(prefix=f"row{at}-", **({} if at in read else nothing)) for at in places]
        shown = self._kept if typed is not None else dict(enumerate(self._held))
        for at, said in shown.items():
            _present(self.rows[at], said)
        if typed is None:
            for row in self.rows[self.count :]:
                row.care.data, row.band.data, row.component.data, row.unit.data = "*", "*", "care", "month"
        self.groups = self._grouped(typed is None, opened)

    def _unopened(self, typed: Mapping[str, str]) -> tuple[dict[int, dict[str, Any]], frozenset[int]]:
        """Return the rows of groups that are not open, by place; and those that stand no more."""
        by_key = {_written(row): row for row in self._held}
        keys = {at: key for at in range(self.count) if (key := typed.get(f"row{at}-key")) is not None}
        kept = {at: by_key[key] for at, key in keys.items() if key in by_key}
        return kept, frozenset(keys.keys() - kept.keys())

    def _grouped(self, fresh: bool, opened: Collection[str]) -> tuple[Group, ...]:  # noqa: FBT001
        found: dict[str, list[int]] = {}
        for at, row in enumerate(self.rows[: self.count]):
            if at not in self._lost:
                found.setdefault(f"{row.component.data}.{row.care.data}", []).append(at)
        whole = self.count <= FOLDED
        groups = []
        for code, rows in found.items():
            closed = not whole and (fresh or set(rows) <= set(self._kept)) and code not in opened
            component, _dot, care = code.partition(".")
            groups.append(Group(code, component, care, tuple(rows), not closed))
        return tuple(groups)

    def key_of(self, at: int) -> str:
        """Return what stands in the form for a row that is not open."""
        row = self.rows[at]
        return "|".join(str(row[name].data or "") for name in _KEY)

    @property
    def errors(self) -> bool:
        """Tell whether a row has something wrong."""
        return any(field.errors for row in self.rows for field in row)

    @property
    def sentences(self) -> list[str]:
        """Return what is wrong, each sentence once."""
        told = (str(words) for row in self.rows for field in row for words in field.errors)
        return list(dict.fromkeys(told))

    def is_new(self, at: int) -> bool:
        """Tell whether a row is for a new price."""
        return at >= self.count

    def value(self, day: date) -> list[dict[str, Any]]:
        """Return the whole list as it would be; prices that changed say that they were checked that day."""
        known = {_key(row)[:-1]: row for row in self._held} | {_key(row): row for row in self._held}
        found: dict[tuple[Any, ...], tuple[int, dict[str, Any]]] = {
            _key(row): (at, row) for at, row in self._kept.items()
        }
        for at, row in enumerate(self.rows):
            if at in self._kept or at in self._lost:
                continue
            if self.is_new(at) and not row.line("amount") and not row.line("amount_max"):
                continue
            said = row.value()
            if said is None or "gone" in said or any(field.errors for field in row):
                continue
            typed = {**said["row"], "valid_from": row.line("valid_from") or None}
            before = known.get(_key(typed)) or known.get(_key(typed)[:-1])
            after = {**(before or BLANK["fees"]), **typed}
            if after != before:
                after["checked_on"] = day.isoformat()
            if _key(after) in found:
                row.care.errors = [_l("This price is listed twice. Keep one of them.")]
            found[_key(after)] = (at, after)
        return [*(row for _at, row in sorted(found.values(), key=lambda each: each[0])), *self._past]


_KEY = ("component", "care", "band", "unit", "valid_from")


def _written(row: Mapping[str, Any]) -> str:
    return "|".join(str(row.get(name) or "") for name in _KEY)


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (*(row[name] for name in KEYS["fees"]), row.get("valid_from"))


def _present(row: FeeForm, said: Mapping[str, Any]) -> None:
    for name in _SHOWN:
        row[name].data = said.get(name) or (False if name == "voluntary" else "")
    row.amount.data = _yuan(said["min_fen"])
    row.amount_max.data = _yuan(said["max_fen"]) if said["max_fen"] != said["min_fen"] else ""


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}" if fen % 100 else str(fen // 100)
