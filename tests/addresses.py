"""Addresses of every kind of public page, without their language: what tests and the browser walk through."""

import csv
import tomllib
from functools import cache

from app.core import clock
from tests.sites import ROOT

CONTENT = ROOT / "content"
DEMO = "990101"
AHEAD = f"{clock.today().year + 1}-03"
"""A month in which care may start."""


def rows(path: str) -> list[dict[str, str]]:
    """Return the rows of a content file."""
    with (CONTENT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def place_codes() -> tuple[str, ...]:
    """Return the codes of the places that run the site, the fictional one among them."""
    return tuple(sorted(path.parent.name for path in CONTENT.glob("places/*/place.toml")))


@cache
def place_names() -> dict[str, dict[str, str]]:
    """Return the names of those places by code and language."""
    return {
        code: tomllib.loads((CONTENT / "places" / code / "place.toml").read_text("utf-8"))["name"]
        for code in place_codes()
    }


@cache
def demo_facilities() -> list[dict[str, str]]:
    """Return the facilities of the fictional county."""
    return rows(f"places/{DEMO}/facilities/facilities.csv")


@cache
def filings() -> list[dict[str, str]]:
    """Return the rows of the shipped register."""
    return rows("register/filings.csv")


@cache
def pages() -> tuple[str, ...]:
    """Return the address of every kind of public page and state, as they follow the language."""
    demo, filed = demo_facilities(), filings()
    by_status = {facility["status"]: facility["id"] for facility in demo}
    townships = sorted({facility["township"] for facility in demo if facility["township"]})
    alias = next(filing for filing in filed if filing["alias"])
    return (
        "/", "/view", "/privacy", "/minors", "/accessibility", "/sources", "/data", "/guide", "/track",
        "/report", "/report?area=330681", "/report/purpose", "/report/purpose?purpose=suggestion",
        f"/report?facility={demo[0]['id']}", f"/report/purpose?facility={demo[0]['id']}",
        "/staff/sign-in",
        *(f"/areas/{code}" for code in place_codes()),
        f"/areas/{townships[0]}", "/areas/99", "/areas/11",
        *finder_pages(townships[0]),
        *(f"/facilities/{identity}" for identity in sorted(by_status.values())),
        f"/facilities/{filed[0]['id']}", f"/facilities/{alias['id']}",
        *correction_pages(),
        "/stats", f"/stats?area={DEMO}", f"/stats?area={DEMO}&period=2026-Q1",
        "/verify", f"/verify?q={filed[0]['credit_code']}", "/verify?q=91330681MA2XXXXX12",
        "/verify?q=110101199003070003", f"/verify?q={filed[0]['name']}", f"/verify?q={alias['alias'][:4]}",
        "/verify?q=nothing-is-called-this",
        *tool_pages(),
        *card_pages(),
        *guide_pages(),
        *list_pages(demo[0]["id"], demo[1]["id"], demo[2]["id"]),
        *event_pages(),
    )  # fmt: skip


def guide_pages() -> tuple[str, ...]:
    """Return the guidance by age and topic, texts of every kind, what is said of them, and searches."""
    return (
        "/guide?age=7", "/guide?band=b0", "/guide/age", "/guide/topics/nutrition", "/guide/topics/policy",
        "/guide/first-foods", "/guide/choking-foods", "/guide/leave", "/guide/leave?area=330681",
        "/guide/leave?area=110115", "/guide/policy-650100", "/guide/growth-curve",
        "/guide/first-foods/say", "/guide/first-foods/say?about=translation", "/guide/first-foods/say?done=1",
        "/policies", "/policies?area=650100", f"/policies?area={DEMO}",
        "/guide/coverage", "/guide/numbers", "/guide/numbers/nutrition", "/guide/numbers/nutrition?page=2",
        "/guide/search", "/guide/search?q=%E8%BE%85%E9%A3%9F", "/guide/search?q=yemek",
        "/search", "/search?q=%E6%89%98%E8%82%B2", "/search?q=zzzzqqqq",
    )  # fmt: skip


def tool_pages() -> tuple[str, ...]:
    """Return the tools of guidance, asked and unasked, as far as an address can ask them."""
    return (
        "/tools", "/tools/vaccines", "/tools/checks", "/tools/growth",
        "/tools/portions",
        "/tools/warning-signs", "/tools/warning-signs?age=1", "/tools/warning-signs?age=19", "/tools/ratio",
        "/tools/ratio?class=infant&children=12&carers=3",
        "/tools/ratio?class=mixed&children=18&carers=2",
    )  # fmt: skip


def card_pages() -> tuple[str, ...]:
    """Return the emergency cards, what stands in for a page that cannot be reached, and leaflets."""
    return (
        "/cards", "/cards/choking", "/cards/abuse", "/cards/danger-signs", "/offline",
        "/guide/first-foods/leaflet", "/guide/car-seat/leaflet", "/guide/danger-signs/leaflet?with=ug",
    )  # fmt: skip


def correction_pages() -> tuple[str, ...]:
    """Return the history of a facility, and the forms that propose a fact of it."""
    facility = f"/facilities/{demo_facilities()[1]['id']}"
    asked = ("phone", "opening", "holidays", "care", "fees", "food", "status")
    return (
        f"{facility}/history", f"/facilities/{filings()[0]['id']}/history",
        f"{facility}/correct", f"{facility}/correct?done=1", f"/facilities/{filings()[0]['id']}/correct",
        *(f"{facility}/correct?field={field}" for field in asked),
    )  # fmt: skip


def event_pages() -> tuple[str, ...]:
    """Return lists of events, one of each state, the forms of a booking, and the experts."""
    events = rows(f"places/{DEMO}/events/events.csv")
    kinds = {
        (event["status"], event["families"] != "", bool(event["places"])): event["id"] for event in events
    }
    open_one = next(event["id"] for event in events if event["kind"] == "visit")
    return (
        "/events", f"/events?area={DEMO}", f"/events?area={DEMO}&past=1", "/events?area=330681&kind=visit",
        f"/events?area={DEMO}&language=ug&month=2027-01",
        *(f"/events/{each}" for each in sorted(kinds.values())),
        f"/events/{open_one}/book", "/events/booking", "/experts",
        f"/experts?area={DEMO}&topic=play&language=ug",
    )  # fmt: skip


def list_pages(*ids: str) -> tuple[str, ...]:
    """Return pages about a family's own choice: lists, comparisons, places, sheets to print."""
    several = "&".join(f"id={each}" for each in ids)
    family = "days=3&hours=4&age=20&near=36.504,88.493&near2=area:990101002"
    return (
        "/shortlist", f"/shortlist?{several}&id=ZZZZZZZZ&area={DEMO}&{family}",
        "/compare", f"/compare?{several}&{family}", f"/compare?{several}&only=differences",
        "/near", f"/near?area={DEMO}&{family}",
        f"/find?area={DEMO}&list={ids[0]}",
        f"/facilities/{ids[1]}/visit", f"/facilities/{ids[1]}/poster",
    )  # fmt: skip


def finder_pages(township: str) -> tuple[str, ...]:
    """Return questions to the finder: none, one, many filters, no answer, map, last page."""
    return (
        "/find", f"/find?area={DEMO}", f"/find?area={DEMO}&view=map", f"/find?area={township}",
        "/find?area=330681&page=2", "/find?q=%E6%89%98%E8%82%B2&sort=relevance",
        f"/find?area={DEMO}&age=18&care=full-day&care=hourly&inclusive=1&vacancy=1&max_price=2000&open_from=07:30",
        f"/find?area={DEMO}&food=halal&needs=wheelchair&language=ug&unknown=show&sort=price",
        f"/find?area={DEMO}&near=36.504,88.493&radius=5&sort=distance",
        "/find?q=zzzzqqqq&area=330681&kind=medical",
        f"/find?area={DEMO}&care=half-day&care=hourly&days=3&hours=4&age=20&sort=cost",
        f"/find?area={DEMO}&days=5&hours=9&meals=1&max_cost=1500&start={AHEAD}&age=26&unknown=show&why=1",
        f"/facilities/{demo_facilities()[2]['id']}?days=3&hours=4&age=20&meals=1&start={AHEAD}",
        "/tools/cost", "/tools/cost?days=3&hours=4&hour=28&half=1380&full=2780&meal=18&meals=1&age=20",
        "/tools/age?back=find&area=990101&days=3&hours=4",
    )  # fmt: skip


def wrong() -> tuple[str, ...]:
    """Return addresses that must be answered with a page of the site saying what is wrong."""
    return (
        "/nothing-here", "/areas/77", "/areas/abc", "/facilities/ZZZZZZZZ", "/find?age=99",
        "/find?days=9&hours=25&area=330681", "/tools/cost?days=0&hours=x&hour=-1",
        "/find?sort=prettiest", "/find?page=9999", "/find?area=000000", "/find?max_price=-1&care=x&near=1",
        "/stats?area=77&period=2026-13", "/tools/ratio?class=x&children=0&carers=many",
        "/guide?age=40", "/guide?band=b77", "/guide/nothing-of-this-name", "/guide/topics/cars",
        "/guide/numbers/weather",
    )  # fmt: skip


@cache
def layouts() -> tuple[str, ...]:
    """Return the pages that differ in how they are laid out: what the browser walks through."""
    states_of_one_page = (
        "/verify?q=91",
        "/verify?q=1",
        "/areas/11",
        "/areas/3404",
        "/areas/530115",
        "/areas/110115",
    )
    return tuple(each for each in pages() if not each.startswith(states_of_one_page))
