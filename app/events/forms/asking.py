"""Reading which events somebody wants to see; what cannot be understood is left out of the question."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from app.events.queries import Wanted
from app.events.rules.vocabulary import SPOKEN, TOPICS, Kind

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

_PLACE, _MOST_PAGES = 6, 10_000


def wanted(args: "MultiDict[str, str]", places: Collection[str]) -> Wanted:
    """Return what an address asks for. A township's code asks for its county and itself."""
    area = args.get("area", "")
    place = next((code for code in places if area.startswith(code)), "")
    return Wanted(
        place=place,
        township=area if place and len(area) > len(place) and area.isdigit() else "",
        kind=_one_of(args.get("kind", ""), frozenset(Kind)),
        topic=_one_of(args.get("topic", ""), frozenset(TOPICS)),
        language=_one_of(args.get("language", ""), frozenset(SPOKEN)),
        month=month(args.get("month", "")),
        past=args.get("past") == "1",
    )


def month(text: str) -> date | None:
    """Read `2026-12` as its first day; None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def page(args: "MultiDict[str, str]") -> int:
    """Read the number of a page; 1 for what is none."""
    text = args.get("page", "")
    return min(int(text), _MOST_PAGES) if text.isascii() and text.isdigit() and len(text) <= _PLACE else 1


def _one_of(text: str, allowed: Collection[str]) -> str:
    return text if text in allowed else ""
