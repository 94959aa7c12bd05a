"""Whatever is typed into the address, the answer is a page in the reader's language with a way on."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BAD = [
    ("/find?area=abc", 400),
    ("/find?area=19", 400),
    ("/find?care=full_day", 400),
    ("/find?sort=best", 400),
    ("/find?sort=distance", 400),
    ("/find?near=north", 400),
    ("/find?near=91,181", 400),
    ("/find?page=0", 400),
    ("/find?page=abc", 400),
    ("/find?why=a&why=b", 400),
    (f"/find?why={'a' * 200}", 400),
    ("/find?hours=1e999999&days=2", 400),
    ("/find?page=1000000000", 404),
    ("/find?max_cost=900&days=25", 400),
    ("/find?age=300", 400),
    ("/facilities/ZZZZZZZZ", 404),
    ("/facilities/..%2f..%2fetc", 404),
    ("/areas/000000", 404),
    ("/areas/999999", 404),
    ("/nothing", 404),
]


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
@pytest.mark.parametrize(("address", "status"), BAD)
def test_a_bad_address_gets_a_helpful_page(client, lang, address, status):
    answer = client.get(f"/{lang}{address}")
    assert answer.status_code == status
    links = [link.get("href") for link in client.page.root.iter("a")]
    assert f"/{lang}/" in links
    assert "tel:12345" in links


def test_the_page_of_a_wrong_question_says_that_the_county_is_fictional(client):
    for area, said in (("990101", True), ("330681", False)):
        answer = client.get(f"/en/find?area={area}&age=300")
        assert answer.status_code == 400
        assert ("This county is fictional." in answer.text) is said


def test_a_language_that_is_not_offered_is_a_page_with_the_languages_that_are(client):
    assert client.get("/fr/find").status_code == 404


@pytest.mark.parametrize(
    ("asked", "sent_to"),
    [
        ("/zh-CN/find?area=330681&care=hourly", "/zh-Hans/find?area=330681&care=hourly"),
        ("/zh/", "/zh-Hans/"),
        ("/ug-CN/verify", "/ug/verify"),
        ("/zh-Hans/find?area=650100", "/zh-Hans/find?area=6501"),
        ("/en/areas/330681000000", "/en/areas/330681"),
        ("/en/facilities/v2bzzgn6", "/en/facilities/V2BZZGN6"),
    ],
)
def test_other_spellings_of_an_address_lead_to_the_one(client, asked, sent_to):
    answer = client.get(asked)
    assert (answer.status_code, answer.location) == (301, sent_to)


@pytest.mark.parametrize(
    ("header", "home"),
    [
        ("zh-CN,zh;q=0.9", "/zh-Hans/"),
        ("ug-CN", "/ug/"),
        ("en-GB", "/en/"),
        ("zh-TW", "/zh-Hans/"),
        ("fr", "/zh-Hans/"),
        ("kk-Cyrl", "/zh-Hans/"),
        ("", "/zh-Hans/"),
    ],
)
def test_a_browser_is_sent_to_its_language(client, header, home):
    assert client.get("/", headers={"Accept-Language": header}).location == home


def test_long_and_odd_words_are_answered_quickly(client):
    for words in ("幼" * 5000, "%00%ff%fe", "' OR 1=1 --", "\\_%", "<script>", "🙂", "٣", "\u202e"):
        answer = client.get("/en/find", query_string={"q": words})
        assert answer.status_code in {200, 400}
        assert client.get("/en/verify", query_string={"q": words}).status_code == 200


def test_an_identity_number_typed_into_verify_is_not_shown_again(client):
    answer = client.get("/en/verify?q=330681201502290018")
    assert answer.status_code == 200
    assert b"330681201502290018" not in answer.data


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    query=st.dictionaries(
        st.sampled_from(["q", "area", "care", "near", "radius", "page", "age", "x"]),
        st.text(max_size=30),
        max_size=4,
    )
)
def test_no_question_is_a_server_error(app, query):
    client = app.test_client()
    client.lint = False  # it takes a reader's own "None" for ours
    assert client.get("/en/find", query_string=query).status_code in {200, 301, 303, 400, 404}


def test_the_site_says_so_when_the_database_is_away(fresh_app):
    from app.extensions import db

    with fresh_app.app_context():
        db.drop_all()
    client = fresh_app.test_client()
    answer = client.get("/zh-Hans/find?area=330681")
    assert answer.status_code == 503
    assert "tel:110" in answer.text
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_a_broken_page_of_ours_is_a_page_all_the_same(fresh_app, monkeypatch):
    fresh_app.testing = False
    monkeypatch.setattr("app.site.public.areas.places", lambda: 1 / 0)
    answer = fresh_app.test_client().get("/ug/")
    assert answer.status_code == 500
    assert "tel:120" in answer.text
