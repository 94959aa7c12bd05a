"""Nothing sticks out: every page on a phone and a desktop, at the largest size, with WCAG's spacing."""

import pytest

from app.core.i18n import SOURCE, load_languages
from tests import addresses
from tests.e2e.conftest import DESKTOP, PHONE, SCREENS
from tests.sites import ROOT

LANGUAGES = load_languages(ROOT / "translations").codes
DEMO = f"/find?area={addresses.DEMO}"
PHOTOGRAPHED = {
    "/": "home", "/view": "view", "/find": "find", DEMO: "find-demo", f"{DEMO}&view=map": "map",
    f"/areas/{addresses.DEMO}": "area-demo", "/areas/330681": "area", "/verify": "verify",
    "/report": "report",
    f"/facilities/{addresses.demo_facilities()[1]['id']}": "facility",
    f"/facilities/{addresses.filings()[0]['id']}": "facility-filed",
}  # fmt: skip
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}
    p {margin-block-end: 2em !important}`);
  document.adoptedStyleSheets = [sheet];
}"""
"""WCAG 2.2, 1.4.12 Text Spacing."""
STICKING_OUT = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return null;
  const culprits = [...document.body.querySelectorAll("*")].filter(each => {
    const box = each.getBoundingClientRect();
    return box.width && each.checkVisibility() && (box.right > innerWidth + 1 || box.left < -1);
  });
  return wide + "px: " + culprits.slice(-3).map(each => each.outerHTML.slice(0, 120)).join(" | ");
}"""


def walked() -> list[tuple[str, str]]:
    """Each page in the languages with long words and with the other direction, the main ones in all."""
    every = dict.fromkeys([*addresses.layouts(), *PHOTOGRAPHED])
    return [
        (lang, address)
        for address in every
        for lang in LANGUAGES
        if lang != SOURCE or address in PHOTOGRAPHED
    ]


@pytest.mark.parametrize(("lang", "address"), walked())
def test_nothing_sticks_out(visit, lang, address):
    page = visit(f"/{lang}{address}")
    found = {}
    name = PHOTOGRAPHED.get(address)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        if name:
            SCREENS.mkdir(exist_ok=True)
            page.screenshot(path=SCREENS / f"{name}-{lang}-{size['width']}.png", full_page=True)
        found[f"{size['width']}"] = page.evaluate(STICKING_OUT)
    page.evaluate("() => document.documentElement.dataset.size = 'xl'")
    found["320 at the largest size"] = page.evaluate(STICKING_OUT)
    page.evaluate("() => { delete document.documentElement.dataset.size }")
    page.evaluate(SPACING)
    found["320 with wide spacing"] = page.evaluate(STICKING_OUT)
    assert not any(found.values()), {width: what for width, what in found.items() if what}
