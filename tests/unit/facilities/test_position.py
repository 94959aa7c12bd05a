"""Where a facility can lie: a datum is shifted, what is far away or turned round is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.geo import Point, distance_km, to_gcj02
from app.facilities.rules.position import Wrong, box_around, judge

CENTRES = [Point(30.0, 120.0), Point(30.4, 120.6)]
BOX = box_around(CENTRES)


def test_places_of_an_area_lie_around_its_townships_and_wider_where_only_the_county_is_known():
    assert pytest.approx((29.7, 119.7, 30.7, 120.9)) == BOX
    assert box_around(CENTRES[:1]) == pytest.approx((29.0, 119.0, 31.0, 121.0))
    assert box_around([]) is None


@pytest.mark.parametrize(
    ("lat", "lon", "wanted"),
    [
        (30.1, 120.1, Point(30.1, 120.1)),
        (120.1, 30.1, Wrong.EXCHANGED),
        (31.0, 120.1, Wrong.OUTSIDE),
        (30.1, 121.0, Wrong.OUTSIDE),
        (91.0, 200.0, Wrong.OUTSIDE),
    ],
)
def test_coordinates_outside_the_area_are_told_and_exchanged_ones_are_recognised(lat, lon, wanted):
    assert judge(lat, lon, "wgs84", BOX) == wanted


def test_where_nothing_is_known_of_the_area_only_the_globe_judges():
    assert judge(-10.0, 15.0, "wgs84", None) == Point(-10.0, 15.0)
    assert judge(120.1, 30.1, "wgs84", None) is Wrong.OUTSIDE


@given(st.floats(29.8, 30.6), st.floats(119.8, 120.8))
def test_what_a_map_site_shows_is_shifted_back(lat, lon):
    shifted = to_gcj02(Point(lat, lon))
    found = judge(shifted.lat, shifted.lon, "gcj02", BOX)
    assert distance_km(found, Point(lat, lon)) < 0.001
    assert distance_km(judge(shifted.lat, shifted.lon, "wgs84", BOX), Point(lat, lon)) > 0.1
    assert distance_km(judge(shifted.lat, shifted.lon, "bd09", BOX), Point(lat, lon)) > 0.1
