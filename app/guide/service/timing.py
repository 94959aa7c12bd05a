"""What happens to texts on a day: published, or taken away. The job worker does it, each once."""

from datetime import date

from sqlalchemy import select

from app.core import audit, clock
from app.core.db import touch_data
from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.model import GuideRevision
from app.guide.queries.checking import check
from app.guide.rules import editing
from app.guide.service.table import Seen, Table, reckon, refuse, words_of


def due() -> int | None:
    """Do what is due today and return how many texts changed; None if nothing was."""
    today = clock.today()
    late = select(GuideRevision.slug, GuideRevision.language, GuideRevision.id).order_by(GuideRevision.id)
    ready = (GuideRevision.publish_on <= today) & GuideRevision.state.in_(editing.OPEN)
    over = (GuideRevision.expires_on <= today) & (GuideRevision.state == "published")
    done = 0
    for slug, language, key in db.session.execute(late.where(ready)).all():
        done += _publish(slug, language, key, today)
    for slug, language, key in db.session.execute(late.where(over)).all():
        done += _take_away(slug, language, key, today)
    db.session.rollback()
    return done or None


def _row(table: Table, key: int) -> GuideRevision | None:
    return next((row for row in table.desk.of(table.text.slug, table.language) if row.id == key), None)


def _publish(slug: str, language: str, key: int, today: date) -> int:
    """Publish what was scheduled; what is not fit for it any more waits for its writer again."""
    table = Table.open(slug, language)
    row = _row(table, key)
    if row is None or row.state not in editing.OPEN or row.publish_on is None or row.publish_on > today:
        db.session.rollback()
        return 0
    live = table.desk.live(slug, language)
    made_of = db.session.get(GuideRevision, row.of_id) if row.of_id else table.source
    source = words_of(made_of) if language != SOURCE and made_of else None
    lost = (live is not None and live.n > row.n) or (language != SOURCE and table.source is None)
    data = {"language": language, "n": row.n}
    table.text.version += 1
    row.version += 1
    row.publish_on = None
    if lost or check(words_of(row), language, table.record, source):
        row.state = "draft"
        audit.record("guide.schedule-missed", subject=slug, data=data)
    else:
        reckon(table, row)
        table.desk.publish(row)
        data |= {"change": row.change, "author": row.author}
        audit.record("guide.published", subject=slug, data=data)
        touch_data()
    db.session.commit()
    return 1


def _take_away(slug: str, language: str, key: int, today: date) -> int:
    table = Table.open(slug, language)
    row = _row(table, key)
    if row is None or row.state != "published" or row.expires_on is None or row.expires_on > today:
        db.session.rollback()
        return 0
    table.text.version += 1
    table.desk.withdraw(row, row.note)
    audit.record("guide.expired", subject=slug, data={"language": language, "n": row.n})
    touch_data()
    db.session.commit()
    return 1


def expire(slug: str, language: str, seen: Seen, day: date | None) -> None:
    """Say from which day on readers do not get a published text any more; None: it stays. Commits.

    Raises `Refused("day")` for a day that is over, `Stale`, `LookupError`.
    """
    table = Table.open(slug, language)
    row = table.desk.live(slug, language)
    if row is None or (row.id, row.version) != (seen.id, seen.version):
        table.stale()
    elif day is not None and day < clock.today():
        refuse("day")
    elif row.expires_on != day:
        row.expires_on, row.version = day, row.version + 1
        data = {"language": language, "n": row.n, "day": day.isoformat() if day else None}
        audit.record("guide.expiry-set", subject=slug, data=data)
        touch_data()
    db.session.commit()
