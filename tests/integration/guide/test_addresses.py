"""Permanent addresses, other words of parents, and ranges on pages that run from right to left."""

import pytest

from app.core import clock
from app.guide.queries import search


@pytest.mark.parametrize(
    "path",
    [
        "/tools/vaccines",
        "/tools/checks",
        "/tools/growth",
        "/tools/warning-signs",
        "/tools/ratio",
        "/policies",
    ],
)
def test_tools_and_policies_stand_where_they_are_announced(app, path):
    assert app.test_client().get(f"/en{path}").status_code == 200


def test_longer_addresses_lead_to_the_one_that_stays(app):
    client = app.test_client()
    for path in ("/policies/fees", "/guide/money/fees", "/guide/nutrition/fees"):
        answer = client.get(f"/en{path}")
        assert (answer.status_code, answer.location) == (301, "/en/guide/fees")
    assert client.get("/en/guide/bogus/fees").status_code == 404
    assert client.get("/en/policies/bogus").status_code == 404


@pytest.mark.parametrize(
    ("typed", "slug"), [("发烧", "fever"), ("噎着", "choking"), ("预防针", "vaccines"), ("自闭症", "autism")]
)
def test_words_of_parents_find_the_texts(app, typed, slug):
    with app.test_request_context("/zh-Hans/"):
        found = search.search(typed, "zh-Hans", clock.today())
        assert slug in {each.slug for each in found.found}
        assert not found.near


def test_ranges_keep_their_order_where_the_page_runs_from_right_to_left(app):
    page = app.test_client().get("/ug/guide").text
    assert '<bdi dir="ltr">30–36</bdi>' in page
    assert ">30–36 " not in page.replace('<bdi dir="ltr">30–36</bdi>', "")
