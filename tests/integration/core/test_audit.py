"""The audit shows what was touched: an edited, deleted, reordered, inserted or cut-off row, by number."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from app.core import audit
from app.core.audit import Verdict, Why
from app.extensions import db


@pytest.fixture
def empty(fresh_app):
    """A site whose audit holds nothing, not even what loading it recorded."""
    with fresh_app.app_context():
        touch("DELETE FROM audit", "UPDATE audit_head SET seq = 0, hash = ''")
    return fresh_app


@pytest.fixture
def chain(empty):
    with empty.app_context():
        for turn in range(5):
            audit.record("test.done", actor="A1", subject=f"case-{turn}", data={"turn": turn, "was": None})
        db.session.commit()
        yield empty


def touch(*statements: str) -> None:
    for statement in statements:
        db.session.execute(text(statement))
    db.session.commit()


def bad(number: int, why: Why, count: int | None = None) -> Verdict:
    return Verdict(ok=False, count=number - 1 if count is None else count, first_bad_id=number, why=why)


def test_an_untouched_chain_is_whole(chain):
    assert audit.verify() == Verdict(ok=True, count=5)


def test_an_empty_chain_is_whole(empty):
    with empty.app_context():
        assert audit.verify() == Verdict(ok=True, count=0)
        assert audit.anchor() is None


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'B2'", "action = 'test.undone'", "subject = ''", "data = '{\"turn\": 9}'", "hash = 'x'",
        "previous = ''", "at = '2020-01-01 00:00:00+00:00'",
    ],
)  # fmt: skip
def test_an_edited_row_is_named(chain, change):
    touch(f"UPDATE audit SET {change} WHERE id = 3")
    assert audit.verify() == bad(3, Why.EDITED)


def test_a_deleted_row_is_named(chain):
    touch("DELETE FROM audit WHERE id = 2")
    assert audit.verify() == bad(2, Why.MISSING)


def test_a_deleted_row_is_named_though_the_rest_moves_up(chain):
    touch(
        "DELETE FROM audit WHERE id = 2",
        *(f"UPDATE audit SET id = {n - 1} WHERE id = {n}" for n in (3, 4, 5)),
    )
    assert audit.verify() == bad(2, Why.EDITED)


def test_rows_in_another_order_are_named(chain):
    touch(
        "UPDATE audit SET id = 99 WHERE id = 2",
        "UPDATE audit SET id = 2 WHERE id = 4",
        "UPDATE audit SET id = 4 WHERE id = 99",
    )
    assert audit.verify() == bad(2, Why.EDITED)


@pytest.mark.parametrize(("number", "count"), [(6, 5), (0, 5), (-1, 5)])
def test_a_row_outside_the_chain_is_named(chain, number, count):
    touch(
        "INSERT INTO audit (id, at, actor, action, subject, data, previous, hash) "
        f"SELECT {number}, at, actor, action, subject, data, previous, hash FROM audit WHERE id = 5"
    )
    assert audit.verify() == bad(number, Why.ADDED, count)


def test_a_missing_end_is_named_and_stops_every_append(chain):
    touch("DELETE FROM audit_head")
    assert audit.verify() == bad(1, Why.HEAD)
    with pytest.raises(audit.AuditError):
        audit.record("test.done")


def test_cutting_rows_off_is_seen_at_the_end(chain):
    touch("DELETE FROM audit WHERE id > 3")
    assert audit.verify() == bad(4, Why.MISSING)


def test_cutting_rows_off_is_seen_by_the_anchor_though_the_end_was_moved_back(chain):
    assert audit.anchor() == 5
    touch(
        "DELETE FROM audit WHERE id > 3",
        "UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit WHERE id = 3)",
    )
    assert audit.verify() == bad(4, Why.CUT)
    with pytest.raises(audit.AuditError):
        audit.anchor()
    audit.record("test.done")
    audit.record("test.done")
    db.session.commit()
    assert audit.verify() == bad(5, Why.CUT), "written again up to the same number, it is another row"


def test_the_anchor_moves_along_and_is_for_its_owner_only(chain):
    path = chain.extensions["settings"].keys / "audit-head"
    assert audit.anchor() == 5
    assert path.stat().st_mode & 0o777 == 0o600
    assert audit.anchor() is None
    audit.record("test.done")
    db.session.commit()
    assert audit.anchor() == 6
    assert audit.verify().ok


def test_the_anchor_does_not_move_over_a_touched_row(chain):
    audit.anchor()
    audit.record("test.done")
    db.session.commit()
    touch("UPDATE audit SET actor = 'B2' WHERE id = 6")
    with pytest.raises(audit.AuditError):
        audit.anchor()


def test_what_is_rolled_back_leaves_no_gap(chain):
    audit.record("test.never")
    db.session.rollback()
    assert audit.record("test.done") == 6
    db.session.commit()
    assert audit.verify() == Verdict(ok=True, count=6)


def test_appends_of_many_at_once_stand_in_one_order(chain):
    def append(turn: int) -> None:
        with chain.app_context():
            audit.record("test.crowd", subject=str(turn))
            db.session.commit()

    with ThreadPoolExecutor(6) as crowd:
        list(crowd.map(append, range(30)))
    assert audit.verify() == Verdict(ok=True, count=35)


def test_the_command_names_the_first_touched_row(chain):
    runner = chain.test_cli_runner()
    assert runner.invoke(args=["accounts", "audit-verify"]).exit_code == 0
    touch("UPDATE audit SET subject = 'other' WHERE id = 4")
    done = runner.invoke(args=["accounts", "audit-verify"])
    assert done.exit_code == 1
    assert "row 4" in done.output
