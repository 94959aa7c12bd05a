"""Places to measure from: how an address writes them, what is refused, and nothing near slips through."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.geo import Point, distance_km
from app.facilities.rules.near import Anchor, Wrong, boxes, distances, position, read_anchor

PLACES = st.tuples(st.floats(4, 53), st.floats(74, 135)).map(lambda pair: Point(*pair))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("north", Wrong.SHAPE),
        ("1", Wrong.SHAPE),
        ("1,2,3", Wrong.SHAPE),
        ("nan,nan", Wrong.SHAPE),
        ("inf,120", Wrong.SHAPE),
        ("91,181", Wrong.SHAPE),
        ("90,120", Wrong.ABROAD),
        ("0,0", Wrong.ABROAD),
        ("51.5,-0.1", Wrong.ABROAD),
        ("120.25,29.71", Wrong.SWAPPED),
        ("88.5,36.5", Wrong.SWAPPED),
        ("area:", Wrong.SHAPE),
        ("area:33/06", Wrong.SHAPE),
        ("school:W6G8XC99", Wrong.SHAPE),
    ],
)
def test_what_names_no_place_is_refused_with_the_reason(text, wrong):
    assert read_anchor(0, text) is wrong


def test_a_position_is_rounded_so_that_it_tells_no_door():
    anchor = read_anchor(0, "29.71362, 120.24281")
    assert (anchor.text, anchor.point) == ("29.714,120.243", Point(29.714, 120.243))


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [("area:330681001", "area", "330681001"), ("facility:w6g8xc99", "facility", "W6G8XC99")],
)
def test_a_named_place_waits_to_be_looked_up(text, kind, key):
    anchor = read_anchor(1, text)
    assert (anchor.name, anchor.kind, anchor.key, anchor.point) == ("near2", kind, key, None)


@given(PLACES)
def test_reading_what_was_written_gives_the_same_place(point):
    written = position(2, point)
    assert read_anchor(2, written.text) == written


@given(PLACES, st.floats(0.05, 50), st.floats(0, 1), st.floats(0, 360))
def test_nothing_within_the_distance_lies_outside_the_box(centre, km, share, bearing):
    (south, north, west, east) = boxes([Anchor(0, "", centre)], km)[0]
    angle, arc = math.radians(bearing), km * share / 6371.0088
    lat1 = math.radians(centre.lat)
    lat2 = math.asin(math.sin(lat1) * math.cos(arc) + math.cos(lat1) * math.sin(arc) * math.cos(angle))
    turn = math.atan2(
        math.sin(angle) * math.sin(arc) * math.cos(lat1), math.cos(arc) - math.sin(lat1) * math.sin(lat2)
    )
    other = Point(math.degrees(lat2), centre.lon + math.degrees(turn))
    assert distance_km(centre, other) <= km * 1.000001
    assert south - 1e-9 <= other.lat <= north + 1e-9
    assert west - 1e-9 <= other.lon <= east + 1e-9


def test_distances_stand_in_the_order_of_the_places():
    home, work = position(0, Point(30, 120)), position(1, Point(30, 120.1))
    near, far = distances([home, work], Point(30, 120.01))
    assert near < far
    assert math.isclose(near + far, distance_km(home.point, work.point), rel_tol=1e-6)
