"""Which facility a row of a ledger is about: certain only on proof, else a worker's question."""

import csv
import gzip
import os
from pathlib import Path

import pytest

from app.facilities.rules.likeness import dice, houses, own_words, pairs, plain
from app.facilities.rules.matching import NEAR, Matcher, Party, Verdict, Why

PLACES = frozenset(["杏桥县", "杏桥", "示例市", "示例省"])
KNOWN = [
    Party("A", "杏桥县小月牙托育有限公司", ("小月牙",), "91990101MA44A5E808", "杏林东路4号", "990101"),
    Party("B", "杏桥县第一幼儿园", ("县一幼托班",), "12990101MA0C1FGG75", "杏林东路1号", "990101"),
    Party("C", "杏桥爱心托育有限公司长桥分公司", (), "", "长桥路8号", "990101"),
    Party("D", "杏桥爱心托育有限公司湖畔分公司", (), "", "湖畔路9号", "990101"),
    Party("E", "大树托育中心", (), "91990101MA44A5E808", "石榴路2号", "990102"),
    Party("F", "同名托育园", (), "", "一路1号", "990101"),
    Party("G", "同名托育园", (), "", "二路2号", "990101"),
    Party("H", "彩虹桥婴幼儿照护服务有限公司", (), "", "杏花街道彩虹路66号", "990101"),
]


def match(name, *, known=KNOWN, asks=False, **said):
    return Matcher(known, PLACES).match(Party("", name, **{"area": "990101", **said}), asks=asks)


def test_the_full_name_that_stands_once_is_certain():
    found = match("杏桥县第一幼儿园")
    assert (found.verdict, found.id, found.candidates[0].why[0]) == (Verdict.CERTAIN, "B", Why.NAME)
    assert found.candidates[0].score == 1.0


@pytest.mark.parametrize("name", ["小月牙", "（小月牙）", "小　月牙"])
def test_an_alias_is_as_good_whatever_its_width_and_brackets(name):
    assert match(name).id == "A"


def test_a_name_that_stands_twice_is_told_apart_by_its_house_or_by_a_worker():
    assert match("同名托育园", address="二路2号").id == "G"
    doubtful = match("同名托育园")
    assert doubtful.verdict is Verdict.ASK
    assert {each.id for each in doubtful.candidates} == {"F", "G"}


def test_a_code_that_stands_once_with_a_name_like_it_is_certain_even_renamed():
    found = match("小月牙婴幼儿照护服务有限公司", code="12990101MA0C1FGG75")
    assert found.verdict is Verdict.ASK, "another name altogether: one of the two is wrong"
    assert match("第一幼儿园新园", code="12990101MA0C1FGG75").id == "B"


def test_a_code_of_several_needs_a_name():
    assert match("小月牙托育", code="91990101MA44A5E808").verdict is Verdict.ASK
    assert match("杏桥县小月牙托育有限公司", code="91990101MA44A5E808").id == "A"


def test_the_same_name_under_another_code_is_for_a_worker():
    found = match("杏桥县第一幼儿园", code="91990101MA44A5E80X")
    assert found.verdict is Verdict.ASK
    assert Why.OTHER_CODE in found.candidates[0].why


def test_a_name_without_its_places_and_company_words_is_never_certain():
    found = match("示例省第一幼儿园")
    assert (found.verdict, found.candidates[0].id) == (Verdict.ASK, "B")
    assert found.candidates[0].why[0] is Why.SAME_CORE


def test_a_head_office_asks_which_branch():
    found = match("杏桥爱心托育有限公司")
    assert found.verdict is Verdict.ASK
    assert [each.id for each in found.candidates] == ["C", "D"]


def test_a_near_name_at_the_same_house_is_certain():
    assert match("彩虹桥托育有限公司", address="彩虹路66号").id == "H"
    assert match("彩虹桥托育有限公司", address="彩虹路67号").verdict is Verdict.ASK


def test_the_same_name_in_another_county_is_no_proof():
    found = match("大树托育中心")
    assert found.verdict is not Verdict.CERTAIN
    assert match("大树托育中心", area="990102").id == "E"
    assert match("大树托育中心", area="").id == "E"


