"""The price list as one form: each row as it stands, and rows for new prices."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core import clock
from app.facilities.forms.proposing.tables import FeeForm
from app.facilities.rules.proposals import BLANK, KEYS

BLANKS = 2
"""Rows for new prices."""
MOST = 60
_SHOWN = ("care", "band", "component", "unit", "voluntary", "valid_from")


class FeesForm:
    """The rows of a price list. What was typed is in them; `errors` says whether anything is wrong.

    Prices that are over are not shown, and stay in the list.
    """

    def __init__(self, held: Sequence[Mapping[str, Any]], sent: str | None = None) -> None:
        """Show the prices that stand, or read those that were `sent`, of a form of so many rows."""
        today = clock.today().isoformat()
        self._past = [dict(row) for row in held if row.get("valid_to") and row["valid_to"] < today]
        self._held = [dict(row) for row in held if dict(row) not in self._past][:MOST]
        self.count = len(self._held)
        if sent is not None and sent.isascii() and sent.isdigit():
            self.count = min(int(sent[:4]), MOST)
        more: dict[str, Any] = {"formdata": None} if sent is None else {}
        self.rows = [FeeForm(prefix=f"row{at}-", **more) for at in range(self.count + BLANKS)]
        if sent is None:
            for row, said in zip(self.rows, self._held, strict=False):
                _present(row, said)
            for row in self.rows[self.count :]:
                row.care.data, row.band.data, row.component.data, row.unit.data = "*", "*", "care", "month"

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
        found: dict[tuple[Any, ...], dict[str, Any]] = {}
        for at, row in enumerate(self.rows):
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
            found[_key(after)] = after
        return [*found.values(), *self._past]


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (*(row[name] for name in KEYS["fees"]), row.get("valid_from"))


def _present(row: FeeForm, said: Mapping[str, Any]) -> None:
    for name in _SHOWN:
        row[name].data = said.get(name) or (False if name == "voluntary" else "")
    row.amount.data = _yuan(said["min_fen"])
    row.amount_max.data = _yuan(said["max_fen"]) if said["max_fen"] != said["min_fen"] else ""


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}" if fen % 100 else str(fen // 100)
