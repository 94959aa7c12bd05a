"""The one clock. Times are stored in UTC and shown in Asia/Shanghai, everywhere in the country."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the calendar day in the country's zone."""
    return now().astimezone(ZONE).date()
