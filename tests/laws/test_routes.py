"""Two doors: what anyone may keep, and what is between one reader and us. Every endpoint is listed."""

import csv
from pathlib import Path

import pytest
from sqlalchemy import event

from app.extensions import db
from tests import addresses

LISTED = Path(__file__).with_name("routes.csv")
DOORS = {"public", "private", "staff", "operator"}
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "TRUNCATE")


def listed() -> dict[str, dict[str, str]]:
    with LISTED.open(encoding="utf-8", newline="") as file:
        return {row["endpoint"]: row for row in csv.DictReader(file)}


def present(app) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        found.setdefault(rule.endpoint, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    return found


def test_every_endpoint_is_listed_with_its_door(app):
    new = sorted(set(present(app)) - set(listed()))
    assert not new, f"Add to tests/laws/routes.csv, with the door that each one is: {new}"


def test_no_listed_endpoint_disappears(app):
    gone = sorted(set(listed()) - set(present(app)))
    assert not gone, f"Readers have kept these addresses; redirect them before dropping the line: {gone}"


def test_methods_and_doors_are_as_listed(app):
    rows = listed()
    assert {row["door"] for row in rows.values()} <= DOORS
    for endpoint, methods in present(app).items():
        assert sorted(methods) == sorted(rows[endpoint]["methods"].split("|")), endpoint


def test_a_public_endpoint_takes_only_get():
    posting = [name for name, row in listed().items() if row["door"] == "public" and row["methods"] != "GET"]
    assert not posting, f"Whoever may keep an answer may not send anything: {posting}"


@pytest.fixture
def statements(app):
    found: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        found.append(statement.lstrip().split(None, 1)[0].upper())

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("address", addresses.pages())
def test_get_never_writes_and_public_pages_set_no_cookie(client, statements, address):
    client.lint = False
    response = client.get(f"/zh-Hans{address}")
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    writing = [statement for statement in statements if statement in WRITING]
    assert not writing, f"GET {address} writes to the database: {writing}"
    caching = response.headers["Cache-Control"]
    if listed()[_endpoint(client, response.request.path)]["door"] == "public":
        assert "Set-Cookie" not in response.headers, f"{address} is public and sets a cookie"
        assert caching.startswith("public"), f"{address} is public and cannot be kept"
    else:
        assert caching == "no-store", f"{address} is private and may be kept"


def _endpoint(client, path: str) -> str:
    with client.application.test_request_context(path) as context:
        return context.request.endpoint or ""


def test_the_crawl_reaches_every_public_page(app):
    reached = set()
    for address in addresses.pages():
        with app.test_request_context(f"/zh-Hans{address}") as context:
            reached.add(context.request.endpoint)
    doors = {name: row["door"] for name, row in listed().items()}
    rules = [rule for rule in app.url_map.iter_rules() if "<lang:lang>" in rule.rule]
    spoken = {rule.endpoint for rule in rules if doors.get(rule.endpoint) == "public"}
    files = {"facilities.qr", "facilities.shortlist_qr", "facilities.photo", "events.entry"}
    moved = {"guide.moved"}
    assert spoken - reached - files - moved == set(), "Add an address of these to tests/addresses.py"
