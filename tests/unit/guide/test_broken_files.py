"""Each way in which a file can be wrong is told with its file, its line and a sentence; the rest is read."""

# ruff: noqa: E501 - one case a line

import pytest

from app.guide.rules.vocabulary import RESERVED
from tests.factories import guide


@pytest.fixture
def content(tmp_path):
    return guide.write(tmp_path)


def told(content):
    return [fault.text() for fault in guide.read(content).faults]


def test_a_right_folder_has_no_fault(content):
    shelf = guide.read(content)
    assert told(content) == []
    assert set(shelf.texts) == {"burn", "eating", "money"}
    assert len(shelf.translations) == 5
    assert {notice.text() for notice in shelf.notices} >= {
        "guide/facts/water.csv:1: No text uses “cool-minutes-b”.",
        "guide/zh-Hans/money.md:1: It refers to facts that do not hold any more: money-old.",
        "guide/ug/burn.md:5: of: It has no stamp yet.",
    }


CARD, FOOD, FACTS = "zh-Hans/burn.md", "zh-Hans/eating.md", "facts/water.csv"
BROKEN = [
    (CARD, "---\ntopic", "topic", "1: The file must begin with a line of three hyphens"),
    (CARD, "先冲凉水。\n---", "先冲凉水。", "1: The front matter has no end"),
    (CARD, "title: 烫伤", "title: [烫伤", "10: The front matter cannot be read"),
    (CARD, "topic: safety", "topic: safety\ntopic: money", "3: topic: This field stands there twice."),
    (CARD, "topic: safety", "topic: water", "2: topic: “water” is not one of: money, safety."),
    (CARD, "topic: safety\n", "", "1: topic: This field must not be empty."),
    (CARD, "topic: safety", "topics: safety", "2: topics: There is no field of this name."),
    (CARD, "topic: safety", "topic: [safety]", "2: topic: Write one value, not a list."),
    (CARD, "topic: safety", "topic: {a: b}", "2: topic: Write a value or a plain list."),
    (CARD, "risk: R1", "risk: R9", "6: risk: “R9” is not one of: R1, R2, R3."),
    (CARD, "bands: [all]", "bands: [b9]", "4: bands: “b9” is not one of: all, b3, b4."),
    (CARD, "written_on: 2026-11-22", "written_on: 2027-01-01", "8: written_on: 2027-01-01 is in the future."),
    (CARD, "written_on: 2026-11-22", "written_on: 22.11.2026", "written_on: “22.11.2026” is not a date"),
    (CARD, "written_on: 2026-11-22", "written_on: 1999-12-31", "8: written_on: 1999-12-31 lies before 2000-01-01."),
    (CARD, "written_on: 2026-11-22", "written_on: 2026-11-22\nvalid_until: 0001-01-01", "9: valid_until: 0001-01-01 lies before"),
    (CARD, "risk: R1", "risk: R1\nreview_months: 0", "“0” is not a number of months from 1 to 60."),
    (CARD, "risk: R1", "risk: R1\nplace: 123456", "7: place: No place has the code 123456."),
    (CARD, "risk: R1", "risk: R1\ncategory: toys", "category: “toys” is not one of"),
    (CARD, "risk: R1", "risk: R1\nsources: [nobody]", "sources: There is no source “nobody”."),
    (CARD, "related: [eating]", "related: [sleeping]", "7: related: There is no other text “sleeping”."),
    (CARD, "先冲凉水。", "先冲凉水。" * 17, "10: summary: The summary has 85 characters, at most 80 fit."),
    (CARD, "凉水冲", "冲，" * 450, "12: The card has"),
    (CARD, "{{fact:cool-minutes}}", "{{fact:cool}}", "13: There is no fact “cool”."),
    (CARD, "{{fact:cool-minutes}}", "{{fact:no-ice}}", "13: “no-ice” states no figure; write {{claim:no-ice}}."),
    (CARD, "{{fact:cool-minutes}}", "{{facts:cool-minutes}}", "13: “{{facts:cool-minutes}}” is not understood."),
    (CARD, "{{fact:cool-minutes}}", "{{fact:cool-minutes", "13: Two braces are open or closed here"),
    (CARD, "{{tel:ambulance}}", "{{tel:taxi}}", "17: No telephone number is of the kind “taxi”."),
    (CARD, "马上用", "马上5次用", "13: “5” must be a fact of the ledger"),
    (CARD, "马上用", "马上用十五分钟", "13: “十五分钟” states a figure of the ledger"),
    (CARD, "{{claim:no-ice}}", "", "17: No source, no sentence: “打”"),
    (CARD, "::: doctor", "::: dont", "12: A text of risk R1 says when to see a doctor"),
    (CARD, "::: key", "::: do", "12: A text has exactly one block “key”; this one has 0."),
    (CARD, "::: key", "::: kee", "12: “kee” is no kind of block."),
    (CARD, "。\n:::\n\n::: doctor", "。\n\n::: doctor", "15: The block “doctor” begins before the one above has ended."),
    (CARD, "马上用", "<b>马上</b>用", "13: HTML is not allowed."),
    (CARD, "::: key\n", "# 大标题\n\n::: key\n", "12: A heading begins with ## or ### and a space."),
    (CARD, "马上用", "![x](y)马上用", "13: Pictures are not allowed."),
    (CARD, "马上用", "**马上用", "** stands before and after what is bold."),
    (FOOD, "guide:burn", "guide:bath", "13: There is no text “bath”."),
    (FOOD, "guide:burn", "tool:scales", "13: There is no tool “scales”."),
    (FOOD, "guide:burn", "report:toys", "13: There is no category “toys”."),
    (FOOD, "guide:burn", "mailto:a@b.cn", "13: A link leads to guide:, tool:"),
    (FOOD, "guide:burn", "https://shop.example.com/x", "13: shop.example.com is no official site"),
    (FOOD, "{{fact:food-start}}开始，", "{{fact:money-old}}开始，", "The fact “money-old” does not hold any more."),
    (FOOD, "[烫伤]", "托幼园[烫伤]", "“托幼园” is not our word; the glossary says “托育机构”."),
    (FOOD, "满{{", "满\u200b{{", "An invisible character stands here."),
    (FOOD, "title: 辅食", "title: 六个月辅食", "title: “六个月” states a figure of the ledger"),
    ("zh-Hans/money.md", "{{date:2025-01-01}}", "{{date:2025-02-30}}", "“2025-02-30” is not a date."),
    ("ug/burn.md", "كۆيۈك", "كۆيۈک", "2: title: Wrong letter: U+06A9 is Persian kaf"),
    ("ug/burn.md", "كۆيۈك", "烫伤", "2: title: Chinese characters are left: 烫伤."),
    ("ug/burn.md", "{{fact:cool-minutes}}", "", "{{fact:cool-minutes}} is missing here; the source has it."),
    ("en/burn.md", "{{claim:no-ice}}", "{{claim:no-ice}}{{claim:no-ice}}", "{{claim:no-ice}} is not in the source here."),
    ("en/burn.md", "::: doctor", "::: do", "12: This block is “do”, the source's is “doctor”."),
    ("en/burn.md", "- Call", "- Go.\n- Call", "has 2 headings, items or rows of a kind, the source has 1."),
    ("en/burn.md", "\n::: doctor", "More.\n\n::: doctor", "The blocks differ from the source's"),
    ("en/burn.md", "made_by: machine", "made_by: robot", "4: made_by: “robot” is not one of"),
    ("en/burn.md", 'of: ""', "of: latest", "5: of: “latest” is no stamp."),
    ("en/eating.md", "Start at {{fact:food-start}}.", "Start.", "3: summary: {{fact:food-start}} is missing here"),
    (FACTS, "15,20,minute", "15,10,minute", "2: high: The upper end is not above the lower one."),
    (FACTS, "15,20,minute", "15,20,minutes", "2: unit: “minutes” is not one of"),
    (FACTS, "15,20,minute", ",20,minute", "2: low: A range needs its lower end too."),
    (FACTS, "15,20,minute", "many,20,minute", "2: low: “many” is not a number of digits"),
    (FACTS, "15,20,minute", "1e999,,minute", "2: low: “1e999” is not a number of digits with a decimal point"),
    (FACTS, "15,20,minute", "-30,20,minute", "2: low: “-30” is not a number of digits"),
    (FACTS, "15,20,minute", "NaN,,minute", "2: low: “NaN” is not a number of digits"),
    (FACTS, "15,20,minute", "15,Infinity,minute", "2: high: “Infinity” is not a number of digits"),
    (FACTS, "15,20,minute", "١٥,20,minute", "2: low: “١٥” is not a number of digits"),
    (FACTS, "15,20,minute", "15,9999,minute", "2: high: 9999 is more than a figure of this unit can be: at most 1440."),
    (FACTS, "15,20,minute", "15,15,minute", "2: high: The upper end is not above the lower one."),
    (FACTS, "all,guide-a,四", "all,guide-z,四", "2: source: There is no source “guide-z”."),
    (FACTS, "national:filing-measures", "national:nothing", "6: source: There is no source “national:nothing”."),
    (FACTS, "no-ice,", "cool-minutes,", "4: key: “cool-minutes” is in water.csv already."),
    (FACTS, "2025-01-01,,,,a", "2025-01-01,,money-old,,a", "superseded_by: These facts supersede one another in a circle."),
    (FACTS, "2025-01-01,,,,a", "2025-01-01,,money-next,,a", "There is no fact “money-next”."),
    (FACTS, "2025-01-01,,,,a", "2025-01-01,,money-now,,a", "A fact cannot refer to itself."),
    (FACTS, "2022-01-01,2024-12-31", "2025-01-01,2024-12-31", "The last day lies before the first."),
    ("sources.csv", ",in-force,", ",old,", "2: status: “old” is not one of"),
    ("sources.csv", "2022-11-19", "19.11.2022", "is not a year, a month or a day."),
    ("bands.csv", "b3,3,6", "b3,6,6", "2: to_months: A band begins before it ends."),
    ("topics.csv", "money,2", "safety,2", "3: code: “safety” is listed twice."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "sentence"), BROKEN)
