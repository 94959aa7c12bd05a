"""Every public page, in every language, on both databases, passes the page client."""

import brotli
import pytest

from app.core.i18n import SOURCE, load_languages
from tests import addresses
from tests.sites import POSTGRESQL, ROOT, SQLITE

LANGUAGES = load_languages(ROOT / "translations").codes


READ = [*((SQLITE, lang) for lang in LANGUAGES), pytest.param(POSTGRESQL, SOURCE, marks=pytest.mark.postgres)]
"""No word of a page comes from the database's kind: every language on one, every page on both."""


@pytest.mark.parametrize(("database", "lang"), READ, indirect=["database"], scope="session")
@pytest.mark.parametrize("address", addresses.pages())
def test_a_page_is_what_a_page_must_be(client, lang, address):
    assert client.get(f"/{lang}{address}").status_code == 200


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", addresses.wrong())
def test_a_wrong_address_is_answered_with_a_page_of_the_site(client, lang, address):
    response = client.get(f"/{lang}{address}")
    assert 400 <= response.status_code < 500
    assert response.headers["Cache-Control"] == "no-store"
    assert client.page.all("nav"), "the page offers a way on"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_tell_pages_apart(client, lang):
    titles: dict[str, str] = {}
    kept = (
        "/view",
        "/privacy",
        "/minors",
        "/accessibility",
        "/sources",
        "/data",
        "/guide",
        "/report",
        "/track",
        "/find",
    )
    for address in ("/", *kept, "/verify", *(f"/areas/{code}" for code in addresses.place_codes())):
        client.get(f"/{lang}{address}")
        title = "".join(client.page.all("title")[0].itertext())
        assert title not in titles, f"{address} and {titles[title]} are both called “{title}”"
        titles[title] = address


def test_the_root_sends_readers_to_their_language(client):
    answers = {"zh-CN,zh;q=0.9": "zh-Hans", "ug-CN": "ug", "en-GB": "en", "fr": "zh-Hans", "": "zh-Hans"}
    for wish, lang in answers.items():
        response = client.get("/", headers={"Accept-Language": wish})
        assert response.status_code == 302
        assert response.location.endswith(f"/{lang}/"), wish
        assert "Accept-Language" in response.headers["Vary"]


def test_every_page_offers_itself_in_the_other_languages(client):
    client.get("/zh-Hans/find?area=990101&care=hourly&q=a%26b")
    found = {link.get("hreflang"): link.get("href") for link in client.page.all("a") if link.get("hreflang")}
    for lang in set(LANGUAGES) - {"zh-Hans"}:
        assert found[lang].startswith(f"/{lang}/find?")
        assert {"area=990101", "care=hourly", "q=a%26b"} <= set(found[lang].partition("?")[2].split("&"))


def test_an_unknown_language_is_not_a_page(client):
    client.lint = False
    assert client.get("/xx/find").status_code == 404


def test_a_language_in_other_letters_leads_to_the_page(client):
    response = client.get("/zh-hans/find?q=a")
    assert response.status_code == 301
    assert response.location.endswith("/zh-Hans/find?q=a")


def test_pages_come_compressed_and_unchanged_pages_are_not_sent_again(app):
    client = app.test_client()
    client.lint = False
    plain = client.get("/zh-Hans/")
    packed = client.open("/zh-Hans/", headers={"Accept-Encoding": "br"})
    assert packed.content_encoding == "br"
    assert len(packed.data) < len(plain.data) / 2


def test_every_static_file_a_page_loads_may_be_kept_for_ever(client):
    client.get("/ug/")
    files = [
        element.get("src") or element.get("href")
        for element in client.page.all("link", "script", "img")
        if "/static/" in (element.get("src") or element.get("href") or "")
    ]
    assert files
    for file in files:
        response = client.get(file)
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]
        response.close()


def test_health_is_told_to_operators(client):
    assert client.get("/healthz").json == {"alive": True}
    ready = client.get("/readyz")
    assert ready.status_code == 200, ready.json
    assert all(ready.json.values())


def test_a_page_of_twenty_filed_places_weighs_at_most_sixteen_kilobytes(client):
    """In Uyghur, whose letters take two bytes, it has at most as many letters, and fits the first window."""
    assert len(client.get("/zh-Hans/find?area=330681").data) <= 16_384
    page = client.get("/ug/find?area=330681").data
    assert len(page.decode()) <= 16_384
    assert len(brotli.compress(page, quality=4)) <= 6_500
