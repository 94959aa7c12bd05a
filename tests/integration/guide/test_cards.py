"""Emergency cards, leaflets and the worker that keeps the cards, as a reader gets them."""

import json
import re
from datetime import UTC, datetime

import pytest

from app.core.db import touch_data
from app.extensions import db
from app.guide.service.revising import Desk
from tests.page_rules import words

CARDS = (
    "choking", "burns", "poisoning", "fever-fits", "head-injury", "drowning", "missing-child", "abuse",
    "safe-sleep",
)  # fmt: skip
LANGUAGES = ("zh-Hans", "ug", "en")
TOO_SMALL = 8
"""The step of letters that no card of the nine may need, see `app/guide/rules/density.py`."""


def sections(client, name):
    return [each for each in client.page.all("section") if name in (each.get("class") or "").split()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_has_the_numbers_the_danger_signs_and_all_cards(client, lang):
    answer = client.get(f"/{lang}/cards")
    assert answer.status_code == 200
    links = [each.get("href") for each in client.page.all("a")]
    places = [
        links.index("tel:120"),
        *(links.index(f"/{lang}/cards/{slug}") for slug in ("danger-signs", *CARDS)),
    ]
    assert places == sorted(places), (
        "whom to call comes first, then what cannot wait, then the cards by haste"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", [*CARDS, "danger-signs"])
def test_a_machines_words_stand_under_the_chinese_original(client, lang, slug):
    assert client.get(f"/{lang}/cards/{slug}").status_code == 200
    shown = [each.get("lang") for each in sections(client, "card")]
    assert shown == (["zh-Hans"] if lang == "zh-Hans" else ["zh-Hans", lang])
    for section in sections(client, "card"):
        assert section.get("dir") == ("rtl" if section.get("lang") == "ug" else "ltr")
        inner = list(section.iter())
        assert any(each.get("href") == "tel:120" for each in inner)
        assert any((each.get("src") or "").startswith("data:image/png") for each in inner)
        numbers = {words(each) for each in inner if each.tag == "sup"}
        listed = {words(each[0]) for each in inner if each.tag == "li" and len(each) and each[0].tag == "sup"}
        assert numbers
        assert numbers <= listed, "each small number of a source is in the list"
        if slug != "danger-signs":
            assert int(re.search(r"\bd(\d)\b", section.get("class"))[1]) < TOO_SMALL


def test_a_machines_words_are_not_for_search_engines_and_say_what_they_are(client):
    html = client.get("/ug/cards/burns").get_data(as_text=True)
    assert "<meta name=robots content=noindex>" in html
    assert "class=made" in html
    chinese = client.get("/zh-Hans/cards/burns").get_data(as_text=True)
    assert "noindex" not in chinese
    assert "class=made" not in chinese


def test_what_is_no_card_has_no_page_among_them(client):
    assert client.get("/zh-Hans/cards/first-foods").status_code == 404
    assert client.get("/zh-Hans/cards/nothing").status_code == 404


def test_a_translation_that_was_withdrawn_gives_way_to_chinese(fresh_app):
    client = fresh_app.test_client()
    before = kept(client)
    with fresh_app.app_context():
        desk = Desk.open(datetime.now(UTC), "burns")
        desk.withdraw(desk.live("burns", "ug"), "a test")
        touch_data()
        db.session.commit()
    assert client.get("/ug/cards/burns").status_code == 200
    assert [each.get("lang") for each in sections(client, "card")] == ["zh-Hans"]
    assert client.page.all("h1")[0].get("lang") == "zh-Hans"
    assert any("note" in (each.get("class") or "") for each in client.page.all("p")), "the page says why"
    after = kept(client)
    changed = {code for code in after if after[code]["name"] != before[code]["name"]}
    assert changed == {"ug"}, "only who kept the cards in that language fetches them anew"


def kept(client):
    answer = client.get("/worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"].startswith("public")
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    first, _, _rest = answer.get_data(as_text=True).partition("\n")
    return json.loads(first.removeprefix("const KEPT = ").removesuffix(";"))


def test_the_worker_keeps_public_pages_only_and_each_is_there(client):
    for code, each in kept(client).items():
        assert each["offline"] in each["pages"]
        assert f"/{code}/cards" in each["pages"]
        assert len(each["pages"]) == len(CARDS) + 3
        for address in (*each["pages"], *each["files"]):
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert answer.headers["Cache-Control"].startswith("public"), address
            assert "Set-Cookie" not in answer.headers, address


def test_a_page_that_is_kept_loads_nothing_that_is_not(client):
    for code, each in kept(client).items():
        for address in each["pages"]:
            client.get(address)
            loaded = {
                link.get("href")
                for link in client.page.all("link")
                if link.get("rel") in {"stylesheet", "icon"}
            } | {script.get("src") for script in client.page.all("script") if script.get("src")}
            assert loaded <= set(each["files"]), f"{code} {address}"


def test_all_cards_in_all_languages_are_light_as_they_are_read(client):
    """Every kept page, and every file once, unpacked: 300 KiB for the cards of all languages."""
    found = kept(client)
    addresses = {address for each in found.values() for address in (*each["pages"], *each["files"])}
    sizes = {address: len(client.get(address).get_data()) for address in addresses}
    assert 200_000 < sum(sizes.values()) <= 300 * 1024, f"{sum(sizes.values()):,} bytes"
    for code, each in found.items():
        assert sum(sizes[address] for address in (*each["pages"], *each["files"])) <= 160 * 1024, code


def test_the_style_of_cards_is_cut_from_that_of_all_pages(app):
    assets = app.extensions["assets"]
    shell, site = (assets.by_hash[assets.names[name]].body for name in ("shell.css", "site.css"))
    assert site.startswith(shell)
    assert b"--bad:" in shell
    assert b".btn{" in shell
    assert len(shell) < len(site) / 2


def test_under_a_prefix_the_worker_keeps_addresses_under_it(app):
    answer = app.test_client().get("/worker.js", environ_overrides={"SCRIPT_NAME": "/tuoyu"})
    found = json.loads(
        answer.get_data(as_text=True).partition("\n")[0].removeprefix("const KEPT = ").rstrip(";")
    )
    assert all(
        address.startswith("/tuoyu/") for each in found.values() for address in each["pages"] + each["files"]
    )


@pytest.mark.parametrize(
    ("address", "languages"),
    [
        ("/zh-Hans/guide/first-foods/leaflet", ["zh-Hans"]),
        ("/zh-Hans/guide/first-foods/leaflet?with=ug", ["zh-Hans", "ug"]),
        ("/ug/guide/first-foods/leaflet", ["zh-Hans", "ug"]),
        ("/en/guide/first-foods/leaflet", ["zh-Hans", "en"]),
        ("/en/guide/first-foods/leaflet?with=zh-Hans", ["zh-Hans"]),
        ("/en/guide/first-foods/leaflet?with=nonsense", ["zh-Hans"]),
    ],
)
def test_a_leaflet_has_the_common_script_first(client, address, languages):
    assert client.get(address).status_code == 200
    assert [each.get("lang") for each in sections(client, "side")] == languages


def test_the_operator_decides_the_order_of_scripts(app, monkeypatch):
    chosen = app.extensions["settings"]
    other = type(chosen.brand)(script_order=("ug", "zh-Hans"))
    changed = type(chosen)(**{**{name: getattr(chosen, name) for name in chosen.__slots__}, "brand": other})
    monkeypatch.setitem(app.extensions, "settings", changed)
    client = app.test_client()
    client.get("/ug/guide/vitamin-d-iron/leaflet")
    assert [each.get("lang") for each in sections(client, "side")] == ["ug", "zh-Hans"]


def test_a_text_without_a_translation_has_a_leaflet_in_chinese_that_says_so(client):
    assert client.get("/ug/guide/car-seat/leaflet").status_code == 200
    assert [each.get("lang") for each in sections(client, "side")] == ["zh-Hans"]
    assert any((each.get("class") or "") == "note" for each in client.page.all("p"))


def test_what_does_not_exist_has_no_leaflet(client):
    assert client.get("/zh-Hans/guide/nothing/leaflet").status_code == 404
