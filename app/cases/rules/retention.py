"""How long words about people are kept after a case has ended, and when they must go. Pure.

Personal information is kept for the shortest time its purpose needs (Personal Information Protection Law,
articles 19 and 47). Contact details serve the reopening and the review of a case, both long over after 180
days. Words and files serve claims, which lapse after three years (Civil Code, article 188). A place may keep
them for less or more (`[retention]` in its `place.toml`); a legal hold keeps everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.cases.rules.clocks import end_of
from app.core.clock import ZONE

CONTACT_DAYS = 180
WORDS_YEARS = 3


@dataclass(frozen=True, slots=True)
class Terms:
    """Calendar days that contact details are kept after the end, and years that words and files are."""

    contact_days: int = CONTACT_DAYS
    words_years: int = WORDS_YEARS

    @classmethod
    def of(cls, said: Mapping[str, int] | None) -> "Terms":
        """Return the terms of a place: what its pack says, else ours."""
        given = said or {}
        return cls(
            contact_days=given.get("contact_days", CONTACT_DAYS),
            words_years=given.get("words_years", WORDS_YEARS),
        )


def contact_due(ended: datetime, terms: Terms) -> datetime:
    """Return the moment from which contact details must be gone: the end of the last day of their term."""
    day = ended.astimezone(ZONE).date()
    return end_of(day.fromordinal(day.toordinal() + terms.contact_days))


def words_due(ended: datetime, terms: Terms) -> datetime:
    """Return the moment from which words and files must be gone.

    A term of years ends on the day of the same date; where there is none, on the last of the month (Civil
    Code, article 202).
    """
    day = ended.astimezone(ZONE).date()
    year = day.year + terms.words_years
    try:
        last = day.replace(year=year)
    except ValueError:
        last = day.replace(year=year, day=28)
    return end_of(last)
