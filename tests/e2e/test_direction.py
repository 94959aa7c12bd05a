"""Right to left is a mirror: what stands at the start in one stands at the start in the other."""

import pytest

from tests import addresses

GAPS = """(selector) => [...document.querySelectorAll(selector)].slice(0, 8).map(each => {
  const box = each.getBoundingClientRect(), right = document.documentElement.clientWidth - box.right;
  return document.documentElement.dir === "rtl" ? right : box.left;
})"""
BLOCKS = ("header .logo", "main h1", "main form .search, main form.search", "footer ul")


@pytest.mark.parametrize("address", ["/", "/find", f"/areas/{addresses.DEMO}", "/verify"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_is_mirrored(visit, address, width):
    gaps: dict[str, dict[str, list[float]]] = {}
    for lang in ("en", "ug"):
        page = visit(f"/{lang}{address}")
        page.set_viewport_size({"width": width, "height": 800})
        gaps[lang] = {selector: page.evaluate(GAPS, selector)[:1] for selector in BLOCKS}
    assert gaps["en"]["header .logo"]
    for selector in BLOCKS:
        assert gaps["ug"][selector] == pytest.approx(gaps["en"][selector], abs=1.5), selector


def test_what_opens_the_line_stands_at_the_start(visit):
    page = visit("/ug/")
    page.set_viewport_size({"width": 1280, "height": 800})
    logo, nav = (page.locator(selector).first.bounding_box() for selector in ("header .logo", ".mast .nav"))
    assert logo["x"] > nav["x"], "the logo opens the line on the right"
    assert page.evaluate("() => getComputedStyle(document.querySelector('main h1')).textAlign") == "start"


def test_numbers_keep_their_order_in_uyghur(visit):
    facility = next(each for each in addresses.demo_facilities() if each["opening"] and each["phone"])
    page = visit(f"/ug/facilities/{facility['id']}")
    link = page.locator(f"a[href='tel:{facility['phone']}'] bdi").first
    box = link.evaluate(
        """each => {
        const text = document.createTreeWalker(each, NodeFilter.SHOW_TEXT).nextNode(), range = new Range();
        const at = place => {
          range.setStart(text, place); range.setEnd(text, place + 1);
          return range.getBoundingClientRect().left;
        };
        return [at(0), at(text.length - 1)]; }"""
    )
    assert box[0] < box[1], "the first digit of a telephone number stands left of its last"
