"""A translator brings a stale Uyghur text up to date in a real browser; a clinician signs a grave card."""

import pytest

from app.accounts.rules import Role
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.text_site import desks, picture, somebody
from tests.e2e.walks import press
from tests.factories.signing import NAME

GRAVE, HEALTH = "safe-sleep", "vitamin-d-iron"
SENTENCE = "晒太阳不能代替维生素。"
SAID = "ئاپتاپ بۇ ۋىتامىننىڭ ئورنىنى باسالمايدۇ."
TYPED = " قوشۇمچە"
PEOPLE = {
    "desk-worker": Role.COMMUNITY_WORKER, "desk-reviewer": Role.REVIEWER, "desk-ug": Role.TRANSLATOR,
    "desk-native": Role.REVIEWER, "desk-doctor": Role.EXPERT,
}  # fmt: skip
SIGNERS = {"desk-native": ("language", "ug"), "desk-doctor": ("medicine",)}


@pytest.fixture(scope="module")
def site(loaded, tmp_path_factory):
    """Serve a site with a worker, two reviewers, a translator and a clinician."""
    with desks(loaded[0], tmp_path_factory.mktemp("desk"), PEOPLE, SIGNERS) as found:
        yield found


def test_a_translator_brings_a_stale_uyghur_text_up_to_date(browser, site):
    worker = somebody(browser, site, "desk-worker")
    worker.goto(f"/zh-Hans/staff/guide/{HEALTH}/zh-Hans/edit")
    box = worker.locator("textarea[name=text-0]")
    box.fill(f"{box.input_value()}\n\n{SENTENCE}")
    press(worker, "button[value=publish]")
    assert press(worker, "button[value=submit]").ok

    reviewer = somebody(browser, site, "desk-reviewer")
    reviewer.goto(f"/zh-Hans/staff/guide/{HEALTH}/zh-Hans/publish")
    reviewer.locator("#change-substance").check()
    assert press(reviewer, "button[value=publish]").ok

    translator = somebody(browser, site, "desk-ug", lang="ug")
    translator.goto("/ug/staff/guide/translate?language=ug&state=needs_update")
    picture(translator, "desk-matrix")
    press(translator, f"table a[href$='/translate/{HEALTH}/ug']")
    marked = translator.locator("section.facing.changed")
    assert marked.count() == 1
    assert SENTENCE in marked.inner_text()
    mine = marked.locator("textarea").last
    mine.fill(f"{mine.input_value()}\n\n{SAID}")
    picture(translator, "desk-side-by-side")
    press(translator, "button[value=publish]")
    translator.locator("#compared").check()
    assert press(translator, "button[value=submit]").ok

    native = somebody(browser, site, "desk-native", lang="ug", size=PHONE)
    native.goto("/ug/staff/guide?flag=waiting")
    press(native, f"table a[href$='/{HEALTH}']")
    press(native, "a[href$='/ug/publish']")
    picture(native, "desk-second")
    assert press(native, "button[value=publish]").ok
    native.goto(f"/ug/guide/{HEALTH}")
    text = native.locator("main").inner_text()
    assert SAID in text
    assert NAME in text
    native.goto(f"/ug/staff/guide/translate/{HEALTH}/ug")
    assert native.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    picture(native, "desk-up-to-date")


def test_a_clinician_signs_a_grave_card(browser, site):
    doctor = somebody(browser, site, "desk-doctor")
    doctor.goto(f"/zh-Hans/cards/{GRAVE}")
    assert NAME not in doctor.locator("main").inner_text()
    doctor.goto(f"/zh-Hans/staff/guide/{GRAVE}/zh-Hans/history")
    press(doctor, "a[href*='/sign/']")
    doctor.locator("#part-clinician").check()
    assert press(doctor, "form.say button").status == 422
    doctor.locator("#part-clinician").check()
    doctor.locator("#read").check()
    picture(doctor, "desk-sign")
    assert press(doctor, "form.say button").ok
    picture(doctor, "desk-signed")
    doctor.goto(f"/zh-Hans/cards/{GRAVE}?n=1")  # the browser still has the page as it was
    assert NAME in doctor.locator("main").inner_text()

    window = doctor.context.browser.new_context(
        base_url=site[0], viewport=DESKTOP, storage_state=doctor.context.storage_state()
    )
    page = window.new_page()
    page.clock.install()
    page.goto(f"/zh-Hans/staff/guide/translate/{GRAVE}/ug")
    title = page.locator("#title").input_value()
    page.locator("#title").click()  # no other script takes the form for something of its own
    page.locator("#title").fill(title + TYPED)
    with page.expect_response(lambda answer: answer.request.method == "POST") as kept:
        page.clock.fast_forward(16_000)
    assert kept.value.ok
    page.reload()
    assert page.locator("#title").input_value() == title + TYPED
