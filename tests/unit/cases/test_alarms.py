"""Who is told when something is late, and what is nobody's lateness."""

import pytest

from app.areas.rules import CLOCKS
from app.cases.rules.alarms import REPORT, Around, AtOnce, at_once, is_owed, told
from app.cases.rules.clocks import Rung

AROUND = Around(["lead"], ["office"], ["above"], ["town", "street"])


@pytest.mark.parametrize(
    ("rung", "units"),
    [
        (Rung.SOON, ("lead",)), (Rung.DUE, ("lead",)), (Rung.OFFICE, ("office", "lead")),
        (Rung.SUPERVISED, ("lead", "office")), (Rung.DEPUTY, ("above", "office", "lead")),
    ],
)  # fmt: skip
def test_the_ladder_rises(rung, units):
    assert told(rung, "reply", AROUND) == units


def test_a_missing_mandatory_report_is_told_to_the_office_at_once():
    assert told(Rung.DUE, REPORT, AROUND) == ("lead", "office")


def test_what_nobody_has_is_the_offices_matter():
    assert told(Rung.DUE, "triage", Around([], ["office"], [])) == ("office",)


def test_what_a_case_is_about_is_told_nothing_and_nobody_is_told_twice():
    around = Around(["office"], ["office"], ["above"], ["town"], barred=frozenset(["office"]))
    assert told(Rung.OFFICE, "reply", around) == ()
    assert told(Rung.DEPUTY, "reply", around) == ("above",)
    assert at_once(around) == ((AtOnce.GROUND, ("town",)),)


def test_everybody_around_an_emergency_is_told():
    assert at_once(AROUND) == (
        (AtOnce.LEAD, ("lead",)), (AtOnce.OFFICE, ("office",)), (AtOnce.GROUND, ("town", "street")),
    )  # fmt: skip


def test_windows_of_what_may_be_done_are_owed_by_nobody():
    windows = {name for name in [*CLOCKS.values(), "pause"] if not is_owed(name)}
    assert windows == {"objection", "extension", "rating", "reopen", "pause"}
