"""A worker changes a text in a real browser without scripts; a second person publishes what is grave."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from app.accounts.rules import Role
from app.core import clock
from tests.e2e.conftest import PHONE
from tests.e2e.text_site import desks, picture, somebody
from tests.e2e.walks import press

EVERYDAY, HEALTH, GRAVE = "two-languages", "vitamin-d-iron", "choking"
SENTENCE = "每天给孩子讲一个家里的故事。"
PEOPLE = {
    "text-worker": Role.COMMUNITY_WORKER, "text-lead": Role.LEAD, "text-zh-hans": Role.REVIEWER,
    "text-ug": Role.EXPERT, "text-en": Role.EXPERT, "text-doctor": Role.EXPERT,
    "text-health": Role.COMMUNITY_WORKER, "text-reviewer": Role.REVIEWER,
}  # fmt: skip


@pytest.fixture(scope="module")
def site(loaded, tmp_path_factory):
    """Serve a site with a worker, a lead and a clinician."""
    with desks(loaded[0], tmp_path_factory.mktemp("texts"), PEOPLE, {"text-doctor": ("medicine",)}) as found:
        yield found


def test_a_worker_changes_a_text_and_a_second_person_publishes_a_grave_one(browser, site):
    page = somebody(browser, site, "text-worker")
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
    picture(page, "text-edit")
    press(page, "button[value=preview]")
    assert SENTENCE in page.locator("main").inner_text()
    picture(page, "text-preview")
    press(page, "a[href$='/publish']")
    page.locator("#note").fill("补一句")
    picture(page, "text-publish")
    press(page, "button[value=publish]")
    assert "history" in page.url
    picture(page, "text-history")
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

    a_clinician_signs(somebody(browser, site, "text-doctor"))
    lead = somebody(browser, site, "text-lead", lang="ug", size=PHONE)
    lead.goto("/ug/staff/guide?flag=waiting")
    press(lead, f"table a[href$='/{GRAVE}']")
    press(lead, "a[href$='/zh-Hans/publish']")
    picture(lead, "text-second")
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
    page = somebody(browser, site, f"text-{lang.lower()}", lang=lang, size=PHONE)
    base = f"/{lang}/staff/guide"
    grave = [f"/{GRAVE}{each}" for each in ("", "/zh-Hans/edit", "/ug/edit", "/zh-Hans/history")]
    for path in ("", *grave, "/translate", f"/translate/{GRAVE}/ug", "/links"):
        page.goto(base + path)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path


def test_a_text_about_health_is_published_on_its_day_while_nobody_is_there(browser, site):
    worker = somebody(browser, site, "text-health")
    worker.goto(f"/zh-Hans/staff/guide/{HEALTH}/zh-Hans/edit")
    worker.locator("#summary").fill(f"{worker.locator('#summary').input_value()}{SENTENCE}")
    press(worker, "button[value=publish]")
    assert worker.locator("button[value=publish]").count() == 0
    assert press(worker, "button[value=submit]").ok

    reviewer = somebody(browser, site, "text-reviewer", script=True)
    reviewer.goto("/zh-Hans/staff/guide?flag=waiting")
    press(reviewer, f"table a[href$='/{HEALTH}']")
    press(reviewer, "a[href$='/zh-Hans/publish']")
    reviewer.locator("details.more summary").click()
    reviewer.locator("#publish_on").fill((clock.today() + timedelta(1)).isoformat())
    picture(reviewer, "text-scheduling")
    assert press(reviewer, "button[value=publish]").ok
    picture(reviewer, "text-scheduled")
    reviewer.goto(f"/zh-Hans/guide/{HEALTH}?n=0")
    assert SENTENCE not in reviewer.locator("main").inner_text()

    with closing(sqlite3.connect(site[2] / "tuoyu.db", timeout=20)) as data:
        today = clock.today().isoformat()
        data.execute("UPDATE guide_revision SET publish_on = ? WHERE publish_on IS NOT NULL", (today,))
        data.commit()
    for turn in range(1, 80):
        reviewer.goto(f"/zh-Hans/guide/{HEALTH}?n={turn}")
        if SENTENCE in reviewer.locator("main").inner_text():
            break
        reviewer.wait_for_timeout(1000)
    assert SENTENCE in reviewer.locator("main").inner_text()
    reviewer.goto(f"/zh-Hans/staff/guide/{HEALTH}/zh-Hans/history")
    assert reviewer.locator("tbody tr").first.locator(".tag.ok").count() == 1