def test_what_is_like_nothing_is_new_unless_the_list_makes_no_facilities():
    assert match("蓝天航空托儿站").verdict is Verdict.NEW
    assert match("蓝天航空托儿站", asks=True).verdict is Verdict.ASK


def test_what_is_less_than_near_is_not_shown_to_anybody():
    found = match("县第九幼儿园", asks=True)
    assert (found.verdict, found.candidates) == (Verdict.ASK, ())
    near = match("示例省第一幼儿园", asks=True)
    assert near.candidates
    assert all(each.score >= NEAR for each in near.candidates)


def test_two_rows_cannot_both_be_certain_of_one_facility():
    matcher = Matcher(KNOWN, PLACES)
    found = matcher.match_all(
        [Party("", "小月牙", area="990101"), Party("", "杏桥县小月牙托育有限公司", area="990101")]
    )
    assert [each.verdict for each in found] == [Verdict.ASK, Verdict.ASK]
    assert Why.TAKEN in found[0].candidates[0].why


def test_an_empty_county_has_only_new_facilities():
    assert match("小月牙", known=[]).verdict is Verdict.NEW


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("杏桥县小月牙托育有限公司", "小月牙"), ("小月牙（杏桥）婴幼儿照护服务有限责任公司", "小月牙"),
        ("示例市杏桥县第一幼儿园", "第一"), ("杏桥托育服务有限公司", ""),
    ],
)  # fmt: skip
def test_the_own_words_of_a_name(name, words):
    assert own_words(name, sorted(PLACES, key=len, reverse=True)) == words


def test_likeness_is_symmetric_and_knows_its_ends():
    assert dice(pairs("小月牙"), pairs("小月牙")) == 1
    assert dice(pairs("小月牙"), pairs("大太阳")) == 0
    assert dice(pairs("小月牙"), pairs("小月亮")) == dice(pairs("小月亮"), pairs("小月牙")) == 0.5
    assert dice(pairs(""), pairs("小")) == 0
    assert plain("（小 月牙）") == plain("(小月牙)") == "小月牙"
    assert houses("兴盛街２３号、25号 3-1号楼") == {"23号", "25号", "3-1号"}


SHARED = Path(os.environ.get("TUOYU_SHARED", "/nowhere")) / "data" / "cn"
COUNTIES = {"330621": "330603", "330682": "330604"}
"""Codes of the register that are districts today."""


@pytest.mark.skipif(not SHARED.exists(), reason="Needs the shared data: TUOYU_SHARED.")
def test_of_the_rating_list_20_are_certain_9_need_a_worker_and_none_is_wrong():
    with gzip.open(
        SHARED / "tuoyu_filings_national_202601.csv.gz", "rt", encoding="utf-8", newline=""
    ) as file:
        rows = [row for row in csv.DictReader(file) if row["zoning_code"].startswith("3306")]
    known = [
        Party(
            f"{row['credit_code']} {row['institution_name']}",
            row["institution_name"],
            (row["institution_other_name"],),
            row["credit_code"],
            row["address"],
            COUNTIES.get(row["zoning_code"][:6], row["zoning_code"][:6]),
        )
        for row in rows
    ]
    with (SHARED / "shaoxing_rating_2023.csv").open(encoding="utf-8", newline="") as file:
        rated = list(csv.DictReader(file))
    districts = {
        "越城区": "330602",
        "柯桥区": "330603",
        "上虞区": "330604",
        "新昌县": "330624",
        "诸暨市": "330681",
        "嵊州市": "330683",
    }
    places = frozenset(["浙江省", "浙江", "绍兴市", "绍兴", *districts, *(name[:-1] for name in districts)])
    parties = [Party("", row["name"], area=districts[row["district"]]) for row in rated]
    found = Matcher(known, places).match_all(parties, asks=True)
    certain = [
        (match, row) for match, row in zip(found, rated, strict=True) if match.verdict is Verdict.CERTAIN
    ]
    assert len(certain) == 20
    assert all(match.id.startswith(row["uscc_matched_in_filing_register"] or "-") for match, row in certain)
    asked = [match for match in found if match.verdict is Verdict.ASK]
    assert len(asked) == 9
    assert all(NEAR <= each.score < 1 for match in asked for each in match.candidates)
    assert sum(1 for match in asked if match.candidates) == 4
