"""Rows edited behind the counter against those of the files: what wins, what contradicts, what is undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.areas.rules import edits as rules
from app.areas.rules.edits import TABLES, Edit

LINES, RULES = TABLES["hotlines"], TABLES["routing"]
OLD, NEW, NEWER = ({"number": "1", "name_zh-Hans": name} for name in ("旧", "新", "更新"))
ADDED, OTHER, LAST = (
    {"number": number, "name_zh-Hans": name} for number, name in (("2", "加"), ("2", "别的"), ("3", "末"))
)


# file now, edit (row, base), rows that hold, conflicts
GOLDEN = [
    ("nothing edited", {"1": OLD}, {}, [OLD], []),
    ("edited, file as it was", {"1": OLD}, {"1": Edit(NEW, OLD)}, [NEW], []),
    ("edited, file says the same by now", {"1": NEW}, {"1": Edit(NEW, OLD)}, [NEW], []),
    ("edited, file says something else", {"1": NEWER}, {"1": Edit(NEW, OLD)}, [NEW], ["1"]),
    ("edited, file has it no longer", {}, {"1": Edit(NEW, OLD)}, [NEW], ["1"]),
    ("taken out, file as it was", {"1": OLD}, {"1": Edit(None, OLD)}, [], []),
    ("taken out, file changed it", {"1": NEWER}, {"1": Edit(None, OLD)}, [], ["1"]),
    ("taken out, file has it no longer", {}, {"1": Edit(None, OLD)}, [], []),
    ("added", {"1": OLD}, {"+A": Edit(ADDED, None)}, [OLD, ADDED], []),
    ("added, file has the same by now", {"2": ADDED}, {"+A": Edit(ADDED, None)}, [ADDED], []),
    ("added, file has another of its key", {"1": OLD}, {"+A": Edit(NEW, None)}, [NEW], ["+A"]),
    ("added and taken out again", {"1": OLD}, {"+A": Edit(None, None)}, [OLD], []),
    ("renamed, file as it was", {"1": OLD}, {"1": Edit(ADDED, OLD)}, [ADDED], []),
    ("renamed, file too", {"2": ADDED, "3": LAST}, {"1": Edit(ADDED, OLD)}, [ADDED, LAST], []),
    ("renamed, file has another so", {"2": OTHER}, {"1": Edit(ADDED, OLD)}, [ADDED], ["1"]),
    ("kept, file as it was seen", {"1": NEWER}, {"1": Edit(NEW, NEWER)}, [NEW], []),
    ("kept, file went back", {"1": OLD}, {"1": Edit(NEW, NEWER)}, [NEW], ["1"]),
    ("taken out and kept so", {"1": NEWER}, {"1": Edit(None, NEWER)}, [], []),
    ("taken back", {"1": OLD}, {"1": Edit(OLD, OLD)}, [OLD], []),
]


@pytest.mark.parametrize(
    ("name", "file", "edited", "rows", "contrary"), GOLDEN, ids=[each[0] for each in GOLDEN]
)
def test_what_was_edited_wins_and_a_file_that_says_otherwise_is_a_conflict(
    name, file, edited, rows, contrary
):
    assert list(rules.merged(LINES, file, edited).values()) == rows, name
    assert [each.key for each in rules.conflicts(LINES, file, edited)] == contrary, name


def test_rules_stand_by_priority_wherever_they_were_added():
    file = {key: {"priority": key} for key in ("10", "20", "100")}
    found = rules.merged(
        RULES, file, {"+A": Edit({"priority": "15"}, None), "10": Edit({"priority": "30"}, {})}
    )
    assert [row["priority"] for row in found.values()] == ["15", "20", "30", "100"]


ROWS = st.one_of(st.none(), st.sampled_from([OLD, NEW, NEWER]))
KEYS = st.sampled_from(["1", "+A", "+B"])
CHANGES = st.lists(st.dictionaries(KEYS, ROWS, min_size=1), max_size=6)


@given(CHANGES)
def test_the_newest_change_of_a_row_holds_and_nothing_else_of_the_table_moves(changes):
    file = {"1": OLD, "9": {"number": "9"}}
    held = rules.merged(LINES, file, rules.edits((rows, {}) for rows in changes))
    newest = {key: row for rows in changes for key, row in rows.items()}
    assert all(held.get(key) == row for key, row in newest.items())
    assert held["9"] == file["9"]


@given(st.dictionaries(KEYS, ROWS, min_size=1), st.dictionaries(KEYS, ROWS))
def test_taking_a_change_back_gives_the_rows_of_before_unless_they_were_changed_again(rows, before):
    back = rules.undone(rows, before, {key: row for key, row in rows.items() if row is not None})
    assert back == {key: before.get(key) for key in rows}
    touched = {**rows, "1": {"number": "7"}}
    assert rules.undone({**rows, "1": OLD}, before, touched) is None


def test_who_proposed_never_decides_where_a_second_person_is_needed():
    assert not rules.may_decide("a", "a", second=True)
    assert rules.may_decide("a", "b", second=True)
    assert rules.may_decide("a", "a", second=False)


def test_who_answers_what_offices_times_and_working_days_need_a_second_person():
    assert {name for name, table in TABLES.items() if table.second} == {"routing", "units", "clocks"}
    assert rules.table_of("calendar:CN:2027").second
    assert rules.table_of("secrets") is None


def test_only_cells_that_differ_are_told_in_the_order_of_the_file():
    assert rules.differing(OLD, {**NEW, "source": "x"}, LINES.columns) == [
        ("name_zh-Hans", "旧", "新"),
        ("source", "", "x"),
    ]
    assert rules.differing(None, None, LINES.columns) == []
