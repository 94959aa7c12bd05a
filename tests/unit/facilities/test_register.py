"""What a row of the filing register proves, and how two snapshots differ."""

from datetime import datetime

import pytest

from app.facilities.rules.register import (
    ChangeKind,
    Filing,
    clean_address,
    compare,
    infer_kind,
    locate,
    parse_time,
    spoken_for,
    township_in,
)

COUNTY = ["甲省", "乙市", "丙县"]


@pytest.mark.parametrize(
    ("filed", "shown"),
    [
        ("甲省乙市丙县甲省乙市丙县花园路1号", "花园路1号"),
        ("甲省乙市丙县丙县花园路1号", "花园路1号"),
        ("甲省市辖区丙县甲省丙县南镇小街路2-44号", "南镇小街路2-44号"),
        ("甲省乙市丙县南镇丙县南镇王村340号", "南镇王村340号"),
        ("甲省乙市丙县南镇花园路1号", "南镇花园路1号"),
        ("花园路1号", "花园路1号"),
        ("甲省乙市丙县", "甲省乙市丙县"),
        ("甲省乙市丙县，花园路1号", "花园路1号"),
    ],
)
def test_repeated_divisions_are_cleaned_and_nothing_else(filed, shown):
    assert clean_address(filed, COUNTY, ["南镇"]) == shown


@pytest.mark.parametrize(
    ("name", "alias", "kind"),
    [
        ("丙县实验幼儿园", "", "kindergarten-class"),
        ("丙县小月托育有限公司", "小月幼儿园托班", "kindergarten-class"),
        ("丙县小月托育有限公司", "小月托育中心", None),
        ("丙县社区托育服务有限公司", "", None),
    ],
)
def test_a_kind_is_inferred_only_where_the_name_proves_it(name, alias, kind):
    assert infer_kind(name, alias) == kind


TOWNS = {"东街道": "330681001", "东": "330681001", "南镇": "330681100", "西街道": "330681002"}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("东街道花园路1号", "330681001"),
        ("南镇东街道口1号", "330681100"),
        ("东风路1号", None),
        ("花园路1号", None),
        ("", None),
    ],
)
def test_a_township_is_read_from_its_full_name_only(address, code):
    assert township_in(address, TOWNS) == code


AREAS = frozenset({"33", "3306", "330681", "330681001", "330681100", "34", "3404", "340421"})


@pytest.mark.parametrize(
    ("zoning", "address", "expected"),
    [
        ("330681001000", "南镇", ("330681", "330681001", "zoning")),
        ("330681000000", "南镇1号", ("330681", "330681100", "address")),
        ("330681000000", "花园路", ("330681", None, "")),
        ("330681999000", "南镇1号", ("330681", "330681100", "address")),
        ("340407000000", "", ("340421", None, "")),
        ("340499000000", "", ("3404", None, "")),
        ("349999000000", "", ("34", None, "")),
    ],
)
def test_a_filing_is_listed_where_a_parent_would_look(zoning, address, expected):
    found = locate(zoning, address, AREAS, {"340407": "340421"}, {"330681": TOWNS})
    assert (found.area, found.township, found.township_by) == expected


def test_a_filing_of_no_known_province_is_not_placed():
    assert locate("870000000000", "", AREAS, {}, {}) is None


def filing(name="甲园", alias="", code="91330681MA2JPQBH47", address="花园路1号", zoning="330681000000"):
    return Filing(name, alias, code, "valid" if code else "invalid", "营利性", address, None, zoning)


def kinds(old, new):
    found = compare(old, new)
    return found.same, [(change.kind, change.old, change.new) for change in found.changes]


def test_the_same_rows_in_another_order_are_unchanged():
    old = [filing("甲园"), filing("乙园", address="二路"), filing("丙园", code="")]
    same, changes = kinds(old, old[::-1])
    assert sorted(same) == [(0, 2), (1, 1), (2, 0)]
    assert changes == []


GOLDEN = [
    (filing(name="甲园"), filing(name="新甲园"), ChangeKind.RENAMED),
    (filing(address="一路"), filing(address="二路"), ChangeKind.MOVED),
    (filing(), filing(zoning="330681001000"), ChangeKind.MOVED),
    (filing(alias=""), filing(alias="小甲"), ChangeKind.RENAMED),
    (filing(), filing(code="91330681MA2JPQBH48"), ChangeKind.CHANGED),
    (filing(name="甲园", address="一路"), filing(name="乙园", address="二路"), ChangeKind.CHANGED),
    (filing(code="", address="一路"), filing(code="", address="二路"), ChangeKind.MOVED),
]


@pytest.mark.parametrize(("old", "new", "kind"), GOLDEN)
def test_an_entry_that_differs_is_recognised(old, new, kind):
    assert kinds([old], [new]) == ((), [(kind, 0, 0)])


def test_branches_that_share_a_code_are_kept_apart():
    old = [filing("一店", address="一路"), filing("二店", address="二路")]
    new = [filing("二店", address="三路"), filing("一店", address="一路"), filing("三店", address="四路")]
    same, changes = kinds(old, new)
    assert same == ((0, 1),)
    assert changes == [(ChangeKind.MOVED, 1, 0), (ChangeKind.NEW, None, 2)]


def test_what_is_left_is_new_or_gone():
    _same, changes = kinds([filing("甲园", code="A")], [filing("乙园", code="B", address="二路")])
    assert changes == [(ChangeKind.NEW, None, 0), (ChangeKind.GONE, 0, None)]


def test_a_snapshot_speaks_for_a_county_it_has_at_least_half_of():
    old = [filing(str(number)) for number in range(4)]
    assert spoken_for(old, old[:2]) == {"330681"}
    assert spoken_for(old, old[:1]) == set()
    assert spoken_for([], old) == {"330681"}


def test_filing_times_are_read_strictly():
    assert parse_time("2025-09-18 10:21:05") == datetime(2025, 9, 18, 10, 21, 5)  # noqa: DTZ001 - the register's are local
    assert parse_time("") is None
    for wrong in ("18/09/2025", "2025-13-01", "yesterday"):
        with pytest.raises(ValueError, match=wrong if wrong != "2025-13-01" else "month"):
            parse_time(wrong)
