"""A first visit is light: few requests, few bytes, the same ones afterwards for nothing."""

import pytest

from tests import addresses

LIMITS = {"document": 14_000, "stylesheet": 9_000, "script": 6_000, "font": 22_000}
"""Compressed bytes by kind; a document fits the first window of a connection (14.6 kB)."""
TOTAL, REQUESTS = 30_000, 6


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
@pytest.mark.parametrize(
    "address",
    ["/", "/find", f"/areas/{addresses.DEMO}", f"/facilities/{addresses.demo_facilities()[1]['id']}"],
)
def test_a_first_visit_is_light(open_page, lang, address):
    page = open_page("about:blank")
    page.goto(f"/{lang}{address}", wait_until="networkidle")
    weights = [
        (each.resource_type, each.url, each.sizes()["responseBodySize"]) for each in page.watch.finished
    ]
    assert len(weights) <= REQUESTS, weights
    for kind, url, size in weights:
        assert size <= LIMITS.get(kind, 5_000), f"{url} weighs {size:,} bytes"
    assert sum(size for kind, _url, size in weights if kind != "font") <= TOTAL, weights


def test_a_second_page_loads_only_itself(open_page):
    page = open_page("/zh-Hans/")
    page.wait_for_load_state("networkidle")
    page.goto("/zh-Hans/find", wait_until="networkidle")
    files = page.evaluate(
        "() => performance.getEntriesByType('resource').map(each => [each.name, each.transferSize])"
    )
    assert files
    assert not [name for name, size in files if size], "static files come from the browser's own store"
