"""What the benches reckon from their measurements."""

import json

import pytest
from benchmarks.report import Figure, Report, spread
from benchmarks.search import first_rank, queries


@pytest.mark.parametrize(
    ("found", "expected", "rank"),
    [("abc", "a", 1), ("abc", "c", 3), ("abc", "cb", 2), ("abc", "x", 0), ("", "a", 0)],
)
def test_the_first_expected_one_counts(found, expected, rank):
    assert first_rank(list(found), list(expected)) == rank


def test_a_spread_is_the_middle_and_what_nineteen_of_twenty_stay_below():
    assert spread(range(1, 101), "ms") == Figure(50.5, "ms", 95, 100)
    assert spread([7.126], "ms") == Figure(7.13, "ms", 7.13, 1)


def test_a_report_is_data_and_lines():
    report = Report("Text", ["a note"], {"time": Figure(1.5, "ms", 2.0, 3)})
    assert json.loads(json.dumps(report.data()))["figures"] == {
        "time": {"median": 1.5, "unit": "ms", "samples": 3, "p95": 2.0}
    }
    assert report.text() == "Text\n  a note\n\ntime  1.5 ms (95 % below 2)"


def test_the_judged_queries_are_read():
    assert {"query", "class", "expected", "intended", "made"} == set(queries()[0])
