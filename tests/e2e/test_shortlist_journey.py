"""A family's own list: find, keep two, compare, print, send on; by address alone, or on this device."""

import re

import pytest
from playwright.sync_api import expect

from tests import addresses

QUESTION = f"/zh-Hans/find?area={addresses.DEMO}&care=full-day"


def test_without_a_script_the_list_travels_in_the_address(open_page):
    page = open_page(QUESTION, java_script_enabled=False)
    names = page.locator("ol.fac h3 a").all_inner_texts()
    page.locator("ol.fac button[name=id]").nth(0).click()
    expect(page.locator("ol.fac > li")).to_have_count(1)
    page.locator("main .acts a", has_text=re.compile("回到|Back")).click()
    expect(page).to_have_url(re.compile(r"care=full-day.*list=\w{8}"))

    page.locator("ol.fac button[name=id]").nth(1).click()
    expect(page.locator("ol.fac h2 a")).to_have_text([names[0], names[2]])
    page.locator("form[action$='/compare'] button.btn").click()
    expect(page).to_have_url(re.compile(r"/compare\?.*care=full-day.*id=\w{8}&id=\w{8}"))
    expect(page.locator("table thead th")).to_have_count(3)
    expect(page.locator("ol.compared a[href*='/facilities/']")).to_have_text([names[0], names[2]])


def test_with_a_script_the_list_stays_on_this_device(open_page):
    page = open_page(QUESTION)
    keep = page.locator("ol.fac button[name=id]")
    keep.nth(0).click()
    keep.nth(3).click()
    expect(page).to_have_url(re.compile(r"/find\?"))
    expect(keep.nth(0)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("a.mylist i")).to_have_text("2")

    page.goto(f"/ug/find?area={addresses.DEMO}")
    page.locator("a.mylist").click()
    expect(page.locator("ol.fac > li")).to_have_count(2)
    page.locator("button[name=drop]").first.click()
    expect(page.locator("ol.fac > li")).to_have_count(1)
    page.goto(QUESTION)
    expect(page.locator("a.mylist i")).to_have_text("1")


@pytest.mark.parametrize("lang", ["zh-Hans", "ug"])
def test_on_paper_stand_the_facts_and_no_buttons(open_page, lang):
    ids = "&".join(f"id={row['id']}" for row in addresses.demo_facilities()[:3])
    page = open_page(f"/{lang}/shortlist?{ids}")
    page.emulate_media(media="print")
    assert page.locator("button:visible, nav:visible, input:visible").count() == 0
    assert page.locator("ol.fac h2:visible").count() == 3
    assert page.locator("img:visible").count() == 1
    page.goto(f"/{lang}/facilities/{addresses.demo_facilities()[1]['id']}/visit")
    assert page.locator("button:visible, nav:visible").count() == 0
    assert page.locator(".ticks input:visible").count() > 20


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_five_side_by_side_fit_a_small_phone(open_page, lang):
    ids = "&".join(f"id={row['id']}" for row in addresses.demo_facilities()[:5])
    page = open_page(f"/{lang}/compare?{ids}&days=3&hours=4&age=20&near=36.504,88.493")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
