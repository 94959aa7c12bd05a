"""The yearly table counts every read once, and no small number can be reckoned back from it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.cases.rules.hiding import K
from app.site.rules.auditing import WHAT, Read, yearly

MOMENT = datetime(2026, 5, 1, tzinfo=UTC)
LEAD, MARKET = ("lead", "990101.health"), ("department-officer", "990101.market")


def reads(*told: tuple[tuple[str, str], str, int]) -> list[Read]:
    return [Read(what, MOMENT, *row) for row, what, times in told for _turn in range(times)]


def test_large_numbers_are_shown_with_their_sums():
    table = yearly(
        reads((LEAD, "story", 9), (LEAD, "contact", 7), (MARKET, "story", 12), (MARKET, "contact", 6))
    )
    assert table.columns == ("story", "contact")
    assert table.rows == (MARKET, LEAD)
    assert table.cells[LEAD, "story"] == 9
    assert (table.sums[LEAD], table.sums[MARKET]) == (16, 18)
    assert (table.totals["story"], table.totals["contact"], table.whole) == (21, 13, 34)


def test_a_small_number_is_hidden_and_others_with_it():
    table = yearly(
        reads((LEAD, "story", 20), (LEAD, "contact", 2), (MARKET, "story", 30), (MARKET, "contact", 9))
    )
    assert table.cells[LEAD, "contact"] is None
    hidden = [
        number
        for number in (*table.cells.values(), *table.sums.values(), *table.totals.values())
        if number is None
    ]
    assert len(hidden) >= 3, "with one hidden number alone, the sums would give it away"


def test_nothing_is_an_empty_table():
    table = yearly([])
    assert (table.rows, table.columns, table.whole) == ((), (), 0)


ROWS = st.sampled_from([LEAD, MARKET, ("township-officer", "990101001.office")])


@given(st.lists(st.tuples(ROWS, st.sampled_from(WHAT[:4]), st.integers(1, 9)), max_size=8))
def test_no_number_from_one_to_four_is_ever_shown(told):
    table = yearly(reads(*told))
    shown = [*table.cells.values(), *table.sums.values(), *table.totals.values(), table.whole]
    assert not [number for number in shown if number is not None and 0 < number < K]
    for row in table.rows:
        cells = [table.cells[row, column] for column in table.columns]
        if table.sums[row] is not None and None not in cells:
            assert sum(cells) == table.sums[row]
