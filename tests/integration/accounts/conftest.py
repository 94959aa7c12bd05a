"""A clock that tests move, and a member of staff to sign in."""

from datetime import timedelta

import pytest

from app.core import clock
from tests.factories.accounts import make_staff


@pytest.fixture
def later(monkeypatch):
    """Move the program's clock to so much after now; it stands still in between."""
    start = clock.now()

    def go(**delta: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: start + timedelta(**delta))

    go()
    return go


@pytest.fixture
def officer(fresh_app):
    return make_staff(fresh_app, "demo-market")


@pytest.fixture
def visitor(fresh_app):
    return fresh_app.test_client()
