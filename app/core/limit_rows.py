"""The storage behind `app.core.limits`: one row a limited key, holding the moments of its recent tries."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from limits.storage import MovingWindowSupport, Storage
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock
from app.core.limits import LimitRow
from app.extensions import db


class Rows(Storage, MovingWindowSupport):
    """Storage of the `limits` library over the database: an exact moving window, shared by all processes.

    Every method uses a short transaction of its own, so a try counts even if the request that made it is
    rolled back. The row is locked by the statement that begins the transaction; refused tries write nothing.
    """

    STORAGE_SCHEME = ["tuoyu"]  # noqa: RUF012 - the library's own attribute

    @property
    def base_exceptions(self) -> type[Exception]:
        """Return what the database may raise."""
        return SQLAlchemyError

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count a try unless `limit` of them lie within the last `expiry` seconds. Says whether it counts."""
        now = _milliseconds()
        with _locked(key, expiry) as (connection, moments):
            recent = [moment for moment in moments if moment > now - expiry * 1000]
            if len(recent) + amount > limit:
                connection.rollback()
                return False
            _keep(connection, key, [*recent, *[now] * amount])
        return True

    def take_back(self, key: str) -> None:
        """Forget the newest try of a key; nothing happens where there is none."""
        own = update(LimitRow).where(LimitRow.key == key).values(expires=LimitRow.expires)
        with db.engine.begin() as connection:
            moments = connection.scalar(own.returning(LimitRow.moments))
            if moments:
                _keep(connection, key, moments[:-1])

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002
        """Return when the oldest try within the window was (seconds since 1970), and how many there are."""
        now = _milliseconds()
        with db.engine.connect() as connection:
            moments = connection.scalar(select(LimitRow.moments).where(LimitRow.key == key)) or []
        recent = [moment for moment in moments if moment > now - expiry * 1000]
        return (recent[0] if recent else now) / 1000, len(recent)

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count tries without a limit and return how many lie within the window."""
        now = _milliseconds()
        with _locked(key, expiry) as (connection, moments):
            recent = [moment for moment in moments if moment > now - expiry * 1000] + [now] * amount
            _keep(connection, key, recent)
        return len(recent)

    def get(self, key: str) -> int:
        """Return how many tries a key has kept."""
        with db.engine.connect() as connection:
            return len(connection.scalar(select(LimitRow.moments).where(LimitRow.key == key)) or [])

    def get_expiry(self, key: str) -> float:
        """Return when a key is forgotten, in seconds since 1970."""
        with db.engine.connect() as connection:
            expires = connection.scalar(select(LimitRow.expires).where(LimitRow.key == key))
        return (expires or clock.now()).timestamp()

    def check(self) -> bool:
        """Say whether the table can be read."""
        with db.engine.connect() as connection:
            connection.execute(select(LimitRow.key).limit(1))
        return True

    def reset(self) -> int | None:
        """Forget everything and return how many keys there were."""
        with db.engine.begin() as connection:
            return connection.execute(delete(LimitRow)).rowcount

    def clear(self, key: str) -> None:
        """Forget a key."""
        with db.engine.begin() as connection:
            connection.execute(delete(LimitRow).where(LimitRow.key == key))

    def forget_expired(self) -> int:
        """Delete the rows whose window is over and return how many there were."""
        with db.engine.begin() as connection:
            return connection.execute(delete(LimitRow).where(LimitRow.expires < clock.now())).rowcount


@contextmanager
def _locked(key: str, expiry: int) -> Iterator[tuple[Connection, list[int]]]:
    """Begin a transaction that owns the row of a key, made if need be; gives its moments."""
    expires = clock.now() + timedelta(seconds=expiry)
    with db.engine.connect() as connection:
        build = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        row = build(LimitRow).values(key=key, moments=[], expires=expires)
        kept = row.on_conflict_do_update(index_elements=["key"], set_={"expires": row.excluded.expires})
        yield connection, connection.scalars(kept.returning(LimitRow.moments)).one()
        connection.commit()


def _keep(connection: Connection, key: str, moments: list[int]) -> None:
    connection.execute(update(LimitRow).where(LimitRow.key == key).values(moments=moments))


def _milliseconds() -> int:
    return int(clock.now().timestamp() * 1000)
