"""What crawlers are told: which pages there are, in which languages, and which are nobody's business."""

from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

from tests.addresses import DEMO, place_codes, rows
from tests.factories.facilities import make_facility

S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
X = "{http://www.w3.org/1999/xhtml}"


def tree(client, address: str):
    answer = client.get(address)
    assert answer.mimetype == "application/xml"
    return ET.fromstring(answer.data)  # noqa: S314 - our own


def urls(client, part: str) -> dict[str, dict[str, str]]:
    return {
        url.find(f"{S}loc").text: {link.get("hreflang"): link.get("href") for link in url.iter(f"{X}link")}
        for url in tree(client, f"/sitemap/{part}.xml").iter(f"{S}url")
    }


def test_the_index_names_a_map_of_every_real_place_and_all_exist(client):
    named = [each.text for each in tree(client, "/sitemap.xml").iter(f"{S}loc")]
    real = [code for code in place_codes() if code != DEMO]
    assert [each.rpartition("/")[2] for each in named] == ["pages.xml", *(f"{code}.xml" for code in real)]
    for address in named:
        assert client.get(address).status_code == 200


def test_a_map_lists_every_facility_in_every_language(client):
    found = urls(client, "330681")
    ids = {address.rpartition("/")[2] for address in found if "/facilities/" in address}
    assert len(ids) == 108
    assert len([address for address in found if "/facilities/" in address]) == 3 * 108
    for address, others in found.items():
        assert set(others) == {"zh-Hans", "ug", "en"}
        assert address in others.values(), "a page names itself among its languages"


def test_what_is_closed_or_withdrawn_is_on_no_map(fresh_app):
    with fresh_app.app_context():
        made = {status: make_facility(status=status) for status in ("closed", "withdrawn", "suspended")}
    found = {address.rpartition("/")[2] for address in urls(fresh_app.test_client(), "330681")}
    assert found & set(made.values()) == {made["suspended"]}


def test_what_is_listed_answers_and_calls_itself_so(client):
    for part in ("pages", "530115"):
        for address in urls(client, part):
            assert client.get(address).status_code == 200, address
            links = {link.get("rel"): link.get("href") for link in client.page.all("link")}
            assert links["canonical"] == address


def test_what_is_invented_is_not_for_search_engines(client):
    assert client.get(f"/sitemap/{DEMO}.xml").status_code == 404
    assert client.get("/sitemap/330681001.xml").status_code == 404
    client.get("/en/facilities/V2BZZGN6")
    assert "noindex" in {meta.get("content") for meta in client.page.all("meta")}
    client.get(f"/en/facilities/{rows('register/filings.csv')[0]['id']}")
    assert "noindex" not in {meta.get("content") for meta in client.page.all("meta")}


def test_robots_keep_out_of_what_is_private_and_may_read_the_rest(client):
    text = client.get("/robots.txt").text
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    closed = (
        "/staff",
        "/ug/staff/cases",
        "/en/report",
        "/zh-Hans/report/you",
        "/en/track",
        "/api/v1/facilities",
    )
    for path in closed:
        assert not rules.can_fetch("anybot", path), path
    open_ = (
        "/",
        "/ug/find?area=330681",
        "/en/facilities/V2BZZGN6",
        "/data/330681/facilities.csv",
        "/en/stats",
    )
    for path in open_:
        assert rules.can_fetch("anybot", path), path
    assert rules.site_maps() == ["http://localhost/sitemap.xml"]


def test_a_question_is_the_same_page_asked_differently(client):
    client.get("/en/find?area=330681&care=full-day&page=1&q=a")
    links = [(link.get("rel"), link.get("hreflang"), link.get("href")) for link in client.page.all("link")]
    assert ("canonical", None, "http://localhost/en/find?area=330681") in links
    assert ("alternate", "ug", "http://localhost/ug/find?area=330681") in links
