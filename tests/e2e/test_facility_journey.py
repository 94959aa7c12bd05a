"""A parent says that a price is wrong, a worker corrects it; a facility says on a phone what is free."""

import re
import shutil

import pytest
from playwright.sync_api import Browser, Page, expect

from app.accounts.rules import Grant, Role
from tests import sites
from tests.e2e.case_site import answers
from tests.e2e.conftest import DESKTOP, PHONE, SCREENS, Watch, served
from tests.e2e.walks import AS_LONG_AS_A_PERSON, Officer, press
from tests.factories.accounts import make_staff

SHOP, TOWN = "V2BZZGN6", "990101001"
WIDER_PHONE = {"width": 390, "height": 780}
PEOPLE = {
    "fee-worker": Grant(Role.COMMUNITY_WORKER, f"{TOWN}.office", TOWN),
    "fee-zh-hans": Grant(Role.COMMUNITY_WORKER, f"{TOWN}.office", TOWN),
    "fee-ug": Grant(Role.COMMUNITY_WORKER, f"{TOWN}.office", TOWN),
    "fee-en": Grant(Role.COMMUNITY_WORKER, f"{TOWN}.office", TOWN),
    "fee-provider": Grant(Role.PROVIDER, "", TOWN, SHOP),
}
PAGES = (
    "/facilities", f"/facilities/{SHOP}",
    *(f"/facilities/{SHOP}/{each}" for each in ("fees", "status", "records", "photos", "history")),
    *(f"/facilities/{SHOP}/edit/{each}" for each in ("location", "opening", "care", "township")),
    f"/facilities/several?field=fees&id={SHOP}", "/facilities/edits", "/proposals", f"/slots/{SHOP}",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(loaded, tmp_path_factory):
    """Serve a site with workers and a provider; give its address, the people and the questions it asks."""
    data = tmp_path_factory.mktemp("fees") / "data"
    shutil.copytree(loaded[0], data)
    with sites.program(sites.chosen_settings(data, f"sqlite:///{data / 'tuoyu.db'}")) as app:
        made = {handle: make_staff(app, handle, grant) for handle, grant in PEOPLE.items()}
        known = answers(app, "zh-Hans")
    with served(data) as address:
        yield address, made, known


def window(browser: Browser, site, size, *, scripts: bool = False) -> Page:
    """Give a window of somebody."""
    context = browser.new_context(base_url=site[0], viewport=size, java_script_enabled=scripts)
    context.set_default_timeout(15_000)
    return context.new_page()


def picture(page: Page, name: str) -> None:
    SCREENS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENS / f"fee-{name}-{page.viewport_size['width']}.png", full_page=True)


def a_parent_reports(page: Page, known: dict[str, int], price: str) -> None:
    """Say on the public page that the monthly price of the youngest is another."""
    page.goto(f"/zh-Hans/facilities/{SHOP}")
    press(page, f"a[href$='/facilities/{SHOP}/correct']")
    press(page, "main a[href$='field=fees']")
    for name, code in {"component": "care", "care": "full-day", "band": "infant", "unit": "month"}.items():
        page.locator(f"#{name}").select_option(code)
    page.locator("#amount").fill(price)
    page.locator("#reason").fill("价目表上写的是这个价")
    asked = " ".join(page.locator("label[for=answer]").inner_text().split())
    page.locator("#answer").fill(str(known[asked]))
    picture(page, "report")
    page.wait_for_timeout(AS_LONG_AS_A_PERSON * 1000)
    press(page, "main form button.btn")
    assert "done=1" in page.url, page.locator("main").inner_text()


def test_a_worker_corrects_a_fee_that_a_parent_reported(browser, site):
    parent = window(browser, site, PHONE)
    a_parent_reports(parent, site[2], "3380")

    page = window(browser, site, DESKTOP, scripts=True)
    watch = Watch(page, site[0])
    Officer(page, site[1]["fee-worker"]).signs_in()
    picture(page, "today")
    press(page, "main a[href$='/staff/proposals']")
    picture(page, "proposals")
    press(page, "main table a[href*='/proposals/']")
    assert "3,280" in page.locator("main del").inner_text()
    assert "3,380" in page.locator("main ins").inner_text()
    picture(page, "difference")
    press(page, f"a[href*='/facilities/{SHOP}/fees?proposal=']")

    costs, price = page.locator("#costs"), page.locator("input[name$='-amount']").first
    assert price.input_value() == "3380"
    expect(costs).to_contain_text("3,380")
    price.fill("9999")
    expect(costs).to_contain_text("9,999")
    expect(costs).not_to_contain_text("3,380")
    price.fill("9999x")
    expect(costs.locator(".note")).to_be_visible()
    price.fill("3380")
    expect(costs).to_contain_text("3,380")
    picture(page, "prices")
    page.locator("input[name=how][value=document]").check()
    day = page.locator("input[name=day]").input_value()
    press(page, "button[value=save]")
    assert re.search(r"/staff/proposals/\d+$", page.url)
    assert page.locator("button[value=approve]").count() == 0
    picture(page, "settled")
    assert not watch.console
    assert not watch.foreign

    parent.goto(f"/zh-Hans/facilities/{SHOP}")
    told = parent.locator("main").inner_text()
    assert "3,380" in told
    assert "机构书面材料，工作人员录入" in told
    assert parent.locator(f"main time[datetime='{day}']").count()
    picture(parent, "public")
    press(parent, f"a[href$='/facilities/{SHOP}/history']")
    assert "3,280" in parent.locator("main del").first.inner_text()
    assert parent.locator("main del").first.locator("li").count() == 1
    picture(parent, "changes")


def test_a_facility_says_in_two_taps_what_is_free(browser, site):
    page = window(browser, site, WIDER_PHONE)
    made = site[1]["fee-provider"]
    page.goto("/zh-Hans/staff/sign-in")
    page.locator("#handle").fill(made.handle)
    page.locator("#password").fill(made.password)
    press(page, "main button:not([type=button])")
    picture(page, "provider")

    press(page, "main a[href$='/staff/slots']")
    picture(page, "slots")
    tap = page.locator("button[value='infant:3']")
    box = tap.bounding_box()
    assert min(box["width"], box["height"]) >= 44
    with page.expect_navigation():
        tap.click()
    picture(page, "slots-said")

    reader = window(browser, site, PHONE)
    reader.goto(f"/zh-Hans/facilities/{SHOP}")
    assert reader.locator("main tr", has_text="乳儿班").get_by_text("3", exact=False).count()
    picture(reader, "vacancy")
    page.goto("/zh-Hans/staff/facility")
    picture(page, "own")


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_no_page_of_the_counter_of_facilities_is_wider_than_a_phone(browser, site, lang):
    page = window(browser, site, PHONE)
    page.set_viewport_size(PHONE)
    Officer(page, site[1][f"fee-{lang.lower()}"], lang).signs_in()
    for path in PAGES:
        answer = page.goto(f"/{lang}/staff{path}")
        assert answer.ok, path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
