"""axe finds nothing, targets are large enough, and a keyboard is enough."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import addresses
from tests.e2e.conftest import DESKTOP, PHONE

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DEMO = addresses.demo_facilities()
PAGES = (
    "/zh-Hans/", "/ug/", "/en/find", f"/ug/find?area={addresses.DEMO}&view=map",
    "/zh-Hans/find?q=zzzzqqqq&kind=medical",
    f"/zh-Hans/facilities/{DEMO[1]['id']}", f"/ug/facilities/{addresses.filings()[0]['id']}",
    f"/en/areas/{addresses.DEMO}", "/zh-Hans/verify?q=91330681MA2XXXXX12", "/ug/view", "/en/report",
    f"/ug/stats?area={addresses.DEMO}",
)  # fmt: skip
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, select, summary")]
  .filter(each => {
    if (!each.checkVisibility() || each.closest("svg") || each.type === "hidden") return false;
    const box = each.getBoundingClientRect(), display = getComputedStyle(each).display;
    const inline = display === "inline" && each.closest("p, li, dd, td, h3, label, figcaption");
    const labelled = each.closest("label")?.getBoundingClientRect();
    const size = labelled && labelled.height > box.height ? labelled : box;
    return box.width && !inline && !each.closest(".skip, .vh") && (size.width < 24 || size.height < 24);
  }).map(each => each.outerHTML.slice(0, 100))"""
"""WCAG 2.2, 2.5.8: 24 by 24, links in running text excepted; pins of the map repeat the links of the list."""


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(visit, address):
    page = visit(address)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
        found = [
            f"{each['id']}: {node['html'][:140]}"
            for each in result["violations"]
            for node in each["nodes"][:3]
        ]
        assert not found, f"{address} at {size['width']} px: {found}"


@pytest.mark.parametrize("look", ["m.dark.normal", "m.contrast.normal", "xl.warm.wide"])
def test_axe_finds_nothing_in_other_looks(open_page, server, look):
    page = open_page("/zh-Hans/")
    page.context.add_cookies([{"name": "view", "value": look, "url": server}])
    for address in (f"/zh-Hans/find?area={addresses.DEMO}", f"/ug/facilities/{DEMO[1]['id']}"):
        page.goto(address)
        assert page.locator("html").get_attribute("data-bg") == look.split(".")[1]
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
        assert not [f"{each['id']}: {each['nodes'][0]['html'][:140]}" for each in result["violations"]], (
            address
        )


@pytest.mark.parametrize("address", PAGES)
def test_targets_are_large_enough_for_a_thumb(visit, address):
    page = visit(address)
    page.set_viewport_size(PHONE)
    assert page.evaluate(SMALL_TARGETS) == []


def focused(page) -> dict:
    return page.evaluate(
        """() => { const at = document.activeElement, box = at.getBoundingClientRect();
        const look = getComputedStyle(at);
        return {tag: at.tagName, href: at.getAttribute("href"), seen: box.width > 0 && box.height > 0,
                ring: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
                place: [...document.querySelectorAll("*")].indexOf(at)}; }"""
    )


def test_a_keyboard_reaches_everything_in_reading_order_beginning_with_the_skip_link(open_page):
    page = open_page("/zh-Hans/")
    walk = []
    for _step in range(25):
        page.keyboard.press("Tab")
        walk.append(focused(page))
    assert walk[0]["href"] == "#main"
    places = [step["place"] for step in walk if step["tag"] != "BODY"]
    assert places == sorted(places), "Tab follows the order of the page"
    assert all(step["seen"] and step["ring"] for step in walk if step["tag"] != "BODY")


def test_the_skip_link_skips(open_page):
    page = open_page("/zh-Hans/find")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("() => document.querySelector('main').contains(document.activeElement)")
    assert inside, "the next stop after the skip link is in the content"


def test_a_search_can_be_made_with_the_keyboard_alone(open_page):
    page = open_page("/zh-Hans/")
    page.locator("input[name=q]").focus()
    page.keyboard.type("托育")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/zh-Hans/find?" in page.url
    assert page.locator("ol li h3").count() > 0
