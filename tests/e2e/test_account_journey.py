"""An administrator invites somebody in a real browser; the invited set the account up and sign in again."""

import re
import shutil

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from app.accounts.rules import Grant, Role
from app.core import clock
from tests import sites
from tests.e2e.conftest import DESKTOP, PHONE, SCREENS, served
from tests.e2e.test_layout import STICKING_OUT
from tests.e2e.walks import Officer, press
from tests.factories.accounts import Made, make_staff

HANDLE, NAME, PASSWORD = "ayshe-3", "阿依谢·买买提", "eight-slow-apricots-5"
AREA, PROVIDER = "990101001", "walk-provider"
SEND = "button:not([type=button])"
"""What sends a form; a button that shows the password does not."""


@pytest.fixture(scope="module")
def site(loaded, tmp_path_factory):
    """Serve a site with an administrator of the fictional county; give its address and the administrator."""
    data = tmp_path_factory.mktemp("people") / "data"
    shutil.copytree(loaded[0], data)
    with sites.program(sites.chosen_settings(data, f"sqlite:///{data / 'tuoyu.db'}")) as app:
        made = make_staff(app, "walk-admin", Grant(Role.ADMINISTRATOR, "990101.health", "990101"))
        make_staff(app, PROVIDER, Grant(Role.PROVIDER, area=AREA, facility="V2BZZGN6"))
    with served(data) as address:
        yield address, made


def window(browser: Browser, address: str, size: dict[str, int]) -> Page:
    """Open a window without scripts, as every essential act must do without."""
    context = browser.new_context(base_url=address, viewport=size, java_script_enabled=False)
    context.set_default_timeout(15_000)
    return context.new_page()


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page, on which nothing may stick out."""
    SCREENS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENS / f"invite-{name}-{page.viewport_size['width']}.png", full_page=True)
    assert not page.evaluate(STICKING_OUT), page.url


def test_an_administrator_invites_and_the_invited_sign_in(browser, site):
    address, made = site
    admin = Officer(window(browser, address, DESKTOP), made)
    admin.signs_in()
    office = admin.page
    picture(office, "1-desk")
    link = invites(office)

    phone = window(browser, address, PHONE)
    key = sets_up(phone, link.replace("/zh-Hans/", "/ug/"))
    assert phone.url.endswith("/ug/staff")
    picture(phone, "7-first-desk")
    expect(phone.locator("h1")).to_be_visible()

    press(phone, ".who form button")
    again = Officer(phone, Made("", HANDLE, PASSWORD, key), "ug")
    signs_in_with_the_next_code(again)
    picture(phone, "8-signed-in")

    other = window(browser, address, PHONE)
    assert other.goto(link).status == 404, "a link works once"
    picture(other, "9-used")

    office.goto("/zh-Hans/staff/accounts")
    press(office, f"main table tr:has-text('{HANDLE}') a")
    picture(office, "91-account")
    assert press(office, "form[action$='/close'] button").ok
    phone.goto("/ug/staff")
    assert "/sign-in" in phone.url, "closing an account ends its sessions at once"


def test_scripts_show_a_password_and_tell_that_a_session_ends(browser, site):
    address, made = site
    context = browser.new_context(base_url=address, viewport=PHONE)
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.clock.install()
    page.goto("/ug/staff/sign-in")
    page.locator("#handle").fill(PROVIDER)
    page.locator("#password").fill(made.password)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#password")).to_have_attribute("type", "text")
    picture(page, "92-shown")
    page.keyboard.press("Enter")
    expect(page.locator("#password")).to_have_attribute("type", "password")
    press(page, f"main {SEND}")
    assert page.url.endswith("/ug/staff")
    page.clock.fast_forward("24:50")
    expect(page.locator(".staying")).to_be_hidden()
    page.clock.fast_forward("00:30")
    expect(page.locator(".staying")).to_be_visible()
    picture(page, "93-staying")
    page.locator(".staying button").click()
    expect(page.locator(".staying")).to_be_hidden()
    page.clock.fast_forward("25:20")
    context.clear_cookies()
    page.locator(".staying button").click()
    expect(page.locator(".staying button")).to_be_hidden()
    ended = page.locator(".staying").get_attribute("data-ended")
    expect(page.locator(".staying p").first).to_have_text(ended)
    context.close()


def invites(page: Page) -> str:
    """Invite a community worker from the desk; a mistake on the way loses nothing. Returns the link."""
    press(page, "main .grid a[href$='/staff/accounts']")
    picture(page, "2-accounts")
    press(page, "main a[href$='/staff/accounts/invite']")
    page.locator("#name").fill(NAME)
    page.locator("#handle").fill("A")
    page.locator("#role").select_option(Role.COMMUNITY_WORKER.value)
    page.locator("#area").select_option(AREA)
    assert press(page, "main form button").status == 400
    assert page.locator("#name").input_value() == NAME
    assert page.locator("#area").input_value() == AREA
    picture(page, "3-mistake")
    page.locator("#handle").fill(HANDLE)
    assert press(page, "main form button").ok
    picture(page, "4-link")
    return page.locator("main .url").inner_text().strip()


def sets_up(page: Page, link: str) -> str:
    """Open the link, choose a password, set up the authenticator; returns its key."""
    assert page.goto(link).ok
    assert link.rpartition("/")[2] not in page.url, "the address holds the link no longer"
    page.locator("#password").fill(PASSWORD)
    page.locator("#again").fill(PASSWORD)
    picture(page, "5-password")
    assert press(page, f"main form {SEND}").ok
    key = re.sub(r"[^A-Z2-7]", "", page.locator("main .code").first.inner_text())
    picture(page, "6-authenticator")
    page.locator("#code").fill(pyotp.TOTP(key).at(clock.now()))
    assert press(page, "main form button").ok
    assert page.locator(".codes li").count() >= 8
    picture(page, "61-recovery-codes")
    press(page, "main .acts a.btn")
    return key


def signs_in_with_the_next_code(officer: Officer) -> None:
    """Sign in with the code that follows the one of the set-up, which nobody takes twice."""
    page = officer.page
    page.goto(f"/{officer.lang}/staff/sign-in")
    page.locator("#handle").fill(officer.made.handle)
    page.locator("#password").fill(officer.made.password)
    press(page, SEND)
    page.locator("#code").fill(officer.made.code(steps=1))
    press(page, SEND)
    assert "/sign-in" not in page.url
