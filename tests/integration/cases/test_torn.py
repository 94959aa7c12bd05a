"""A database whose log was cut anywhere opens, and holds whole cases only (T45)."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.extensions import db
from tests.factories.cases import a_case

WHOLE = """
    SELECT "case".number,
           (SELECT count(*) FROM case_event WHERE case_id = "case".id),
           (SELECT count(*) FROM case_clock WHERE case_id = "case".id),
           (SELECT count(*) FROM case_unit WHERE case_id = "case".id),
           (SELECT count(*) FROM audit WHERE subject = "case".number)
    FROM "case" ORDER BY "case".id
"""


def test_a_log_cut_anywhere_leaves_whole_cases_in_their_order(fresh_app, tmp_path):
    with fresh_app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("This is about the file and the log of SQLite.")
        numbers = [a_case().number for _each in range(4)]
        path = Path(db.engine.url.database)
        main, log = path.read_bytes(), path.with_name(f"{path.name}-wal").read_bytes()
    assert len(log) > 50_000, "all four stand in the log"
    rnd = random.Random(45)  # noqa: S311 - the same cuts each time
    seen = set()
    for cut in (*(rnd.randrange(len(log)) for _each in range(40)), len(log)):
        copy = tmp_path / f"{cut}.db"
        copy.write_bytes(main)
        copy.with_name(f"{copy.name}-wal").write_bytes(log[:cut])
        with closing(sqlite3.connect(copy)) as torn:
            assert torn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            rows = torn.execute(WHOLE).fetchall()
        assert [row[0] for row in rows] == numbers[: len(rows)]
        assert len({row[1:] for row in rows}) <= 1, "each has what the others have"
        assert all(all(row) for row in rows)
        seen.add(len(rows))
    assert len(seen) > 2
    assert len(rows) == len(numbers), "what was synced is there"
