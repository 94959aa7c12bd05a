"""The second tier of the finder: shown as such, never counted in, and the same whichever engine answers."""

import shutil

import pytest

from app.facilities import index

TIERS = [
    ("云多屋", [], ["V2BZZGN6"]),
    ("小月芽", [], ["Y29DQZ33"]),
    ("第1幼儿园&area=990101", ["W6G8XC99"], ["ABM9QHSK"]),
    ("cresent moon", [], ["Y29DQZ33"]),
]


@pytest.mark.parametrize(("asked", "exact", "similar"), TIERS)
def test_exact_matches_are_counted_and_similar_ones_stand_apart(client, asked, exact, similar):
    body = client.get(f"/api/v1/facilities?q={asked}").json
    assert [each["id"] for each in body["results"]] == exact
    assert body["count"] == len(exact)
    assert [each["id"] for each in body["similar"]][: len(similar)] == similar
    assert {each["tier"] for each in body["results"]} <= {"exact"}
    assert {each["tier"] for each in body["similar"]} == {"similar"}


def test_with_enough_exact_matches_similar_ones_wait_to_be_asked_for(client):
    plain = client.get("/api/v1/facilities?q=杏桥").json
    asked = client.get("/api/v1/facilities?q=杏桥&similar=1").json
    assert plain["similar"] == []
    assert [each["id"] for each in asked["results"]] == [each["id"] for each in plain["results"]]
    assert (asked["count"], asked["pages"]) == (plain["count"], plain["pages"])


def test_no_more_than_ten_are_shown_and_the_rest_is_counted(client):
    body = client.get("/api/v1/facilities?q=诸既").json
    assert len(body["similar"]) == 10
    assert body["similar_count"] > 10
    assert client.get("/api/v1/facilities?q=幼儿园&similar=1&page=2").json["similar"] == []


def test_similar_facilities_fit_the_other_filters(client):
    assert client.get("/api/v1/facilities?q=云多屋&area=330681").json["similar"] == []
    body = client.get("/api/v1/facilities?q=云多屋&area=990101&care=half-day").json
    assert [each["id"] for each in body["similar"]] == ["V2BZZGN6"]
    assert client.get("/api/v1/facilities?q=云多屋&area=990101&status=closed").json["similar"] == []


@pytest.mark.parametrize(
    ("asked", "words"),
    [("云多屋", ["云朵屋"]), ("xing qioa", ["杏桥"]), ("诸既 幼儿园", ["诸暨 幼儿园"]), ("云朵屋", [])],
)
def test_what_was_meant_is_offered_only_where_nothing_has_the_words(client, asked, words):
    assert client.get(f"/api/v1/facilities?q={asked}").json["meant"][:1] == words


def test_the_page_says_which_names_are_only_similar_and_marks_them(client):
    text = client.get("/en/find?q=云多屋").text
    assert "Similar names or sounds: 1 facility" in text
    assert "Did you mean" in text
    assert "<mark>云朵屋</mark>" in text


def test_an_area_that_nearly_has_the_name_is_offered(client):
    client.get("/en/find?q=旧公镇")
    assert "/en/find?area=110115006" in [link.get("href") for link in client.page.all("a")]


@pytest.mark.parametrize(
    ("asked", "state", "expected"),
    [
        ("小月芽", "similar name", "Y29DQZ33"),
        ("91990101MA44A5E818", "not a valid code", "Y29DQZ33"),
        ("91990101MA44A5E80", "not a valid code", "Y29DQZ33"),
    ],
)
def test_the_check_of_a_filing_names_near_misses(client, asked, state, expected):
    assert state in client.get(f"/en/verify?q={asked}").text
    assert any(expected in (link.get("href") or "") for link in client.page.all("a"))


@pytest.mark.parametrize(
    "asked",
    [
        "🎈",
        ".*+?[](){}|^$",
        "a",
        "%25_%25",
        "ن" * 90,
        "nan" * 33,
        "一1二2" * 20,
        "a b c d e f g h i j k l m",
        "ﷺ 幼 a 1",
    ],
)
def test_odd_questions_are_answered(client, asked):
    assert client.get(f"/en/find?q={asked}&similar=1").status_code == 200


def test_without_an_index_the_answers_are_the_same(fresh_app):
    with fresh_app.app_context():
        asked = ["云多屋", "小杏人", "xing qioa", "诸既", "cresent", "يولتۇز", "第1幼儿园", "田家安区 幼儿园"]
        before = [(index.search(each), index.similar(each)) for each in asked]
        shutil.rmtree(fresh_app.extensions["settings"].index)
        fresh_app.extensions.pop("facility_index")
        assert not index.is_usable()
        assert [(index.search(each), index.similar(each)) for each in asked] == before
        assert all(near.ids for _, near in before)
