"""Limits count in the database, exactly, whoever asks at once; what is kept names nobody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from app.core import clock, limits
from app.extensions import db


@pytest.fixture
def later(monkeypatch):
    start = clock.now()

    def go(**delta: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: start + timedelta(**delta))

    go()
    return go


@pytest.fixture
def context(fresh_app):
    with fresh_app.app_context():
        yield fresh_app


def test_a_limit_lets_through_as_many_as_it_says(context, later):
    assert [limits.allow("test", "a", "3/minute") for _ in range(5)] == [True] * 3 + [False] * 2
    assert limits.allow("test", "b", "3/minute")
    assert limits.allow("other", "a", "3/minute")


def test_the_window_moves_and_refused_tries_do_not_lengthen_it(context, later):
    for second in (0, 20, 40):
        later(seconds=second)
        assert limits.allow("test", "a", "3/minute")
    later(seconds=59)
    assert not limits.allow("test", "a", "3/minute")
    later(seconds=61)
    assert limits.allow("test", "a", "3/minute")
    assert not limits.allow("test", "a", "3/minute")
    later(seconds=81)
    assert limits.allow("test", "a", "3/minute")


def test_several_rates_hold_together(context, later):
    rate = "2/minute;3/hour"
    assert [limits.allow("test", "a", rate) for _ in range(3)] == [True, True, False]
    later(minutes=2)
    assert [limits.allow("test", "a", rate) for _ in range(2)] == [True, False]


def test_a_rightful_try_is_taken_back(context, later):
    assert limits.allow("test", "a", "1/hour")
    limits.forgive("test", "a", "1/hour")
    assert limits.allow("test", "a", "1/hour")
    assert not limits.allow("test", "a", "1/hour")
    limits.forgive("test", "nobody", "1/hour")


def test_a_try_counts_though_the_request_is_rolled_back(context, later):
    db.session.execute(select(func.count()).select_from(limits.LimitRow))
    assert limits.allow("test", "a", "1/hour")
    db.session.rollback()
    assert not limits.allow("test", "a", "1/hour")


def test_exactly_so_many_pass_when_all_ask_at_once(context):
    def ask(_turn: int) -> bool:
        with context.app_context():
            return limits.allow("test", "crowd", "7/hour")

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(ask, range(40))) == 7


def test_rows_are_forgotten_when_their_window_is_over(context, later):
    limits.allow("test", "a", "3/minute")
    limits.allow("test", "b", "3/hour")
    later(minutes=2)
    assert limits.forget_expired() == 1
    assert limits.forget_expired() is None
    later(hours=2)
    assert limits.forget_expired() == 1


def test_every_declared_rate_can_be_read(context):
    for name in limits.RATES:
        assert limits.allow(name, "somebody")


def test_what_is_kept_names_nobody(context):
    with context.test_request_context(environ_base={"REMOTE_ADDR": "203.0.113.9"}):
        limits.allow("test", "demo-market", "3/minute")
        limits.allow("test", limits.source_key(), "3/minute")
    kept = str(db.session.execute(text("SELECT * FROM limit_row")).all())
    assert "demo-market" not in kept
    assert "203.0.113" not in kept


def source(app, address: str, **headers: str) -> str:
    base = {"REMOTE_ADDR": address}
    with app.test_request_context(environ_base=base, headers=headers):
        return limits.source_key()


def test_a_source_is_its_peer_and_nothing_it_says(context):
    known = source(context, "203.0.113.9")
    assert known == source(context, "203.0.113.9", X_Forwarded_For="198.51.100.7", Forwarded="for=1.2.3.4")
    assert known != source(context, "203.0.113.8")
    assert known == source(context, "::ffff:203.0.113.9")
    assert "203" not in known
    assert len(known) == 24


def test_a_network_of_version_six_is_one_source(context):
    known = source(context, "2001:db8:1:2::1")
    assert known == source(context, "2001:db8:1:2:ffff::9")
    assert known != source(context, "2001:db8:1:3::1")


def test_a_source_has_another_name_tomorrow(context, later):
    today = source(context, "203.0.113.9")
    later(hours=24)
    assert source(context, "203.0.113.9") != today
