"""Facilities for tests: recorded like any other, by statements of sources."""

from datetime import date
from typing import Any

from app.core import clock, codes
from app.core.db import touch_data
from app.extensions import db
from app.facilities.service.recording import Statement, put_source, record

COUNTY = "test-county"
PROVIDER = "test-provider"
DAY = date(2026, 6, 1)


def say(facility: str, area: str = "330681", *, day: date = DAY, source: str = COUNTY, **said: Any) -> str:
    """Record what a source says about a facility, as of a day; returns the facility's id."""
    put_source(source, "provider" if source == PROVIDER else "county", {"en": source}, None)
    statement = Statement(facility, area, tuple((field, value, day, source) for field, value in said.items()))
    record([statement], now=clock.now(), by="test")
    touch_data()
    db.session.commit()
    return facility


def make_facility(area: str = "330681", name: str = "试验托育园", **said: Any) -> str:
    """Make a facility of which only the name is known, and whatever else is said."""
    return say(codes.mint(), area, name=name, **said)
