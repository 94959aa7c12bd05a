"""What a reader comes for, without JavaScript: find, look, check, change language and look."""

import re

import pytest
from playwright.sync_api import expect

from tests import addresses

DEMO = addresses.DEMO


@pytest.fixture(params=[False, True], ids=["without JavaScript", "with JavaScript"])
def reader(open_page, request):
    return open_page("/zh-Hans/", java_script_enabled=request.param)


def test_from_the_home_page_to_a_facility_in_another_language_and_look(reader):
    page = reader
    page.locator("main select[name=area]").select_option(DEMO)
    page.locator("main form[action$='/find'] button:not([type=button])").first.click()
    expect(page).to_have_url(re.compile(rf"/zh-Hans/find\?.*area={DEMO}"))
    before = page.locator("ol.fac > li").count()
    assert before > 1

    fold = page.locator("details.fold")
    if not page.locator("input#q").is_visible():
        fold.locator("> summary").click()
    filters = page.locator("details.filters")
    if filters.get_attribute("open") is None:
        filters.locator("summary").click()
    page.locator("input[name=care][value=hourly]").check()
    filters.locator("button").first.click()
    expect(page).to_have_url(re.compile("care=hourly"))
    assert page.locator(".chips a").count() >= 2

    first = page.locator("ol.fac h3 a").first
    name = first.inner_text()
    first.click()
    expect(page.locator("h1")).to_have_text(name)

    page.locator("header a[hreflang=ug]").click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    expect(page.locator("h1 bdi[lang=zh-Hans]")).to_have_text(name)

    page.locator("header a[href*='/ug/view']").click()
    page.locator("input[name=background][value=dark]").check()
    page.locator("main form button").first.click()
    expect(page).to_have_url(re.compile("/ug/facilities/"))
    assert page.locator("html").get_attribute("data-bg") == "dark"


def test_a_filing_can_be_checked(reader):
    page = reader
    filing = addresses.filings()[0]
    page.goto("/zh-Hans/verify")
    page.locator("main input[name=q]").fill(filing["credit_code"].lower())
    page.locator("main form button").first.click()
    expect(page.locator("main")).to_contain_text(filing["name"])
    page.locator("main input[name=q]").fill(filing["credit_code"][:-1] + "0")
    page.locator("main form button").first.click()
    expect(page.locator("main h2").first).not_to_contain_text("已备案")
    expect(page.locator("main")).to_contain_text("要找的是不是这些？")


def test_taking_a_filter_off_gives_more(reader):
    page = reader
    page.goto(f"/zh-Hans/find?area={DEMO}&care=temporary&needs=wheelchair")
    fewer = total(page)
    page.locator(".chips a").last.click()
    assert total(page) > fewer


def total(page) -> int:
    return int(re.search(r"(\d+)\D*$", page.locator("h1").inner_text())[1])
