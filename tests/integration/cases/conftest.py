"""The question of the check page is easy here, and may be answered at once."""

import pytest

from app.cases.rules.human import Riddle
from app.cases.service import human


@pytest.fixture
def easy(monkeypatch):
    monkeypatch.setattr(human, "SHORTEST", 0)
    monkeypatch.setattr(human, "pose", lambda _pick: Riddle("sum", (3, 4)))
