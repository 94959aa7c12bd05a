"""What would tell an accused place who reported it is found, in whatever letters; ordinary sentences pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.rules.leaks import leaks

NAME, PHONE = "阿依古丽·买买提", "13800138000"
CONTACT = {"name": NAME, "phone": PHONE, "other": "微信 gul_2020"}
STORY = "昨天下午四点我去接孩子，老师把孩子关在厕所里半小时不让出来，孩子哭得嗓子都哑了。"
OFFICES = frozenset({"12345", "12315", "0571-88886666"})


def found(text, contact=CONTACT, story=STORY):
    return set(leaks(text, contact, story, offices=OFFICES))


GIVEN_AWAY = [
    ("name", "反映人阿依古丽·买买提称"),
    ("name", "阿依古丽买买提家长"),
    ("name", "阿依古丽 • 买买提"),
    ("name", "阿依古丽・买买提"),  # katakana middle dot, as many keyboards give it
    ("name", "阿依古丽･买买提"),
    ("name", "阿依古丽‧买买提"),
    ("name", "阿依古丽∙买买提"),
    ("name", "“阿依古丽”·买买提"),
    ("name", "阿依古丽_买买提"),
    ("name", "阿依古丽\u200b·\u200b买买提"),
    ("phone", "电话13800138000"),
    ("phone", "电话 138 0013 8000"),
    ("phone", "138-0013-8000"),
    ("phone", "１３８００１３８０００"),
    ("phone", "１３８－００１３－８０００"),
    ("phone", "+86 138 0013 8000"),
    ("phone", "86-13900139000"),
    ("phone", "008613900139000"),
    ("phone", "(+86)13900139000"),
    ("phone", "13900139000，13700137000"),
    ("phone", "13900139000 13700137000"),
    ("phone", "2026-11-20 13900139000"),
    ("phone", "三楼302 13900139000"),
    ("phone", "139/0013/9000"),
    ("phone", "139_0013_9000"),
    ("phone", "١٣٩٠٠١٣٩٠٠٠"),
    ("phone", "۱۳۹۰۰۱۳۹۰۰۰"),
    ("phone", "0571-87654321"),
    ("phone", "（0571）8765 4321"),
    ("phone", "微信gul_2020"),
    ("phone", "加微信：GUL_2020"),
    ("identity", "身份证330681199003074511"),
    ("identity", "33068119900307451X"),
    ("identity", "330681 19900307 451x"),
    ("identity", "３３０６８１１９９００３０７４５１Ｘ"),
    ("identity", "330681199003074511，330681199003074538"),
    ("quote", "来信说老师把孩子关在厕所里半小时不让出来"),
    ("quote", "老师把孩子，关在厕所里，半小时，不让出来"),
    ("quote", "“老师把‘孩子’关在厕所里半小时”"),
    ("quote", "老师把「孩子」关在厕所里【半小时】不让出来"),
    ("quote", "老师把 孩子 关在 厕所里！半小时？不让出来"),
    ("reporter", "举报人反映"),
    ("reporter", "投诉人说"),
    ("reporter", "The Complainant says"),
    ("reporter", "举 报 人反映"),
    ("reporter", "پاش قىلغۇچى ئېيتتى"),
]


@pytest.mark.parametrize(("code", "text"), GIVEN_AWAY)
def test_what_gives_somebody_away_is_found(code, text):
    assert code in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "请于2026年11月30日前书面说明一日生活安排和人员资质。",
        "如有疑问请拨打12345或12315，或致电0571-88886666。",
        "请拨打 0571 8888 6666 与我局联系。",
        "统一社会信用代码91330681MA2XXXXX12的机构。",
        "统一社会信用代码12330681471234567X的机构。",  # a public body's: no date of birth in it
        "案件编号7K3Q-9F2M-C，责任人两名，罚款五千元。",
        "收费标准为每月2800元，退费1400.50元，2026-11-20起执行。",
        "2026年11月20日10时30分至12时00分检查，共38名幼儿。",
        "我局将于三日内到你单位检查消防通道。",
        "بالىلارنى كۈتۈش تەرتىپىڭىزنى 2026-يىلى 30-نويابىرغىچە چۈشەندۈرۈڭ.",
        "Please explain your daily routine by 30 November 2026.",
    ],
)
def test_an_ordinary_notice_passes(text):
    assert found(text) == set()


def test_an_office_number_is_known_however_it_is_written():
    for written in ("0571-88886666", "0571 8888 6666", "０５７１８８８８６６６６", "（0571）88886666"):
        assert found(written) == set()


def test_one_who_gave_nothing_has_no_name_to_be_found():
    nobody = {"name": "", "phone": "  ", "other": ""}
    assert found("阿依古丽说，电话见附件。", nobody, "") == set()
    assert found("电话13800138000", nobody, "") == {"phone"}
    assert found("任何内容", {}, "") == set()


def test_a_name_of_one_letter_and_a_way_of_four_are_too_common_to_look_for():
    assert found("小王老师", {"name": "王", "phone": "", "other": "abcd"}, "") == set()


def test_eleven_characters_in_a_row_are_chance_twelve_are_a_quote():
    shared = "老师把孩子关在厕所里半小时"
    assert len(shared) > 12
    assert "quote" not in found(f"甲{shared[:11]}乙")
    assert "quote" in found(f"甲{shared[:12]}乙")


def test_a_short_story_is_never_a_quote():
    assert found("老师打人", story="老师打人") == set()


def test_each_code_is_told_once():
    text = f"举报人{NAME}，{PHONE}，{PHONE}，身份证33068119900307451X，投诉人"
    codes = leaks(text, CONTACT, STORY)
    assert sorted(codes) == ["identity", "name", "phone", "reporter"]


mobiles = st.tuples(st.sampled_from("3456789"), st.text("0123456789", min_size=9, max_size=9)).map(
    lambda parts: "1" + "".join(parts)
)
GAPS = ["", " ", "-", "－", ".", "·", "\u00a0", "\u2009", "\u200b", ") "]


@given(
    mobiles,
    st.sampled_from(GAPS),
    st.sampled_from(["", "电话", "+86", "0086 ", "Tel: ", "（"]),
    st.booleans(),
)
def test_any_mobile_number_in_any_grouping_is_found(number, gap, ahead, wide):
    grouped = gap.join((number[:3], number[3:7], number[7:]))
    if wide:
        grouped = grouped.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert "phone" in leaks(f"请联系{ahead}{grouped}。", {}, "")


@given(st.text(max_size=80), st.text(max_size=20), st.text(max_size=60))
def test_any_text_can_be_looked_at(text, name, story):
    assert set(leaks(text, {"name": name}, story)) <= {"name", "phone", "identity", "quote", "reporter"}
