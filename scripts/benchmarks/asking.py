"""Questions to measure with: drawn with a fixed seed from what is really in a collection, no two alike.

Pages are kept in memory by address and found texts by their words. So that nothing kept can answer, no
address is asked twice in a run and no text occurs in two questions: each is answered from the beginning.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask

SEED = 20261122
LANGUAGES = ("zh-Hans", "ug", "en")
WITH_TEXT = 0.4
SILENT = 0.1
"""Share of questions for care, age or price that are asked although the facility drawn has reported none."""
_CHINESE = re.compile("[\u4e00-\u9fff]{2,}")
_NUMERALS = re.compile("[〇零一二三四五六七八九十百千万两]")
_LONGEST = 4
_TRIES = 2000
_CARE = ("full-day", "half-day", "hourly", "temporary")


class NothingLeftError(RuntimeError):
    """No question is left that was not asked before."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a question can be drawn from."""

    id: str
    name: str
    address: str
    area: str
    kind: str
    form: str
    care: int | None
    """Mask of its care types; None where it has reported none, as in the whole register."""


def rows(app: Flask) -> list[Row]:
    """Return every facility of a site, by id."""
    from sqlalchemy import select  # noqa: PLC0415 - the help must not need the program

    from app.extensions import db  # noqa: PLC0415
    from app.facilities.model import Facility  # noqa: PLC0415

    columns = (
        Facility.id, Facility.name, Facility.address, Facility.area_code, Facility.kind, Facility.form,
        Facility.care_mask,
    )  # fmt: skip
    with app.app_context():
        found = db.session.execute(select(*columns).order_by(Facility.id))
        return [
            Row(identity, name, address or "", area, kind, form, care)
            for identity, name, address, area, kind, form, care in found
        ]


class Asker:
    """Draws questions; each of them, and each text, once."""

    def __init__(self, collection: Sequence[Row], seed: int = SEED) -> None:
        self._rows = collection
        self._chance = random.Random(seed)  # noqa: S311 - nothing secret
        self._used: set[str] = set()

    def pages(self, count: int) -> list[str]:
        """Return addresses of result pages as parents ask: 40 % with a text, most with place and filters."""
        return [self._once(self._page) for _ in range(count)]

    def filters(self, count: int) -> list[dict[str, str]]:
        """Return questions of place, kind and form that have at least one answer."""
        return [dict(self._distinct(self._filters)) for _ in range(count)]

    def texts(self, count: int) -> list[dict[str, str]]:
        """Return questions of a text within a province that have at least one answer."""
        return [dict(self._distinct(self._text)) for _ in range(count)]

    def words(self, count: int) -> list[str]:
        """Return texts of two to four Chinese characters out of names and addresses."""
        return [self._once(lambda: self._window(self._chance.choice(self._rows))) for _ in range(count)]

    def _once(self, draw: Callable[[], str]) -> str:
        for _ in range(_TRIES):
            found = draw()
            if found and found not in self._used:
                self._used.add(found)
                return found
        raise NothingLeftError("The collection is too small for so many different questions.")

    def _distinct(self, draw: Callable[[], tuple[tuple[str, str], ...]]) -> tuple[tuple[str, str], ...]:
        for _ in range(_TRIES):
            found = draw()
            if found and str(found) not in self._used:
                self._used.add(str(found))
                return found
        raise NothingLeftError("The collection is too small for so many different questions.")

    def _page(self) -> str:
        chance = self._chance
        row = chance.choice(self._rows)
        asked: list[tuple[str, str]] = []
        if chance.random() < WITH_TEXT:
            asked.append(("q", self._once(lambda: self._window(chance.choice(self._rows)))))
        if chance.random() < 0.7:  # noqa: PLR2004
            asked.append(("area", row.area[: chance.choice((2, 4, 6))]))
        if row.care is not None or chance.random() < SILENT:
            asked += [("care", name) for name in _CARE if chance.random() < 0.2]  # noqa: PLR2004
            if chance.random() < 0.3:  # noqa: PLR2004
                asked.append(("age", str(chance.randint(3, 36))))
            if chance.random() < 0.2:  # noqa: PLR2004
                asked.append(("max_price", str(chance.randint(400, 4000))))
        if chance.random() < 0.3:  # noqa: PLR2004
            asked.append(("kind", row.kind))
        if chance.random() < 0.2:  # noqa: PLR2004
            asked.append(("form", row.form))
        if chance.random() < 0.2:  # noqa: PLR2004
            asked.append(("sort", chance.choice(("name", "updated", "price"))))
        return f"/{chance.choice(LANGUAGES)}/find?{urlencode(asked)}"

    def _filters(self) -> tuple[tuple[str, str], ...]:
        row = self._chance.choice(self._rows)
        length = self._chance.choice((2, 2, 4))
        more = [("kind", row.kind), ("form", row.form)][: self._chance.choice((1, 2))]
        return (("area", row.area[:length]), *more)

    def _text(self) -> tuple[tuple[str, str], ...]:
        row = self._chance.choice(self._rows)
        text = self._window(row)
        if not text or text in self._used:
            return ()
        self._used.add(text)
        return (("q", text), ("area", row.area[:2]))

    def _window(self, row: Row) -> str:
        """Cut two to four characters out of a name; numerals have two spellings and are left to the tests."""
        runs = [run for run in _CHINESE.findall(row.name) if not _NUMERALS.search(run)]
        if not runs:
            return ""
        run = self._chance.choice(runs)
        size = self._chance.randint(2, min(_LONGEST, len(run)))
        start = self._chance.randint(0, len(run) - size)
        cut: str = run[start : start + size]
        return cut


def parts(found: Sequence[str], rounds: int) -> Iterator[Sequence[str]]:
    """Cut questions into rounds of equal number."""
    size = len(found) // rounds
    for place in range(rounds):
        yield found[place * size : (place + 1) * size]