def test_what_is_wrong_is_told_with_its_line(content, name, old, new, sentence):
    guide.change(content, name, old, new)
    faults = told(content)
    assert any(each.startswith(f"guide/{name}:") and sentence in each for each in faults), "\n".join(faults)


def test_a_translation_without_its_source_is_a_fault(content):
    guide.put(
        content, "en/gone.md", '---\ntitle: A\nsummary: B\nmade_by: machine\nof: ""\n---\n::: key\nx\n:::\n'
    )
    assert told(content) == ["guide/en/gone.md:1: There is no text of this name in the source language."]


def test_a_file_that_is_no_text_at_all(content):
    (content / "guide" / "ug" / "burn.md").write_bytes(b"\xff\xfe\x00")
    assert told(content) == ["guide/ug/burn.md:1: This file is not UTF-8 (byte 0)."]


def test_a_faulty_file_takes_its_translations_along_and_nothing_else(content):
    guide.change(content, CARD, "risk: R1", "risk: R9")
    shelf = guide.read(content)
    assert set(shelf.texts) == {"eating", "money"}
    assert {slug for _language, slug in shelf.translations} == {"eating", "money"}
    assert ("zh-Hans", "burn") in shelf.present


def test_a_faulty_fact_takes_its_texts_along(content):
    guide.change(content, FACTS, "15,20,minute", "15,20,minutes")
    shelf = guide.read(content)
    assert set(shelf.texts) == {"eating", "money"}
    assert any("The fact “cool-minutes” has a fault of its own." in each for each in told(content))
    assert "cool-minutes" not in shelf.ledger.facts


def test_a_text_that_should_have_been_looked_at_is_noticed(content):
    guide.change(content, CARD, "written_on: 2026-11-22", "written_on: 2026-01-01")
    shelf = guide.read(content)
    assert not shelf.faults
    assert any("It should have been looked at again." in notice.text() for notice in shelf.due)


def test_a_text_whose_time_is_over_is_told(content):
    guide.change(content, CARD, "written_on: 2026-11-22", "written_on: 2026-11-22\nvalid_until: 2026-11-21")
    shelf = guide.read(content)
    assert not shelf.faults
    assert [each.text() for each in shelf.due] == [
        "guide/zh-Hans/burn.md:9: valid_until: Its time was over on 2026-11-21; readers are told so."
    ]


@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_no_text_is_named_as_another_page(content, slug):
    (content / "guide" / "zh-Hans" / "money.md").rename(content / "guide" / "zh-Hans" / f"{slug}.md")
    assert (
        f"guide/zh-Hans/{slug}.md:1: “{slug}” is the address of another page; give the file another name."
        in told(content)
    )
