"""What a reader's language has of a text: the state of a translation, reckoned and never stored.

A change of the source is classed when it is published. A safety change takes translations of a text about
life and death away until somebody has looked at them; elsewhere, and for every change of substance, the
translation stays and needs an update; what is cosmetic changes nothing.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.guide.rules.vocabulary import SHOWN, Change, State, Stored, default_change, stronger


@dataclass(frozen=True, slots=True)
class SourceRevision:
    """A revision of the source text that is or was published: its number and what it changed."""

    n: int
    change: Change


@dataclass(frozen=True, slots=True)
class Made:
    """A translation: the revision that would be shown.

    `of` is the number of the source revision it was made of, 0 if that is not known; `looked_at` the newest
    one of which somebody said that nothing need be changed, 0 for none.
    """

    stored: Stored
    of: int
    looked_at: int = 0
    machine: bool = False
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a translation, what it lags behind by, and whether the page says so."""

    state: State
    behind: Change | None = None
    """The weightiest change since; None if it is as new as its source."""
    by: tuple[int, ...] = ()
    """Numbers of the source revisions it does not know, cosmetic ones left out."""
    banner: bool = False
    """The page says that the text is older than its source: in R1 and R2, and after any safety change."""

    @property
    def shown(self) -> bool:
        """Tell whether readers are given the translation."""
        return self.state in SHOWN


def translation_state(
    source: Sequence[SourceRevision], made: Made | None, risk: str, *, source_live: bool = True
) -> Standing:
    """Return what a language has of a text.

    `source` are the revisions of the source text that were ever published. A translation of a source nobody
    knows counts as made before all of them and a change of the default class. While the source is not shown,
    its translations are not either.
    """
    if made is None:
        return Standing("missing")
    if made.stored in {"draft", "in_review"}:
        return Standing("draft" if made.stored == "draft" else "in_review")
    if made.stored != "published" or not source_live:
        return Standing("withdrawn")
    behind, by = _behind(source, made, risk)
    if behind == "safety" and risk == "R1":
        return Standing("withdrawn", behind, by, banner=True)
    if behind:
        return Standing("needs_update", behind, by, banner=risk != "R3" or behind == "safety")
    return Standing("mt_unreviewed" if made.machine and not made.reviewed else "published")


def _behind(source: Sequence[SourceRevision], made: Made, risk: str) -> tuple[Change | None, tuple[int, ...]]:
    known = max(made.of, made.looked_at)
    behind: Change | None = None
    by = []
    for revision in source:
        change = default_change(risk) if not known else revision.change
        if revision.n > known and change != "cosmetic":
            behind = stronger(behind or "cosmetic", change)
            by.append(revision.n)
    return behind, tuple(by)


def source_state(stored: Stored | None, *, live: bool) -> State:
    """Return the state of a source text: of its newest revision, unless one is shown."""
    if live:
        return "published"
    if stored in {"draft", "in_review"}:
        return "draft" if stored == "draft" else "in_review"
    return "missing" if stored is None else "withdrawn"


def next_review(looked_at: date, months: int) -> date:
    """Return the day on which a text is to be looked at again, within the month even if that is shorter."""
    year, month = divmod(looked_at.year * 12 + looked_at.month - 1 + months, 12)
    return date(year, month + 1, min(looked_at.day, monthrange(year, month + 1)[1]))
