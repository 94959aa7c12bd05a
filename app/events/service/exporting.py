"""Giving the experts of a place back as the file of its pack."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from app.events.queries import ExpertCard, experts

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("zh-Hans", "ug", "en")
_TEXTS = {"name": "names", "title": "titles", "organisation": "organisations"}


def export_experts(place: str, folder: Path) -> Path:
    """Write `places/<place>/events/experts.csv` below a folder and return it."""
    path = folder / "places" / place / "events" / "experts.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [_row(card) for card in experts(place)]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, _columns(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), "utf-8")
    return path


def _columns() -> list[str]:
    said = [f"{stem}_{code}" for stem in _TEXTS for code in LANGUAGES]
    about = [f"about_{code}" for code in LANGUAGES]
    return ["id", *said, "field", "topics", "languages", "agreed_on", *about]


def _row(card: ExpertCard) -> dict[str, str]:
    texts: Mapping[str, Mapping[str, str]] = {
        **{stem: getattr(card, column) for stem, column in _TEXTS.items()},
        "about": card.about,
    }
    said = {f"{stem}_{code}": texts[stem].get(code, "") for stem in texts for code in LANGUAGES}
    lists = {"topics": "|".join(card.topics), "languages": "|".join(card.languages)}
    return {"id": card.id, **said, "field": card.field, **lists, "agreed_on": card.agreed_on.isoformat()}
