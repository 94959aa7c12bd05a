"""What a heading probably stands for: a golden table of headings as counties write them."""

import pytest

from app.facilities.loading.ledger.fields import FIELDS
from app.facilities.rules.guessing import guess, guesses

GOLDEN = {
    "机构名称": ("name", {}),
    "单位名称": ("name", {}),
    "托育机构全称": ("name", {}),
    "统一社会信用代码": ("credit_code", {}),
    "机构性质": ("form", {}),
    "机构类型": ("kind", {}),
    "备案编号": ("filing_number", {}),
    "备案时间": ("filed_on", {}),
    "备案状态": ("status", {}),
    "详细地址": ("address", {}),
    "所属乡镇（街道）": ("township", {}),
    "联系电话": ("phone", {}),
    "经度": ("lon", {}),
    "是否普惠": ("inclusive", {}),
    "评定等级": ("record.result", {"kind": "assessment"}),
    "托位数": ("band.places", {"band": "mixed"}),
    "托小班剩余托位": ("band.vacancies", {"band": "junior"}),
    "全日托保育费（元/月）": (
        "fee.amount",
        {"component": "care", "care": "full-day", "band": "*", "unit": "month"},
    ),
    "收费标准/伙食费（元/天）": (
        "fee.amount",
        {"component": "meals", "care": "*", "band": "*", "unit": "day"},
    ),
    "伙食费（元/天）": ("fee.amount", {"component": "meals", "care": "*", "band": "*", "unit": "day"}),
    "半日托（元／半天）": (
        "fee.amount",
        {"component": "care", "care": "half-day", "band": "*", "unit": "half-day"},
    ),
    "床上用品费（元，一次性）": (
        "fee.amount",
        {"component": "bedding", "care": "*", "band": "*", "unit": "once"},
    ),
    "序号": ("", {}),
    "备注": ("", {}),
    "centre_name": ("name", {}),
}


@pytest.mark.parametrize("heading", GOLDEN)
def test_a_heading_is_guessed_as_a_person_would(heading):
    found = guess(heading)
    assert (found.field, dict(found.parts)) == GOLDEN[heading]


def test_a_guess_is_a_field_that_profiles_know_or_nothing():
    assert {field for field, _parts in GOLDEN.values()} - {""} <= set(FIELDS)


def test_a_field_with_one_value_is_guessed_once():
    assert [each.field for each in guesses(["机构名称", "园所名称", "联系电话"])] == ["name", "", "phone"]
    prices = guesses(["保育费（元/月）", "伙食费（元/月）"])
    assert [each.field for each in prices] == ["fee.amount", "fee.amount"]
