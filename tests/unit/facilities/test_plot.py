"""The map: every result is on it once, inside the square, under its own number."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.geo import Point, distance_km
from app.facilities.rules.plot import (
    SIZE,
    SQUARE,
    Placed,
    Spot,
    compass,
    inside,
    label_place,
    merge,
    scale,
    tally,
)  # fmt: skip

POINTS = st.lists(
    st.tuples(st.floats(29, 31), st.floats(119, 121)).map(lambda pair: Point(*pair)), min_size=1, max_size=20
)


@given(POINTS, st.one_of(st.none(), st.just(Point(30, 120))))
def test_every_spot_is_drawn_once_inside_the_square(points, anchor):
    fitted = scale(points, anchor)
    pins = merge([Spot(number, "x", point) for number, point in enumerate(points, 1)], fitted)
    assert sorted(number for _, numbers, _ in pins for number in numbers) == list(range(1, len(points) + 1))
    assert all(0 <= placed.x <= SIZE and 0 <= placed.y <= SIZE for placed, _, _ in pins)


def test_north_is_up_and_east_is_right():
    fitted = scale([Point(30.1, 120), Point(30, 120.1)], Point(30, 120))
    north, east = fitted.place(Point(30.1, 120)), fitted.place(Point(30, 120.1))
    assert north.y < SIZE / 2 < east.x


def test_rings_are_true_to_scale():
    fitted = scale([Point(30.05, 120)], Point(30, 120))
    placed = fitted.place(Point(30.05, 120))
    units = math.hypot(placed.x - SIZE / 2, placed.y - SIZE / 2)
    radius, km = fitted.rings[-1]
    assert math.isclose(units / radius * km, distance_km(Point(30, 120), Point(30.05, 120)), rel_tol=0.01)


def test_nothing_to_show_is_no_map():
    assert scale([], None) is None


def test_places_known_only_to_a_township_are_counted_there():
    assert tally(["1", "1", "2", ""], {"1": Point(0, 0)}) == ({"1": 2}, 2)


@pytest.mark.parametrize(
    ("lat", "lon", "way"),
    [
        (1, 0, "n"),
        (1, 1, "ne"),
        (0, 1, "e"),
        (-1, 1, "se"),
        (-1, 0, "s"),
        (-1, -1, "sw"),
        (0, -1, "w"),
        (1, -1, "nw"),
    ],
)
def test_directions_are_those_of_a_map_with_north_up(lat, lon, way):
    assert compass(Point(1, 120), Point(1 + lat * 0.01, 120 + lon * 0.01)) == way


def test_a_count_is_written_where_no_pin_covers_it():
    middle = Placed(SIZE / 2, SIZE / 2)
    pins = [
        Placed(SIZE / 2, SIZE / 2 - SQUARE),
        Placed(SIZE / 2 - SQUARE, SIZE / 2),
        Placed(SIZE / 2, SIZE / 2 + SQUARE),
    ]
    assert label_place(middle, SQUARE, pins) == Placed(SIZE / 2 + SQUARE, SIZE / 2)


def test_a_ring_larger_than_the_drawing_has_no_words():
    assert label_place(Placed(SIZE / 2, SIZE / 2), SIZE, []) is None


def test_a_township_beyond_the_edge_is_not_drawn():
    assert inside(Placed(SIZE / 2, SQUARE + 1))
    assert not inside(Placed(SIZE / 2, SQUARE - 1))
    assert not inside(Placed(SIZE + 40, SIZE / 2))
