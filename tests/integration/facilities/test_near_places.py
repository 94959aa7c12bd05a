"""Up to three places to measure from: chosen without a script, looked up, summed, refused with a reason."""

import pytest

from tests.addresses import demo_facilities
from tests.page_rules import words

HOME, CLOUD, KINDERGARTEN = "36.504,88.493", "V2BZZGN6", "W6G8XC99"
VAGUE = next(row["id"] for row in demo_facilities() if row["precision"] == "township")
XINGHUA = "990101001"
SVG = "{http://www.w3.org/2000/svg}"


def text(client) -> str:
    return words(next(iter(client.page.root.iter("main"))))


def kilometres(client) -> list[str]:
    """Return what each card says of distances."""
    found = [words(each) for each in client.page.all("p") if each.get("class") == "m"]
    told = [each.removesuffix("Add to list").strip().rpartition(" · ")[2] for each in found]
    return [each for each in told if each.endswith("km")]


def test_a_township_and_a_facility_are_places_like_any_other(client):
    answer = client.get(f"/api/v1/facilities?area=990101&near=area:{XINGHUA}&near2=facility:{CLOUD}&radius=1")
    assert answer.json["count"] > 0
    totals = [each["distance_km"] for each in answer.json["results"]]
    assert totals == sorted(totals)
    assert None not in totals


def test_every_card_names_each_distance_and_their_sum_and_the_nearest_to_all_is_first(client):
    client.get(f"/en/find?area=990101&near={HOME}&near2=facility:{CLOUD}&near3=area:{XINGHUA}")
    shown = kilometres(client)
    assert len(shown) == 20
    assert all(each.count("+") == 2 for each in shown)
    sums = [float(each.partition("≈")[2].removesuffix("km")) for each in shown]
    assert sums == sorted(sums)
    assert (
        "Kilometres: My home + Work (Cloud House Nursery) + The grandparents (Xinghua Subdistrict)"
        in text(client)
    )


def test_near_means_near_to_at_least_one(client):
    def ids(query: str) -> set[str]:
        answer = client.get(f"/api/v1/facilities?area=990101&radius=0.6&{query}")
        assert answer.json["pages"] == 1
        return {each["id"] for each in answer.json["results"]}

    one, other = ids(f"near={HOME}"), ids("near=36.52,88.52")
    assert one
    assert ids(f"near={HOME}&near2=36.52,88.52") == one | other


def test_a_place_is_taken_away_by_its_own_chip(client):
    client.get(f"/en/find?area=990101&near={HOME}&near2=facility:{CLOUD}&sort=distance")
    chips = {
        words(link): link.get("href")
        for each in client.page.root.iter("ul")
        if each.get("class") == "chips"
        for link in each.iter("a")
    }
    assert f"near2=facility:{CLOUD}" not in chips["Remove: Cloud House Nursery, within 3 km"].replace(
        "%3A", ":"
    )
    assert "near=" in chips["Remove: Cloud House Nursery, within 3 km"]
    assert "near2=" in chips["Remove: My home, within 3 km"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("near=90,0", "is not in China"),
        ("near=-89.9,120", "is not in China"),
        ("near=48.85,2.35", "is not in China"),
        ("near2=nan,nan", "A position is a latitude and a longitude"),
        ("near=120.25,29.71", "Did you mean 29.71,120.25?"),
        ("near=29.7,120.2&near=29.8,120.2", "three places at most"),
        ("near=29.7,120.2&near4=29.8,120.2", "three places at most"),
        ("near3=area:199999", "There is no area with the code 199999."),
        ("near3=facility:ZZZZZZZZ", "There is no facility with the number ZZZZZZZZ."),
        (f"near2=facility:{VAGUE}", "The exact position of this facility is not published"),
    ],
)
def test_what_is_no_place_is_explained(client, query, sentence):
    assert client.get(f"/en/find?{query}").status_code == 400
    assert sentence in text(client)
    assert client.get(f"/api/v1/facilities?{query}").status_code == 400


def test_what_is_known_only_to_its_township_stands_apart_and_has_no_distance(client):
    client.get(f"/en/find?area=990101&near={HOME}&care=full-day&view=map")
    apart = next(each for each in client.page.all("p") if each.get("id") == "vague")
    assert "km" not in words(apart)
    links = [link.get("href") for link in apart.iter("a")]
    assert links
    total = 0
    for link in links:
        assert "near=" not in link
        area = link.partition("area=")[2][:9]
        body = client.get(f"/api/v1/facilities?area={area}&care=full-day").json
        total += sum((each["location"] or {}).get("precision") == "township" for each in body["results"])
    said = sum(int(link.tail.strip(" ·\n")) for link in apart.iter("a"))
    assert said == total


def test_the_map_has_the_list_s_numbers_a_mark_for_each_place_and_words_for_those_who_hear_it(client):
    client.get(f"/en/find?area=990101&near={HOME}&near2=facility:{CLOUD}&view=map")
    drawing = next(client.page.root.iter(f"{SVG}svg"))
    listed = [
        item.get("id")
        for each in client.page.root.iter("ol")
        for item in each
        if (item.get("id") or "").isdigit()
    ]
    pins = [
        number
        for link in drawing.iter(f"{SVG}a")
        for number in (link.get("aria-label") or words(link)).split(", ")
    ]
    assert sorted(pins, key=int) == listed
    marks = [words(each) for each in drawing.iter(f"{SVG}text") if each.get("class") == "n"]
    assert marks == ["My home", "Work"]
    spoken = next(each for each in client.page.root.iter("details") if each.get("class") == "more")
    assert words(spoken).startswith("The map in words From: My home")
    assert [words(each) for each in spoken.iter("b")] == listed


def test_places_are_chosen_from_lists_without_a_script(client):
    client.get(f"/en/near?area=990101&care=full-day&near2=facility:{CLOUD}&who=县第一幼儿园")
    form = next(each for each in client.page.root.iter("form") if each.get("action") == "/en/find")
    hidden = [
        (each.get("name"), each.get("value")) for each in form.iter("input") if each.get("type") == "hidden"
    ]
    assert hidden == [("area", "990101"), ("care", "full-day")]
    selects = {each.get("name"): each for each in form.iter("select")}
    assert {"near", "near2", "near3", "radius", "in"} == set(selects)
    offered = {option.get("value") for option in selects["near"].iter("option")}
    assert f"area:{XINGHUA}" in offered
    assert f"facility:{KINDERGARTEN}" in offered
    chosen = [each for each in selects["near2"].iter("option") if each.get("selected") is not None]
    assert [words(each) for each in chosen] == ["Cloud House Nursery"]


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
@pytest.mark.parametrize("query", ["", "?area=6501&in=650102", f"?near={HOME}&near2=nonsense", "?who=zzzzzz"])
def test_the_page_of_places_holds_in_every_language(client, lang, query):
    answer = client.get(f"/{lang}/near{query}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"].startswith("public")
