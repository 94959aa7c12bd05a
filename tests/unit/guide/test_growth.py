"""Growth agrees with WHO's own results, and with both transcriptions of the national tables."""

import csv

import pytest

from app.guide.loading.tools import load_china, load_who
from app.guide.rules.chart import draw
from app.guide.rules.growth import (
    LINES,
    Band,
    Indicator,
    Measure,
    Reading,
    Trend,
    as_normal,
    band_of,
    counted_days,
    read,
    trend,
)
from tests.addresses import CONTENT
from tests.sites import ROOT

WHO, CHINA = load_who(CONTENT), load_china(CONTENT)
COLUMNS = {
    "z_weight": Indicator.WEIGHT,
    "z_length": Indicator.LENGTH,
    "z_head": Indicator.HEAD,
    "z_weight_for_length": Indicator.FOR_LENGTH,
    "z_bmi": Indicator.BMI,
}


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


REFERENCE = table(ROOT / "tests" / "golden" / "growth" / "who.csv")


def number(cell: str) -> float | None:
    return float(cell) if cell else None


@pytest.mark.parametrize("column", COLUMNS)
def test_standard_deviations_are_those_of_who(column):
    compared = lying = 0
    for row in REFERENCE:
        measure = Measure(
            1,
            int(row["days"]),
            number(row["weight"]),
            number(row["length"]),
            number(row["head"]),
            {"yes": True, "no": False}.get(row["lying"]),
        )
        found = {each.indicator: each for each in read(measure, row["sex"], None, WHO, CHINA)}
        wanted, each = number(row[column]), found.get(COLUMNS[column])
        if wanted is None or each is None or each.standard != "who":
            continue
        compared += 1
        lying += measure.days < 731 and measure.lying is True
        assert abs(each.z - wanted) <= 0.01, row
    assert compared >= 90
    assert lying >= (240 if column == "z_length" else 40)


def test_both_transcriptions_of_the_national_tables_agree_in_every_row():
    one, two = (table(CONTENT / "guide" / "growth" / f"china-{name}.csv") for name in ("one", "two"))
    assert one == two
    assert len(one) == 178


@pytest.mark.parametrize(
    ("sex", "indicator", "months", "median"),
    [
        ("girl", Indicator.LENGTH, 6, 67.1), ("girl", Indicator.LENGTH, 12, 75.2),
        ("girl", Indicator.LENGTH, 24, 87.0), ("girl", Indicator.LENGTH, 36, 96.2),
        ("boy", Indicator.WEIGHT, 6, 8.4), ("boy", Indicator.WEIGHT, 8, 9.1),
    ],
)  # fmt: skip
def test_medians_of_the_national_tables(sex, indicator, months, median):
    assert CHINA.line(indicator, sex, months * 30.4375 + 1e-6, 0) == pytest.approx(median, abs=0.005)


def test_lines_of_each_table_rise_and_never_cross():
    for standard in (CHINA, WHO):
        for indicator in (Indicator.WEIGHT, Indicator.LENGTH, Indicator.HEAD):
            for sex in ("boy", "girl"):
                for days in range(0, 36 * 30, 7):
                    values = [standard.line(indicator, sex, days, z) for z in LINES]
                    assert values == sorted(set(values))


def test_the_step_from_lying_to_standing_is_no_jump_of_the_child():
    before, after = (CHINA.line(Indicator.LENGTH, "girl", days, 0) for days in (730, 731))
    assert before - after == pytest.approx(0.7, abs=0.05)
    assert as_normal(88.0, 800, lying=True) == pytest.approx(87.3)
    assert as_normal(60.0, 100, lying=False) == pytest.approx(60.7)
    assert as_normal(60.0, 100, lying=True) == as_normal(60.0, 100, lying=None) == 60.0


def test_born_at_32_weeks_six_months_are_compared_as_four():
    assert counted_days(183, 32) == 183 - 56
    assert 4 <= counted_days(183, 32) / 30.4375 < 4.3
    assert counted_days(183, 37) == counted_days(183, None) == 183
    assert counted_days(731, 32) == 731
    assert read(Measure(1, 30, 3.0), "girl", 30, CHINA, WHO) == ()


def test_a_child_on_a_line_has_that_lines_number():
    for z in LINES:
        for standard in (CHINA, WHO):
            value = standard.line(Indicator.WEIGHT, "boy", 300, z)
            assert standard.z(Indicator.WEIGHT, "boy", 300, value, None) == pytest.approx(z, abs=1e-6)


@pytest.mark.parametrize(
    ("z", "band"),
    [
        (-6.1, Band.CHECK), (-3.1, Band.FAR_BELOW), (-3, Band.BELOW), (-2, Band.LOWER), (-1, Band.MIDDLE),
        (0, Band.MIDDLE), (1, Band.MIDDLE), (1.5, Band.UPPER), (2, Band.UPPER), (2.5, Band.ABOVE),
        (3.5, Band.FAR_ABOVE), (7, Band.CHECK),
    ],
)  # fmt: skip
def test_bands(z, band):
    assert band_of(z) == band


def reading(value: float, z: float, number: int = 1) -> Reading:
    return Reading(Indicator.WEIGHT, number, 100, value, "who", z, band_of(z))


@pytest.mark.parametrize(
    ("found", "way"),
    [
        ((reading(5, 0),), None),
        ((reading(5, 0), reading(6, 0.4)), Trend.STEADY),
        ((reading(5, 0), reading(6, -1.2)), Trend.DOWN),
        ((reading(5, 0), reading(6, 1.2)), Trend.UP),
        ((reading(5, 0), reading(4.9, -0.3)), Trend.LESS),
        ((reading(5, 0), reading(60, 9)), None),
    ],
)
def test_trends(found, way):
    assert trend(found) == way


@pytest.mark.parametrize("standard", [CHINA, WHO], ids=lambda each: each.code)
def test_a_chart_keeps_everything_inside_its_frame(standard):
    found = read(Measure(1, 400, 20.0, 95.0, 52.0), "boy", None, standard, WHO)
    for indicator in (Indicator.WEIGHT, Indicator.LENGTH, Indicator.HEAD):
        chart = draw(standard, indicator, "boy", [each for each in found if each.indicator == indicator])
        assert len(chart.curves) == 7
        points = [pair.split(",") for curve in chart.curves for pair in curve.points.split()]
        points += [(dot.x, dot.y) for dot in chart.dots]
        assert all(0 <= float(x) <= 400 and 0 <= float(y) <= 300 for x, y in points)
        assert [float(x) for x, _y in (pair.split(",") for pair in chart.curves[0].points.split())] == sorted(
            float(pair.split(",")[0]) for pair in chart.curves[0].points.split()
        )
