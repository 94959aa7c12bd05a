"""The question of the check page is easy here, and may be answered at once."""

import pytest

from app.core import human
from app.core.riddles import Riddle


@pytest.fixture
def easy(monkeypatch):
    monkeypatch.setattr(human, "SHORTEST", 0)
    monkeypatch.setattr(human, "pose", lambda _pick: Riddle("sum", (3, 4)))
