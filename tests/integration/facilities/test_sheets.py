"""The questions for a visit and the sheet for the wall: from standards and facts, in two languages."""

import pytest

from tests.addresses import demo_facilities, filings, rows
from tests.page_rules import words

CLOUD = "V2BZZGN6"
FILED = filings()[0]["id"]
FAMILY = next(row["id"] for row in demo_facilities() if row["kind"] == "family")
QUESTIONS = {row["id"]: row for row in rows("national/visit.csv")}


def asked(client) -> list[str]:
    return [words(label) for label in client.page.all("label")]


def has(client, question: str) -> bool:
    return any(each.startswith(QUESTIONS[question]["text_en"]) for each in asked(client))


def test_every_question_of_the_standards_is_asked_with_its_document(client):
    client.get(f"/en/facilities/{CLOUD}/visit")
    standard = [row for row in QUESTIONS.values() if row["topic"] != "ask" and row["kinds"] != "family"]
    assert all(has(client, row["id"]) for row in standard)
    assert not has(client, "home-size")
    notes = {
        each
        for label in asked(client)
        if "[" in label
        for each in [label.partition("[")[2].partition("]")[0]]
    }
    sources = [
        item.get("value") for each in client.page.root.iter("ol") for item in each if item.get("value")
    ]
    assert notes == set(sources)


def test_what_a_facility_has_not_reported_is_asked_and_what_it_has_is_not(client):
    client.get(f"/en/facilities/{FILED}/visit")
    assert has(client, "ask-fees")
    assert has(client, "ask-phone")
    client.get(f"/en/facilities/{CLOUD}/visit")
    assert not has(client, "ask-fees")
    assert "0000-5550201" in words(next(iter(client.page.root.iter("main"))))


def test_a_home_is_asked_what_concerns_homes(client):
    client.get(f"/en/facilities/{FAMILY}/visit")
    assert has(client, "home-size")
    assert not has(client, "class-size")


@pytest.mark.parametrize(
    ("lang", "languages"),
    [("zh-Hans", ["zh-Hans", "ug"]), ("ug", ["zh-Hans", "ug"]), ("en", ["zh-Hans", "en"])],
)
def test_the_sheet_is_in_chinese_first_and_in_a_second_language(client, lang, languages):
    client.get(f"/{lang}/facilities/{CLOUD}/poster")
    blocks = [each for each in client.page.root.iter("section") if each.get("class") == "sheet"]
    assert [each.get("lang") for each in blocks] == languages
    assert [each.get("dir") for each in blocks] == ["rtl" if code == "ug" else "ltr" for code in languages]
    codes = [image.get("src") for each in blocks for image in each.iter("img")]
    assert codes == [f"/{code}/facilities/{CLOUD}/qr.png" for code in languages]
    assert "已备案" in words(blocks[0])
    assert "91990101MAG8CGDH4U" in words(blocks[1])
    assert "12345" in words(blocks[1])


@pytest.mark.parametrize("page", ["visit", "poster"])
def test_the_sheets_are_kept_by_anybody_and_found_under_one_address(client, page):
    for lang in ("zh-Hans", "ug", "en"):
        answer = client.get(f"/{lang}/facilities/{FILED}/{page}")
        assert answer.headers["Cache-Control"].startswith("public")
    assert client.get(f"/en/facilities/{FILED.lower()}/{page}").location == f"/en/facilities/{FILED}/{page}"
    assert client.get(f"/en/facilities/ZZZZZZZZ/{page}").status_code == 404
