"""A worker changes a text in a real browser without scripts; a second person publishes what is grave."""

import shutil

import pytest
from playwright.sync_api import Browser, Page

from app.accounts.rules import Grant, Role
from tests import sites
from tests.e2e.conftest import DESKTOP, PHONE, SCREENS, served
from tests.e2e.walks import Officer, press
from tests.factories.accounts import make_staff
from tests.factories.signing import enter

EVERYDAY, GRAVE = "two-languages", "choking"
SENTENCE = "每天给孩子讲一个家里的故事。"
PEOPLE = {
    "text-worker": Role.COMMUNITY_WORKER, "text-lead": Role.LEAD, "text-zh-hans": Role.REVIEWER,
    "text-ug": Role.EXPERT, "text-en": Role.EXPERT, "text-doctor": Role.EXPERT,
}  # fmt: skip
"""No code of an authenticator is taken twice, so nobody signs in twice."""


@pytest.fixture(scope="module")
def site(loaded, tmp_path_factory):
    """Serve a site with a worker and a lead; give its address and the two."""
    data = tmp_path_factory.mktemp("texts") / "data"
    shutil.copytree(loaded[0], data)
    with sites.program(sites.chosen_settings(data, f"sqlite:///{data / 'tuoyu.db'}")) as app:
        made = {
            handle: make_staff(app, handle, Grant(role, "990101.health", "990101"))
            for handle, role in PEOPLE.items()
        }
        enter(app, made["text-doctor"].id)
    with served(data) as address:
        yield address, made


def writer(browser: Browser, site, handle: str, *, lang: str = "zh-Hans", size=DESKTOP) -> Page:
    """Give a window of somebody who is signed in, without scripts."""
    address, made = site
    context = browser.new_context(base_url=address, viewport=size, java_script_enabled=False)
    context.set_default_timeout(15_000)
    officer = Officer(context.new_page(), made[handle], lang)
    officer.signs_in()
    return officer.page


def picture(page: Page, name: str) -> None:
    SCREENS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENS / f"text-{name}-{page.viewport_size['width']}.png", full_page=True)


def test_a_worker_changes_a_text_and_a_second_person_publishes_a_grave_one(browser, site):
    page = writer(browser, site, "text-worker")
    press(page, "nav a[href$='/staff/guide']")
    page.locator("#q").fill(EVERYDAY)
    press(page, "form.sift button")
    press(page, f"table a[href$='/{EVERYDAY}']")
    press(page, "a[href$='/zh-Hans/edit']")

    blocks = page.locator("fieldset.piece").count()
    press(page, "button[value=add-0]")
    assert page.locator("fieldset.piece").count() == blocks + 1
    page.locator("#text-1").fill(SENTENCE)
    press(page, "button[value=down-1]")
    assert page.locator("#text-2").input_value() == SENTENCE
    page.locator("#facts").fill("语言")
    with page.expect_navigation():
        page.locator("#facts").press("Enter")
    assert page.locator("#text-2").input_value() == SENTENCE
    assert page.locator("#picks button[value^='put-']").count()
    picture(page, "edit")
    press(page, "button[value=preview]")
    assert SENTENCE in page.locator("main").inner_text()
    picture(page, "preview")
    press(page, "a[href$='/publish']")
    page.locator("#note").fill("补一句")
    picture(page, "publish")
    press(page, "button[value=publish]")
    assert "history" in page.url
    picture(page, "history")
    press(page, f"a[href*='/guide/{EVERYDAY}?n=']")
    assert SENTENCE in page.locator("main").inner_text()

    page.goto(f"/zh-Hans/staff/guide/{EVERYDAY}/zh-Hans/history/1")
    press(page, "form.say button")
    press(page, "button[value=publish]")
    press(page, f"a[href*='/guide/{EVERYDAY}?n=']")
    assert SENTENCE not in page.locator("main").inner_text()

    page.goto(f"/zh-Hans/staff/guide/{GRAVE}/zh-Hans/edit")
    title = page.locator("#title").input_value()
    page.locator("#title").fill(f"{title}！")
    press(page, "button[value=publish]")
    assert page.locator("button[value=publish]").count() == 0
    press(page, "button[value=submit]")

    a_clinician_signs(writer(browser, site, "text-doctor"))
    lead = writer(browser, site, "text-lead", lang="ug", size=PHONE)
    lead.goto("/ug/staff/guide?flag=waiting")
    press(lead, f"table a[href$='/{GRAVE}']")
    press(lead, "a[href$='/zh-Hans/publish']")
    picture(lead, "second")
    assert press(lead, "button[value=publish]").ok
    lead.goto(f"/zh-Hans/cards/{GRAVE}")
    assert f"{title}！" in lead.locator("main").inner_text()


def a_clinician_signs(page: Page) -> None:
    page.goto(f"/zh-Hans/staff/guide/{GRAVE}/zh-Hans/publish")
    press(page, "a[href*='/sign/']")
    page.locator("#part-clinician").check()
    page.locator("#read").check()
    assert press(page, "form.say button").ok


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_no_page_of_the_writers_is_wider_than_a_phone(browser, site, lang):
    page = writer(browser, site, f"text-{lang.lower()}", lang=lang, size=PHONE)
    base = f"/{lang}/staff/guide"
    grave = [f"/{GRAVE}{each}" for each in ("", "/zh-Hans/edit", "/ug/edit", "/zh-Hans/history")]
    for path in ("", *grave, "/translate", f"/translate/{GRAVE}/ug", "/links"):
        page.goto(base + path)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path
