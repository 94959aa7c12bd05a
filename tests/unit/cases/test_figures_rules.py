"""Small numbers cannot be reckoned back, whatever is shown around them, in one period and across periods."""

from datetime import UTC, date, datetime
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cases.rules import figures, periods
from app.cases.rules.figures import TOTAL
from app.cases.rules.hiding import K, Link, hide, interval
from app.cases.rules.periods import Period

CATEGORIES = ("care", "fees", "food")
QUARTERS = ("1", "2", "3", "4")
NUMBERS = st.integers(0, 9)
TABLES = st.fixed_dictionaries({(c, q): NUMBERS for c in CATEGORIES for q in QUARTERS})


def sums(cells: dict) -> dict:
    """Every number of a table with its totals, from its inner cells."""
    found = dict(cells)
    for q in QUARTERS:
        found[TOTAL, q] = sum(cells[c, q] for c in CATEGORIES)
    for c in CATEGORIES:
        found[c, TOTAL] = sum(cells[c, q] for q in QUARTERS)
    found[TOTAL, TOTAL] = sum(cells.values())
    return found


def another_table(true: dict, shown: dict, cell: tuple) -> dict | None:
    """Return a table that agrees with everything shown and in which a cell is something else.

    It is looked for by moving one report into or out of a few hidden cells; the sums are then done anew.
    """
    hidden = [(c, q) for c in CATEGORIES for q in QUARTERS if shown[c, q] is None]
    known = [key for key, value in shown.items() if value is not None]
    for many in range(1, 7):
        for chosen in combinations(hidden, many):
            for moves in product((1, -1), repeat=many):
                moved = dict(zip(chosen, moves, strict=True))
                change = sums({(c, q): moved.get((c, q), 0) for c in CATEGORIES for q in QUARTERS})
                if change[cell] and not any(change[key] for key in known):
                    made = {(c, q): true[c, q] + moved.get((c, q), 0) for c in CATEGORIES for q in QUARTERS}
                    if min(made.values()) >= 0:
                        return made
    return None


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_no_hidden_number_of_a_year_can_be_reckoned_back(cells):
    shown = dict(figures.year(cells, CATEGORIES, 4).shown)
    true = sums(cells)
    for cell in [key for key, value in shown.items() if value is None and true[key]]:
        other = another_table(true, shown, cell)
        assert other is not None, f"{cell} must be {true[cell]}"
        assert all(value in {None, sums(other)[key]} for key, value in shown.items())
        assert sums(other)[cell] != true[cell]


@settings(max_examples=200, deadline=None)
@given(TABLES)
def test_what_is_shown_is_true_and_never_small(cells):
    whole = sums(cells)
    for key, value in figures.year(cells, CATEGORIES, 4).shown.items():
        assert value is None or value == whole[key] >= K


@settings(max_examples=200, deadline=None)
@given(TABLES, st.integers(1, 3))
def test_a_later_quarter_takes_nothing_back_and_gives_nothing_more_of_an_earlier_one(cells, quarters):
    before = dict(figures.year(cells, CATEGORIES, quarters).shown)
    after = figures.year(cells, CATEGORIES, 4).shown
    assert before == {key: after[key] for key in before}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_a_small_part_could_have_as_many_values_as_its_sign_says(numbers):
    links = [Link(f"p{at}", "parts", "whole", value) for at, value in enumerate(numbers)]
    links.append(Link(TOTAL, "whole", "parts", sum(numbers), 1000))
    hidden = hide(links)
    for link in links:
        if link.key in hidden and link.value:
            open_to = interval(links, hidden, link.key)
            assert len(open_to) >= (K if link.value < K else 2)
            assert link.value in open_to


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), min_size=1))
def test_townships_never_give_one_of_them_away(counts):
    total = sum(counts.values())
    shown = figures.parts(counts, total if total >= K else None)
    hidden = [key for key, value in shown.items() if value is None]
    rest = total - sum(value for value in shown.values() if value is not None)
    assert all(value is None or value == counts[key] >= K for key, value in shown.items())
    assert rest == 0 or len(hidden) > 1 or total < K
    assert rest == 0 or rest >= K - 1 or total < K


def test_one_small_subject_takes_the_next_larger_one_with_it_and_leaves_the_total():
    counts = {("care", "1"): 12, ("fees", "1"): 6, ("food", "1"): 2}
    shown = figures.year(counts, CATEGORIES, 1)
    assert shown["food", "1"] is None
    assert shown["fees", "1"] is None
    assert shown["care", "1"] == 12
    assert shown[TOTAL, "1"] == 20


def test_where_nothing_else_came_in_nothing_else_is_hidden():
    shown = figures.year({("care", "1"): 12}, CATEGORIES, 1)
    assert (shown["care", "1"], shown["fees", "1"], shown[TOTAL, "1"]) == (12, None, 12)


def test_a_quarter_with_fewer_than_five_shows_nothing():
    shown = figures.year({("care", "1"): 4}, CATEGORIES, 1).shown
    assert set(shown.values()) == {None}


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(1, 4, None), (5, 5, 100), (1, 7, 15), (7, 8, 90), (0, 5, 0), (1, 40, 5)]
)
def test_shares_are_rounded_to_five_and_need_five(part, whole, shown):
    assert figures.share(part, whole) == shown


@pytest.mark.parametrize(("number", "step"), [(0, (0, 4)), (4, (0, 4)), (5, (5, 9)), (12, (10, 14))])
def test_a_running_number_grows_in_steps_of_five(number, step):
    assert figures.band(number) == step


def test_the_middle_needs_five():
    assert figures.middle([1, 2, 3, 4]) is None
    assert figures.middle([9, 1, 2, 3, 4, 5]) == 3.5


@pytest.mark.parametrize(
    ("text", "found", "first", "last"),
    [
        ("2026", Period(2026), date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q1", Period(2026, 1), date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", Period(2026, 4), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_read_and_knows_its_days(text, found, first, last):
    assert periods.read(text) == found
    assert str(found) == text
    assert (found.first, found.last) == (first, last)
    assert found.over(date(2027, 1, 1))
    assert not found.over(found.last)


@pytest.mark.parametrize("text", ["", "26", "2026-05", "2026-Q5", "2026-Q", "1999", "２０２６", "2026 "])
def test_what_is_no_period_is_refused(text):
    assert periods.read(text) is None


def test_a_moment_belongs_to_the_quarter_of_its_local_day():
    assert periods.quarter_of(datetime(2026, 3, 31, 16, tzinfo=UTC)) == Period(2026, 2)
    assert periods.quarter_of(date(2026, 3, 31)) == Period(2026, 1)
