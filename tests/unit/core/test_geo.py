"""Distances, and the shift to GCJ-02 against vectors of an independent implementation."""

import math

import pytest

from app.core.geo import Point, distance_km, from_bd09, from_gcj02, to_gcj02

VECTORS = [
    (Point(29.7136, 120.2428), Point(29.711116, 120.247237)),
    (Point(43.8256, 87.6168), Point(43.826805, 87.619650)),
    (Point(32.6255, 116.9998), Point(32.623450, 117.005227)),
    (Point(39.7269, 116.3415), Point(39.728223, 116.347642)),
    (Point(24.6697, 102.5954), Point(24.666532, 102.596611)),
    (Point(36.5, 88.5), Point(36.499620, 88.502454)),
]
"""WGS-84 and GCJ-02, made with gcoord 1.0.7 (npm)."""


@pytest.mark.parametrize(("wgs", "gcj"), VECTORS)
def test_the_shift_agrees_with_another_implementation_to_a_metre(wgs, gcj):
    assert distance_km(to_gcj02(wgs), gcj) < 0.001


@pytest.mark.parametrize(("wgs", "gcj"), VECTORS)
def test_the_shift_can_be_taken_back_to_a_metre(wgs, gcj):
    assert distance_km(from_gcj02(gcj), wgs) < 0.001


@pytest.mark.parametrize("wgs", [wgs for wgs, _gcj in VECTORS])
def test_there_and_back_is_the_same_place_to_a_centimetre(wgs):
    assert distance_km(from_gcj02(to_gcj02(wgs)), wgs) < 0.00001


BAIDU = (Point(39.915, 116.404), Point(39.908657, 116.397627))
"""BD-09 and GCJ-02, as coordtransform 2.1 (npm) has them."""


def test_the_second_shift_of_baidu_is_taken_back():
    baidu, gcj = BAIDU
    assert distance_km(from_bd09(baidu), from_gcj02(gcj)) < 0.002


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres():
    assert math.isclose(distance_km(Point(30, 120), Point(31, 120)), 111.195, abs_tol=0.01)


def test_the_same_point_is_no_distance():
    assert distance_km(Point(30, 120), Point(30, 120)) == 0
