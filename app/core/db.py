"""The database: connection settings, and the one number that says the public data changed."""

import os
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, Table, Text, TypeDecorator, event, insert, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.extensions import Base, db

"""Sort keys compare byte by byte on every database, so that order is the same everywhere."""
SORTED = Text().with_variant(Text(collation="C"), "postgresql")


class Instant(TypeDecorator[datetime]):
    """A moment: aware and in UTC on the way in and out, also where the database keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Take an aware moment. Raises `ValueError` for one without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Meta(Base):
    """A number about the database itself, such as the version of the public data."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[int]


DATA_VERSION = "data_version"
TEXT_VERSION = "text_version"
_VERSION = f"SELECT value FROM {Meta.__tablename__} WHERE key = '{DATA_VERSION}'"


def data_version(session: Session | None = None) -> int:
    """Return the number that grows with every change of public data; indexes and caches are keyed by it."""
    found = (session or db.session).scalar(select(Meta.value).where(Meta.key == DATA_VERSION))
    return found or 0


def present_version(engine: Engine) -> int:
    """Return `data_version` as committed at this moment, beside any transaction of this request.

    Asked before every public answer, so it goes the shortest way: a thread keeps a connection to a database
    file for nothing else. Raises `SQLAlchemyError`.
    """
    try:
        if engine.dialect.name == "sqlite":
            found = _watching(engine).execute(_VERSION).fetchone()
        else:
            found = _asked_once(engine)
    except engine.dialect.loaded_dbapi.Error as error:
        vars(_watchers).clear()
        raise OperationalError(_VERSION, None, error) from error
    return int(found[0]) if found else 0


_watchers = threading.local()


def _watching(engine: Engine) -> Any:
    """Return the driver's connection of this process and thread that only reads the version."""
    address = (os.getpid(), str(engine.url))
    held, connection = getattr(_watchers, "held", (None, None))
    if held != address:
        pooled = engine.raw_connection()
        connection = pooled.driver_connection
        pooled.detach()
        _watchers.held = (address, connection)
    return connection


def _asked_once(engine: Engine) -> Any:
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(_VERSION)
        found = cursor.fetchone()
        cursor.close()
    finally:
        connection.close()
    return found


def text_version() -> int:
    """Return the data version at which anything that can be searched last changed; text indexes have it."""
    found = db.session.scalar(select(Meta.value).where(Meta.key == TEXT_VERSION))
    return data_version() if found is None else found


def touch_data(*, texts: bool = True) -> int:
    """Grow the data version inside the present transaction and return it.

    `texts` False: nothing that can be searched has changed (a name, an address, a code, an area), so text
    indexes stay fresh.
    """
    row = db.session.get(Meta, DATA_VERSION, with_for_update=True)
    if row is None:
        row = Meta(key=DATA_VERSION, value=0)
        db.session.add(row)
    searched = db.session.get(Meta, TEXT_VERSION)
    if searched is None:
        searched = Meta(key=TEXT_VERSION, value=row.value)
        db.session.add(searched)
    row.value += 1
    if texts:
        searched.value = row.value
    db.session.flush()
    return row.value


def insert_rows(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows at once, without making an object of each."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - for the type checker
    if rows:
        db.session.execute(insert(table), list(rows))


@event.listens_for(Engine, "connect")
def _tune_sqlite(connection: Any, _record: Any) -> None:
    """Write-ahead log, full durability, enforced foreign keys; other databases need nothing."""
    if type(connection).__module__.partition(".")[0] != "sqlite3":
        return
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "cache_size=-32000",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def vacuum_statistics() -> None:
    """Refresh the planner's statistics after a large load."""
    db.session.execute(text("ANALYZE"))
