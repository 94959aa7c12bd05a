"""The numbers of an area's page: recounted one facility at a time from its public record, they agree."""

import csv
import re
from collections import Counter
from datetime import date

import pytest

from app.areas import queries as areas
from app.core import clock
from app.facilities.queries.observed import fields_of
from app.facilities.queries.published import addresses
from app.facilities.queries.supply import opening_soon, supply_of
from app.site.queries.targets import figures
from tests.addresses import CONTENT, DEMO, place_codes

TOWNSHIP = "990101100"
AREAS = (*place_codes(), "650104", TOWNSHIP, "99")


def recount(code: str, today: date) -> list[dict]:
    """Return what each facility of an area that may take children says of itself, from its observations."""
    ids = [identity for identity, _ in addresses(code[:6])]
    found = []
    for said in fields_of(ids, today).values():
        value = {name: known.value for name, known in said.items()}
        township = (value["township"] or {}).get("code")
        if len(code) == 9 and township != code:
            continue
        if value["status"] not in {None, "filed", "rectifying"}:
            continue
        if value["opens_on"] and date.fromisoformat(value["opens_on"]) > today:
            continue
        bands = value["bands"]
        told = [row["places"] for row in bands or []]
        found.append(
            {
                **value,
                "township": township,
                "places": sum(told) if told and None not in told else None,
                "cares": None if value["care"] is None else {row["care"] for row in value["care"]},
            }
        )
    return found


@pytest.mark.parametrize("code", AREAS)
def test_a_count_by_hand_agrees(app, code):
    with app.test_request_context("/en/"):
        today = clock.today()
        here, each = supply_of(code, today), recount(code, today)
        towns = {row.code for child in areas.children(code) for row in (child, *areas.children(child.code))}
        page = figures(code, areas.place_of(code), today)
    told = [one for one in each if one["places"] is not None]
    priced = [one for one in each if one["inclusive"] is not None]
    assert here.facilities == len(each)
    assert (here.places.number, here.places.reported) == (sum(one["places"] for one in told), len(told))
    assert here.inclusive.number == sum(one["inclusive"] is True for one in each)
    assert here.inclusive.reported == len(priced)
    both = [one for one in told if one["inclusive"] is not None]
    assert here.judged_places == sum(one["places"] for one in both)
    assert here.inclusive_places == sum(one["places"] for one in both if one["inclusive"])
    assert here.judged == len(both)
    assert here.demonstration.number == sum(one["demonstration"] is True for one in each)
    assert here.demonstration.reported == sum(one["demonstration"] is not None for one in each)
    assert here.kinds == Counter(one["kind"] or "unknown" for one in each)
    assert here.cares == Counter(care for one in each for care in one["cares"] or ())
    assert here.cares_reported == sum(one["cares"] is not None for one in each)
    assert here.adrift == sum(one["township"] is None for one in each)
    covered = {one["township"] for one in each} - {None}
    assert set(here.townships) == covered
    if len(code) in {4, 6}:
        current = {town for town in towns if len(town) == 9}
        assert page.townships == len(current)
        assert page.covered == len(covered & current)
    else:
        assert page.townships == 0


def figures_table(client, code: str):
    client.get(f"/en/areas/{code}")
    return next(t for t in client.page.all("table") if "figures" in (t.get("class") or ""))


def cells(client, code: str) -> list[str]:
    return [" ".join("".join(cell.itertext()).split()) for cell in figures_table(client, code).iter("td")]


def test_the_page_shows_these_numbers(client):
    with client.application.test_request_context("/en/"):
        here = supply_of(DEMO, clock.today())
    with (CONTENT / "places" / DEMO / "population.csv").open(encoding="utf-8", newline="") as file:
        people = {(row["area"], row["year"]): int(row["figure"]) for row in csv.DictReader(file)}
    rate = here.places.number * 100_000 // people[DEMO, "2025"] / 100
    share = here.inclusive_places * 1000 // here.judged_places / 10
    shown = cells(client, DEMO)
    assert shown[:6] == [
        str(here.facilities), f"{here.places.number:,}", f"{rate:g}", f"{share:g}%",
        str(here.inclusive.number), str(here.demonstration.number),
    ]  # fmt: skip


def test_what_nobody_has_reported_or_written_down_is_no_number(client):
    shown = cells(client, "330681")
    assert shown[1:6] == ["Not reported", "No data", "Not reported", "Not reported", "Not reported"]
    assert "0" not in shown


def test_each_number_says_how_it_was_counted(client):
    table = figures_table(client, DEMO)
    heads = [head for head in table.iter("th") if head.get("scope") == "row"]
    said = ["".join(part.itertext()).strip() for head in heads for part in head.iter("div")]
    assert len(said) == len(heads) == 8
    assert all(said)


def test_the_drawing_has_the_numbers_of_the_table(client):
    client.get(f"/en/areas/{DEMO}")
    drawn = re.findall(r"<text[^>]*>([^<]*)</text>", client.page.html.decode())
    table = ["".join(cell.itertext()).split("\n")[0].strip() for cell in client.page.all("td")]
    numbers = [re.sub(r"^.*?: ", "", words) for words in drawn if ":" in words]
    assert len(numbers) > 10
    assert [number for number in numbers if not any(number in cell for cell in table)] == []


def test_a_place_that_opens_later_is_announced_and_not_counted(app):
    with app.test_request_context("/en/"):
        today = clock.today()
        soon = opening_soon(DEMO, today)
        after = max(card.opens_on for card in soon)
        assert soon
        assert [card.opens_on for card in soon] == sorted(card.opens_on for card in soon)
        filed = [card for card in soon if card.status == "filed"]
        assert supply_of(DEMO, after).facilities == supply_of(DEMO, today).facilities + len(filed)
        assert opening_soon(DEMO, after) == []
