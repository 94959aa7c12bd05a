"""A lead changes who answers, a second person approves it, and the next report goes to the new office."""

import pytest
from playwright.sync_api import Browser, Page

from app.areas import queries as areas
from tests.e2e import case_site
from tests.e2e.case_site import COUNTY, HEALTH, MARKET
from tests.e2e.conftest import DESKTOP, PHONE, SCREENS
from tests.e2e.test_layout import STICKING_OUT
from tests.e2e.walks import Officer, Resident, press

RULE, SUBJECTS = "210", 21
"""The rule of the county for the quality of care."""
WHY = "会议纪要：照护质量先由市场监管部门牵头。"
STORY = "午睡时保育员长时间不在，孩子自己在房间里哭，已经有三次了。"


@pytest.fixture(scope="module")
def site(loaded, tmp_path_factory):
    """Serve a copy of the site whose county takes cases, with two leads and an officer of another office."""
    with case_site.site(loaded, tmp_path_factory.mktemp("place")) as running:
        yield running


def window(browser: Browser, site, size) -> Page:
    context = browser.new_context(base_url=site.address, viewport=size, java_script_enabled=False)
    context.set_default_timeout(15_000)
    return context.new_page()


def officer(browser: Browser, site, handle: str, size=DESKTOP) -> Page:
    """Give a window of somebody who is signed in."""
    found = Officer(window(browser, site, size), site.staff[handle])
    found.signs_in()
    return found.page


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page, which must not stick out."""
    SCREENS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENS / f"place-{name}-{page.viewport_size['width']}.png", full_page=True)
    assert not page.evaluate(STICKING_OUT), page.url


def names(site, *codes: str) -> list[str]:
    with site.app.app_context():
        return [areas.office(code).names["zh-Hans"] for code in codes]


def proposes(page: Page, health: str, market: str) -> str:
    """Give a rule another office, look at what it would do, ask for a second person; returns the address."""
    page.goto("/zh-Hans/staff/place")
    press(page, f"main a[href$='/place/{COUNTY}/routing']")
    page.goto(f"/zh-Hans/staff/place/{COUNTY}/routing/row?key={RULE}")
    page.locator("[name=cell-lead]").select_option(MARKET)
    page.locator(f"[name=cell-co][value='{HEALTH}']").check()
    picture(page, "rule")
    assert press(page, "button[value=save]").ok
    usual = page.locator("h3 + p + table").first
    rows = usual.locator("tbody tr")
    assert rows.count() == 1, "of all subjects, one usual answer changes"
    now, then = rows.locator("td").all_inner_texts()[-2:]
    assert (health in now, market in now) == (True, False)
    assert then.strip().startswith(market)
    assert f"{SUBJECTS - 1}" in page.locator("h3 + p strong").first.inner_text(), "all others stay"
    page.locator("#note").fill(WHY)
    assert press(page, "button[value=propose]").ok
    return page.url


def cannot_approve_alone(page: Page, address: str) -> None:
    """The author has no button for it, and sending the step all the same is refused."""
    assert page.locator("button[value=approve]").count() == 0
    fields = {
        name: page.locator(f"main [name={name}]").first.get_attribute("value")
        for name in ("csrf_token", "version")
    }
    answer = page.context.request.post(
        address, form={**fields, "do": "approve"}, headers={"Referer": address}
    )
    assert answer.status == 409
    picture(page, "proposed")


def test_a_rule_changes_hands_only_with_a_second_person_and_holds_for_the_next_report(browser, site):
    health, market = names(site, HEALTH, MARKET)
    lead = officer(browser, site, "walk-lead-1")
    address = proposes(lead, health, market)
    cannot_approve_alone(lead, address)

    second = officer(browser, site, "walk-lead-2", PHONE)
    path = address.removeprefix(site.address)
    press(second, f"main a[href='{path}']")
    assert WHY in second.locator("main").inner_text()
    picture(second, "second")
    assert press(second, "button[value=approve]").ok
    picture(second, "approved")

    resident = Resident(window(browser, site, PHONE), "zh-Hans", case_site.answers(site.app, "zh-Hans"))
    resident.begins()
    resident.says_where("东二路12号")
    resident.says_what("care", STORY)
    resident.stays_unnamed()
    assert market in resident.page.locator("main").inner_text()
    resident.sends()
    number = resident.page.locator("strong.code").inner_text()

    desk = Officer(officer(browser, site, "walk-market"), site.staff["walk-market"])
    desk.opens(number)
    assert STORY in desk.page.locator("main").inner_text()
    picture(desk.page, "case")
