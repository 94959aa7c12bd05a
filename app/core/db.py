"""The database: connection settings, and the one number that says the public data changed."""

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
_VERSION = f"SELECT value FROM {Meta.__tablename__} WHERE key = '{DATA_VERSION}'"


def data_version(session: Session | None = None) -> int:
    """Return the number that grows with every change of public data; indexes and caches are keyed by it."""
    found = (session or db.session).scalar(select(Meta.value).where(Meta.key == DATA_VERSION))
    return found or 0


def present_version() -> int:
    """Return `data_version` as committed at this moment, beside any transaction of this request.

    Asked before every public answer, so it goes the shortest way. Raises `SQLAlchemyError`.
    """
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(_VERSION)
        found = cursor.fetchone()
        cursor.close()
    except db.engine.dialect.loaded_dbapi.Error as error:
        raise OperationalError(_VERSION, None, error) from error
    finally:
        connection.close()
    return int(found[0]) if found else 0


def touch_data() -> int:
    """Grow the data version inside the present transaction and return it."""
    row = db.session.get(Meta, DATA_VERSION, with_for_update=True)
    if row is None:
        row = Meta(key=DATA_VERSION, value=0)
        db.session.add(row)
    row.value += 1
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
