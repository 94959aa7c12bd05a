"""Emergency cards without a connection: after one visit they open with the server stopped."""

import dataclasses
import gzip
import http.client
import shutil
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from app.core.db import touch_data
from app.extensions import db
from app.guide.rules.texts import Record, Words
from app.guide.service.revising import Desk, Draft
from tests.e2e.conftest import PHONE, free_port, served
from tests.sites import chosen_settings, program

LIMIT = 300 * 1024
HELD = """async () => Object.fromEntries(await Promise.all((await caches.keys()).map(async (name) => {
    const cache = await caches.open(name);
    const sizes = (await cache.keys()).map(async (asked) => [
        new URL(asked.url).pathname, (await (await cache.match(asked)).arrayBuffer()).byteLength]);
    return [name, Object.fromEntries(await Promise.all(sizes))];
})))"""
"""What the device holds: the bytes of each address by cache."""
FOLLOWED = """async (old) => {
    for (let tries = 0; tries < 200; tries++) {
        const names = await caches.keys();
        if (names.length === 1 && names[0] !== old) return true;
        await new Promise((go_on) => setTimeout(go_on, 100));
    }
    return false;
}"""
"""Whether another cache takes the place of this one."""
KEPT, FORGET, HOLD = "[data-kept]", "[data-forget]", "[data-hold]"


@pytest.fixture(scope="module")
def data(loaded, tmp_path_factory):
    folder, _url = loaded
    copy = tmp_path_factory.mktemp("offline") / "data"
    shutil.copytree(folder, copy)
    return copy


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def retitle(data, slug, title):
    """Publish a new revision of a Chinese text, as an editor would."""
    with program(chosen_settings(data, f"sqlite:///{data / 'tuoyu.db'}")) as app, app.app_context():
        desk = Desk.open(datetime.now(UTC), slug)
        row = desk.live(slug, "zh-Hans")
        words = dataclasses.replace(Words(row.title, row.summary, row.body), title=title)
        draft = Draft(slug, "zh-Hans", words, "people", "test", "cosmetic", Record.from_json(row.record))
        desk.add(draft, "published")
        touch_data()
        db.session.commit()


def test_a_card_opens_with_the_server_stopped_and_follows_it_when_it_is_back(data, phone):
    port = free_port()
    with served(data, port) as site:
        phone.goto(f"{site}/zh-Hans/")
        assert phone.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
        phone.goto(f"{site}/zh-Hans/cards/choking")
        expect(phone.locator(KEPT)).to_be_visible()
        first = phone.evaluate(HELD)
        for private in (
            "/zh-Hans/report",
            "/zh-Hans/track",
            "/zh-Hans/view",
            "/zh-Hans/find",
            "/staff/sign-in",
        ):
            phone.goto(f"{site}{private}")
        assert phone.evaluate(HELD) == first, "nothing but the cards is kept"
    assert len(first) == 1
    (name, held), *_ = first.items()
    assert name.startswith("cards zh-Hans ")
    assert "/zh-Hans/cards/burns" in held
    assert all("/cards" in each or "/static/" in each or each.endswith("/offline") for each in held)

    phone.goto(f"{site}/zh-Hans/cards/burns")
    expect(phone.locator("h1")).to_have_text(title_of(data, "burns"))
    assert phone.evaluate("getComputedStyle(document.querySelector('.dial a')).display") == "flex"
    phone.goto(f"{site}/zh-Hans/find?area=990101")
    expect(phone.locator("a[href$='/cards/choking']")).to_be_visible()

    retitle(data, "burns", "烫伤了：新的题目")
    with served(data, port):
        phone.goto(f"{site}/zh-Hans/cards/choking")
        assert phone.evaluate(FOLLOWED, name), "the new cards are kept and the old ones gone"
    phone.goto(f"{site}/zh-Hans/cards/burns")
    expect(phone.locator("h1")).to_have_text("烫伤了：新的题目")


def title_of(data, slug):
    with program(chosen_settings(data, f"sqlite:///{data / 'tuoyu.db'}")) as app, app.app_context():
        return Desk.open(datetime.now(UTC), slug).live(slug, "zh-Hans").title


def test_each_language_is_kept_when_somebody_opens_it_and_all_can_be_removed(server, phone):
    for count, lang in enumerate(("zh-Hans", "ug", "en"), 1):
        phone.goto(f"{server}/{lang}/cards")
        expect(phone.locator(KEPT)).to_be_visible()
        assert len(phone.evaluate(HELD)) == count
    held = phone.evaluate(HELD)
    for name, sizes in held.items():
        assert 50_000 < sum(sizes.values()) <= LIMIT, f"{name}: {sum(sizes.values()):,} bytes on the device"
    phone.locator(FORGET).click()
    expect(phone.locator(HOLD)).to_be_visible()
    expect(phone.locator("[data-gone]")).to_be_visible()
    assert phone.evaluate(HELD) == {}
    phone.goto(f"{server}/en/cards/burns")
    expect(phone.locator(HOLD)).to_be_visible()
    assert phone.evaluate(HELD) == {}, "who took them away is not given them again"
    phone.locator(HOLD).click()
    expect(phone.locator(KEPT)).to_be_visible()


def test_all_languages_together_travel_light(server, phone):
    """What a phone downloads for the cards of all languages, with the plainest compression it may ask for.

    Unpacked, each file once, it is no more than that either.
    """
    for lang in ("zh-Hans", "ug", "en"):
        phone.goto(f"{server}/{lang}/cards")
        expect(phone.locator(KEPT)).to_be_visible()
    unpacked = {name: size for sizes in phone.evaluate(HELD).values() for name, size in sizes.items()}
    assert 200_000 < sum(unpacked.values()) <= LIMIT, f"{sum(unpacked.values()):,} bytes are read"
    addresses = set(unpacked)
    total = 0
    for address in addresses:
        connection = http.client.HTTPConnection(server.removeprefix("http://"))
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        total += len(body)
        if answer.headers["Content-Encoding"] == "gzip":
            assert gzip.decompress(body)
    assert 60_000 < total <= LIMIT, f"{total:,} bytes travel"


def test_without_javascript_the_card_is_whole(browser, server):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/ug/cards/choking")
    assert page.locator(".card").count() == 2
    assert page.locator("a[href='tel:120']").first.is_visible()
    assert not page.locator(KEPT).is_visible()
    context.close()
