"""What readers type into the tools, in any digits; and calendars that follow what was given."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar
from werkzeug.datastructures import MultiDict

from app.core import clock
from app.guide.forms.tools.classes import read_class
from app.guide.forms.tools.dates import read_child, vaccine_entries
from app.guide.forms.tools.growth import read_growth
from app.guide.forms.tools.reading import Reader
from app.guide.forms.tools.signs import read_months
from app.guide.queries import tools
from app.guide.rules import ics
from app.guide.rules.growth import Indicator, Measure, read
from app.guide.rules.vaccines import plan

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _asked(app):
    with app.test_request_context("/en/"):
        yield


@pytest.mark.parametrize("months", ["18", "１８", "١٨", "۱۸"])
def test_ages_are_read_in_every_kind_of_digits(months):
    assert read_months(MultiDict({"age": months})) == (18, [])


@pytest.mark.parametrize(("children", "carers"), [("12", "3"), ("١٢", "٣"), ("۱۲", "۳"), ("１２", "３")])
def test_classes_are_read_in_every_kind_of_digits(children, carers):
    rules = tools.classes()
    typed = MultiDict({"class": rules[0].band, "children": children, "carers": carers})
    assert read_class(typed, rules) == ((rules[0], 12, 3), [])


def test_measures_are_read_in_every_kind_of_digits():
    typed = {"sex": "boy", "born": "٢٠٢٦-٠١-٠٥", "day-1": "٢٠٢٦-٠٦-٠٥", "weight-1": "٧٫٢"}
    grown, problems = read_growth(MultiDict(typed), TODAY)
    assert (problems, grown.measures[0].weight) == ((), 7.2)


def test_what_is_far_too_long_is_no_answer():
    typed = MultiDict({"born": "2026-01-05" + " " * 100 + "9" * 10_000})
    reader = Reader(typed)
    assert reader.born("born", TODAY) is None
    assert len(reader.problems[0].sentence) < 100


def made(monkeypatch, now, **typed):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    schedule = tools.schedule()
    child = read_child(MultiDict(typed), schedule, TODAY).child
    entries = vaccine_entries(schedule, child, plan(schedule, child))
    file = Calendar.from_ical(ics.calendar("x", "en", entries, now))
    return {str(each["UID"]).rpartition("-")[0]: each for each in file.walk() if each.name == "VEVENT"}


def test_a_calendar_has_what_is_due_now_and_follows_what_was_given(monkeypatch):
    now = clock.now()
    first = made(monkeypatch, now, born="2026-08-25")
    days = [each["DTSTART"].dt for each in first.values()]
    assert days == sorted(days)
    assert days[0] == TODAY
    assert "Look in the booklet first" in str(next(iter(first.values()))["DESCRIPTION"])
    later = now + timedelta(seconds=2)
    given = made(
        monkeypatch,
        later,
        born="2026-08-25",
        record="1",
        **{"given-hepb-1": "2026-08-25", "given-polio-1": TODAY.isoformat()},
    )
    moved = [
        name for name in first.keys() & given.keys() if first[name]["DTSTART"].dt != given[name]["DTSTART"].dt
    ]
    assert moved
    for name in moved:
        assert int(given[name]["SEQUENCE"]) > int(first[name]["SEQUENCE"])
        assert given[name]["LAST-MODIFIED"].dt > first[name]["LAST-MODIFIED"].dt


def test_who_stands_beside_china_and_weight_for_length_is_whos():
    standards = tools.standards()
    measure = Measure(1, 300, 8.6, 72.5, 45.0)
    found = {
        each.indicator: each for each in read(measure, "girl", None, standards["china"], standards["who"])
    }
    assert (found[Indicator.WEIGHT].standard, found[Indicator.WEIGHT].beside.standard) == ("china", "who")
    assert found[Indicator.WEIGHT].beside.z != found[Indicator.WEIGHT].z
    assert (found[Indicator.FOR_LENGTH].standard, found[Indicator.FOR_LENGTH].beside) == ("who", None)
    other = read(measure, "girl", None, standards["who"], standards["china"])
    assert all(each.beside is None for each in other)
