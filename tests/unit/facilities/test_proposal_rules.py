"""What a proposal makes of a field, which fields may be proposed, and what counts as a change."""

from datetime import date

import pytest

from app.facilities.forms.proposing import FORMS
from app.facilities.forms.proposing.base import runs
from app.facilities.rules.changes import apart, changes
from app.facilities.rules.entering import EnteredBy, read_entered, write_entered
from app.facilities.rules.projection import FIELDS as EVERY_FIELD
from app.facilities.rules.projection import IDENTITY, Observation
from app.facilities.rules.proposals import FIELDS, By, applied, changes_nothing, touched

INFANT = {"band": "infant", "places": 10, "vacancies": 2}
SENIOR = {"band": "senior", "places": 20, "vacancies": 0}
NEW = {
    "band": "junior",
    "places": 15,
    "vacancies": None,
    "class_size": None,
    "children_per_carer": None,
    "as_of": None,
    "said_by": "",
}
CASES = [
    # field, held, proposed, after, taken away, brought
    ("phone", "1", "2", "2", "1", "2"),
    ("phone", None, "2", "2", None, "2"),
    ("food", ["halal"], [], [], ["halal"], []),
    ("inclusive", True, False, False, True, False),
    ("bands", [INFANT, SENIOR], {"row": {"band": "infant", "places": 12}},
     [{**INFANT, "places": 12}, SENIOR], [INFANT], [{**INFANT, "places": 12}]),
    ("bands", None, {"row": {"band": "junior", "places": 15}}, [NEW], None, [NEW]),
    ("bands", [SENIOR], {"row": {"band": "junior", "places": 15}}, [SENIOR, NEW], None, [NEW]),
    ("bands", [INFANT, SENIOR], {"gone": {"band": "infant"}}, [SENIOR], [INFANT], None),
    ("bands", [SENIOR], {"gone": {"band": "infant"}}, [SENIOR], None, None),
]  # fmt: skip


@pytest.mark.parametrize(("field", "held", "proposed", "after", "away", "brought"), CASES)
def test_a_proposal_changes_what_it_names_and_nothing_else(field, held, proposed, after, away, brought):
    before = [dict(row) for row in held] if field == "bands" and held else held
    assert applied(field, held, proposed) == after
    assert touched(field, held, proposed) == (away, brought)
    assert held == before, "what is held is not touched"


@pytest.mark.parametrize(
    ("field", "held", "proposed", "nothing"),
    [
        ("phone", "1", "1", True),
        ("phone", None, "1", False),
        ("food", None, [], False),
        ("food", [], [], True),
        ("inclusive", None, False, False),
        ("bands", [INFANT], {"row": {"band": "infant", "places": 10}}, True),
        ("bands", None, {"gone": {"band": "infant"}}, True),
        ("bands", [INFANT], {"gone": {"band": "infant"}}, False),
    ],
)
def test_to_say_that_something_is_none_is_not_nothing(field, held, proposed, nothing):
    assert changes_nothing(field, held, proposed) is nothing


def test_what_the_register_says_is_nobody_s_to_propose():
    for fields in FIELDS.values():
        assert not set(fields) & IDENTITY
        assert set(fields) <= EVERY_FIELD
        assert set(fields) <= set(FORMS), "every field has its form"
    assert "status" not in FIELDS[By.PROVIDER], "nobody files itself"
    assert "inclusive" not in FIELDS[By.PROVIDER]


def seen(field, value, day, kind="county", order=0) -> Observation:
    return Observation(field, value, f"{kind}-source", kind, date(2026, 1, day), order)


def test_a_change_is_another_value_coming_to_stand():
    told = changes(
        [
            seen("phone", "2", 5, order=3),
            seen("phone", "1", 1, order=1),
            seen("phone", "1", 3, order=2),
            seen("phone", "9", 2, order=4),
        ]
    )
    assert [(each.before, each.after, each.on.day) for each in told] == [
        (None, "1", 1),
        ("1", "9", 2),
        ("9", "1", 3),
        ("1", "2", 5),
    ]


def test_a_word_that_loses_is_no_change():
    told = changes(
        [
            seen("name", "册", 1, "register", 1),
            seen("name", "账", 2, order=2),
            seen("kind", "nursery", 3),
            seen("kind", "medical", 4, "inferred", 5),
        ]
    )
    assert [(each.field, each.after) for each in told] == [("name", "册"), ("kind", "nursery")]


def test_said_to_be_unknown_is_a_change():
    told = changes([seen("phone", "1", 1), seen("phone", None, 2, order=1)])
    assert [(each.before, each.after) for each in told] == [(None, "1"), ("1", None)]


@pytest.mark.parametrize(
    ("recorded", "imported", "who"),
    [
        (write_entered("lead", "990101.health"), False, EnteredBy("lead", "990101.health")),
        (write_entered("community-worker", "990101001"), False, EnteredBy("community-worker", "990101001")),
        (write_entered("lead", "990101"), True, EnteredBy("lead", "990101")),
        ("content", False, None),
        ("command line", False, None),
        ("command line", True, EnteredBy("import", "")),
        ("somebody@example.org", False, None),
        ("王@990101", False, None),
    ],
)
def test_who_entered_a_value_is_a_role_and_an_office(recorded, imported, who):
    assert read_entered(recorded, imported=imported) == who


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ("", []),
        ("1", ["1"]),
        ("12345", ["1-5"]),
        ("7126", ["1-2", "6-7"]),
        ("135", ["1", "3", "5"]),
        ("1x9", ["1"]),
    ],
)
def test_days_are_written_as_runs(days, text):
    assert runs(list(days)) == text


@pytest.mark.parametrize(
    ("field", "before", "after", "wanted"),
    [
        ("fees", [{"a": 1}, {"a": 2}], [{"a": 1}, {"a": 3}], ([{"a": 2}], [{"a": 3}])),
        ("bands", [{"a": 1}, {"a": 2}], [{"a": 1}], ([{"a": 2}], [])),
        ("care", [{"a": 1}, {"a": 2}], [{"a": 2}, {"a": 1}], ([{"a": 1}, {"a": 2}], [{"a": 2}, {"a": 1}])),
        ("fees", None, [{"a": 1}], (None, [{"a": 1}])),
        ("fees", [{"a": 1}], [], ([{"a": 1}], [])),
        ("food", ["halal"], ["halal", "vegetarian"], (["halal"], ["halal", "vegetarian"])),
        ("phone", "1", "2", ("1", "2")),
    ],
)
def test_of_a_table_that_changed_only_the_rows_that_differ_are_told(field, before, after, wanted):
    assert apart(field, before, after) == wanted
