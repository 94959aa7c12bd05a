"""A parent's own list and the comparison: by address alone, every fault said, nobody ranked."""

from urllib.parse import unquote

import pytest

from tests.addresses import demo_facilities, filings
from tests.page_rules import words

CLOSED, KINDERGARTEN, CLOUD = "Y29DQZ33", "W6G8XC99", "V2BZZGN6"
OPEN = [row["id"] for row in demo_facilities() if row["status"] == "filed"]


def text(client) -> str:
    return words(next(iter(client.page.root.iter("main"))))


def links(client) -> dict[str, str]:
    return {words(link): link.get("href") for link in client.page.root.iter("a")}


def row(client, name: str) -> list[str]:
    """Return the cells of a row of the comparison."""
    for each in client.page.root.iter("tr"):
        cells = list(each)
        if words(cells[0]).removesuffix(" differs") == name:
            return [words(cell) for cell in cells[1:]]
    return []


def test_the_button_of_a_card_leads_to_the_list_with_what_is_on_it_and_the_way_back(client):
    client.get(f"/en/find?area=990101&care=full-day&list={CLOUD}")
    form = next(each for each in client.page.root.iter("form") if each.get("id") == "l")
    carried = [(field.get("name"), field.get("value")) for field in form.iter("input")]
    assert carried == [("id", CLOUD), ("area", "990101"), ("care", "full-day")]
    buttons = list(form.iter("button"))
    assert {each.get("name") for each in buttons} == {"id"}
    assert CLOUD not in {each.get("value") for each in buttons}

    client.get("/en/shortlist", query_string=[*carried, ("id", KINDERGARTEN)])
    assert words(client.page.all("h1")[0]) == "My list: 2 facilities"
    back = links(client)["Back to the search"]
    assert back == f"/en/find?area=990101&care=full-day&list={CLOUD}.{KINDERGARTEN}"
    assert client.get(back).status_code == 200


def test_the_list_goes_along_through_pages_orders_and_filters(client):
    client.get(f"/en/find?area=990101&list={CLOUD}")
    carrying = [
        link.get("href")
        for link in client.page.root.iter("a")
        if (link.get("href") or "").startswith(("?area", "facilities/"))
    ]
    assert len(carrying) > 20
    assert all(f"list={CLOUD}" in address for address in carrying)


def test_one_is_taken_off_and_the_others_stay_in_order(client):
    address = f"/en/shortlist?id={KINDERGARTEN}&id={CLOSED}&id={CLOUD}&area=990101"
    client.get(address)
    remove = [each for each in client.page.all("button") if words(each) == "Remove"][1]
    answer = client.get(f"{address}&{remove.get('name')}={remove.get('value')}")
    assert answer.location == f"/en/shortlist?id={KINDERGARTEN}&id={CLOUD}&area=990101"


def test_what_is_sent_on_names_facilities_and_not_where_the_family_lives(client):
    client.get(f"/en/shortlist?id={KINDERGARTEN}&id={CLOUD}&near=36.504,88.493&age=20")
    message = unquote(links(client)["Send by text message"])
    assert message.startswith("sms:?body=")
    assert "0000-5550201" in message
    assert message.endswith(f"/en/shortlist?id={KINDERGARTEN}&id={CLOUD}")
    assert "36.504" not in message
    picture = next(image.get("src") for image in client.page.all("img"))
    assert picture == f"/en/shortlist/qr.png?id={KINDERGARTEN}&id={CLOUD}"


def test_the_code_of_a_list_is_a_picture_that_may_be_kept(client):
    answer = client.get(f"/en/shortlist/qr.png?id={KINDERGARTEN}")
    assert answer.data.startswith(b"\x89PNG")
    assert answer.headers["Cache-Control"].startswith("public, max-age=")
    assert client.get("/en/shortlist/qr.png").status_code == 404


@pytest.mark.parametrize("page", ["shortlist", "compare"])
def test_every_fault_of_an_address_is_said_and_the_rest_is_shown(client, page):
    beyond = "".join(f"&id={identity}" for identity in OPEN[:25])
    answer = client.get(f"/en/{page}?id={CLOUD}&id=ZZZZZZZZ&id=hello&id={CLOUD}{beyond}&age=900&near=1")
    assert answer.status_code == 200
    said = text(client)
    for sentence in (
        "Not the number of a facility, left out: hello",
        "There is no facility with this number, left out: ZZZZZZZZ",
        f"Named more than once, shown once: {CLOUD}",
        "more were left out.",
        "could not be read: Child's age",
        "could not be read: Near",
    ):
        assert sentence in said
    shown = {"shortlist": "My list: 20 facilities", "compare": "Compare 5 facilities"}[page]
    assert words(client.page.all("h1")[0]) == shown


@pytest.mark.parametrize("address", ["/en/shortlist", "/en/compare", f"/en/compare?id={CLOUD}"])
def test_an_empty_list_and_a_comparison_of_one_say_how_to_go_on(client, address):
    client.get(address)
    assert "/en/find" in {(link.get("href") or "").partition("?")[0] for link in client.page.root.iter("a")}
    assert "Put them on your list" in text(client) or "press “Add to list”" in text(client)
    assert not client.page.all("table")


def test_side_by_side_says_what_differs_and_what_nobody_has_reported(client):
    client.get(f"/en/compare?id={CLOSED}&id={KINDERGARTEN}&id={CLOUD}")
    assert row(client, "Filing") == [
        "Closed April 15, 2021",
        "Filed September 1, 2021",
        "Filed September 14, 2022",
    ]
    assert row(client, "Food")[0] == "Not reported"
    assert row(client, "Vacancies")[1] == "Senior toddler class: full as of September 10, 2026 · 县教育局台账"
    assert row(client, "Telephone") == ["Not reported", "0000-5550314", "0000-5550201"]
    assert not row(client, "Distance")
    heads = [each for each in client.page.all("th") if each.get("scope") == "row"]
    assert all(words(each).endswith("differs") for each in heads)


def test_rows_that_are_the_same_can_be_left_out(client):
    same = [each["id"] for each in filings()[:2]]
    client.get(f"/en/compare?id={same[0]}&id={same[1]}")
    everything = len(client.page.all("tr"))
    assert row(client, "Food") == ["Not reported", "Not reported"]
    client.get(links(client)["Show only what differs"])
    assert len(client.page.all("tr")) < everything
    assert not row(client, "Food")


def test_distances_are_given_from_each_place_and_only_where_the_position_is_known(client):
    vague = next(row["id"] for row in demo_facilities() if row["precision"] == "township")
    client.get(f"/en/compare?id={KINDERGARTEN}&id={vague}&near=36.504,88.493&near2=facility:{CLOUD}")
    exact, unknown = row(client, "Distance")
    assert exact.startswith("My home 0.4 km · Work 0.5 km · together 0.8 km")
    assert unknown == "Known only to its township"


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
@pytest.mark.parametrize("page", ["shortlist", "compare"])
def test_the_pages_hold_in_every_language_and_may_be_kept_by_anybody(client, lang, page):
    five = "&".join(f"id={identity}" for identity in OPEN[:5])
    answer = client.get(f"/{lang}/{page}?{five}&near=36.504,88.493")
    assert answer.headers["Cache-Control"].startswith("public")
    assert not answer.headers.getlist("Set-Cookie")
