"""The public door of the finder: results, one facility, is it filed. Cacheable, no cookie, no session."""

from app.facilities.public import (
    age,
    compare,
    correct,
    cost,
    data,
    expired,
    facility,
    find,
    near,
    photos,
    poster,
    shortlist,
    verify,
    visit,
)
from app.facilities.public.entry import bp

__all__ = [
    "age",
    "bp",
    "compare",
    "correct",
    "cost",
    "data",
    "expired",
    "facility",
    "find",
    "near",
    "photos",
    "poster",
    "shortlist",
    "verify",
    "visit",
]
