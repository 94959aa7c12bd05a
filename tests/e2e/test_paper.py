"""What is printed: a card is one page of A6 in each language, a leaflet is A4 and nothing is cut off."""

import re

import pytest
from playwright.sync_api import Page

CARDS = (
    "choking", "burns", "poisoning", "fever-fits", "head-injury", "drowning", "missing-child", "abuse",
    "safe-sleep", "danger-signs",
)  # fmt: skip
LEAFLETS = ("first-foods", "choosing-care", "danger-signs", "vaccines")
POINTS = 72 / 25.4
"""Points of a millimetre, the measure of a PDF."""
SMALLEST = 6 / 72 * 96
"""Pixels of the smallest letters of a card that are not its sources."""
CUT = """() => [...document.querySelectorAll('.card *, .side *')].filter((each) =>
    each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== 'inline'
    && !each.matches('sup, bdi')).map((each) => each.outerHTML.slice(0, 120))"""
SIZES = """(selector) => Object.fromEntries([...document.querySelectorAll(selector)].map((each) =>
    [each.lang, parseFloat(getComputedStyle(each).fontSize)]))"""


def printed(page: Page) -> tuple[int, set[tuple[int, int]]]:
    """Return the pages of a page on paper, and their sizes in whole millimetres."""
    paper = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    sizes = {(round(float(wide) / POINTS), round(float(high) / POINTS)) for wide, high in boxes}
    return len(re.findall(rb"/Type /Page\b(?!s)", paper)), sizes


@pytest.fixture
def paper(open_page):
    page = open_page("about:blank")
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_each_card_is_one_page_of_a6(paper, lang):
    paper.set_viewport_size({"width": round(95 / 25.4 * 96), "height": 520})
    for slug in CARDS:
        paper.goto(f"/{lang}/cards/{slug}")
        pages, sizes = printed(paper)
        assert (pages, sizes) == (1 if lang == "zh-Hans" else 2, {(105, 148)}), slug
        assert not paper.evaluate(CUT), slug
        letters = paper.evaluate(SIZES, ".card")
        assert min(letters.values()) >= SMALLEST, slug
        assert letters["zh-Hans"] >= letters.get(lang), f"{slug}: the common script is not the smaller one"


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_a_leaflet_is_a4_with_the_common_script_first_and_not_smaller(paper, lang):
    paper.set_viewport_size({"width": round(182 / 25.4 * 96), "height": 1000})
    for slug in LEAFLETS:
        paper.goto(f"/{lang}/guide/{slug}/leaflet")
        pages, sizes = printed(paper)
        assert sizes == {(210, 297)}, slug
        assert pages <= (2 if lang == "zh-Hans" else 4), slug
        assert not paper.evaluate(CUT), slug
        for selector in (".side", ".side .name", ".side .body"):
            letters = paper.evaluate(SIZES.replace("each.lang", "each.closest('[lang]').lang"), selector)
            assert next(iter(letters)) == "zh-Hans"
            assert letters["zh-Hans"] >= max(letters.values()), f"{slug} {selector}"
        first, *others = paper.evaluate(
            "() => [...document.querySelectorAll('.side')].map((each) => each.getBoundingClientRect().top)"
        )
        assert all(first < other for other in others)
