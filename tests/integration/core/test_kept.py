"""A public answer has an ETag known before the work is done, and an edit is seen everywhere at once."""

from datetime import datetime, timedelta

import pytest

from app import create_app
from app.core import clock, kept
from app.core.db import touch_data
from app.extensions import db
from tests.addresses import DEMO, pages
from tests.factories.cases import at
from tests.factories.facilities import make_facility, say
from tests.laws.test_routes import listed
from tests.sites import program

FIND = "/zh-Hans/find?area=330681"
FILES = (
    "/robots.txt", "/sitemap.xml", "/sitemap/pages.xml", "/sitemap/330681.xml",
    "/data/schema.json", "/data/datapackage.json", f"/data/{DEMO}/facilities.csv", f"/data/{DEMO}/fees.csv",
    f"/data/{DEMO}/facilities.jsonl", f"/data/{DEMO}/facilities.geojson", f"/data/stats.csv?area={DEMO}",
    "/api/v1/facilities?area=330681", "/api/v1/facilities/V2BZZGN6", f"/api/v1/areas/{DEMO}",
    "/api/v1/openapi.json", "/zh-Hans/facilities/V2BZZGN6/qr.png",
    "/zh-Hans/shortlist/qr.png?id=V2BZZGN6&id=W6G8XC99", "/ug/events/8VDW5NMT.ics", "/worker.js",
)  # fmt: skip
"""Addresses of public answers that are no pages."""


def public(app) -> list[str]:
    doors = {name: row["door"] for name, row in listed().items()}
    found = []
    for address in (*(f"/zh-Hans{page}" for page in pages()), *FILES):
        with app.test_request_context(address) as context:
            if doors[context.request.endpoint] == "public":
                found.append(address)
    return found


@pytest.fixture
def counted(fresh_app, monkeypatch):
    """How often the finder's page was made."""
    made = []
    view = fresh_app.view_functions["facilities.find"]
    monkeypatch.setitem(
        fresh_app.view_functions, "facilities.find", lambda **values: made.append(1) or view(**values)
    )
    return made


def test_every_public_answer_has_an_etag_and_no_cookie_and_is_not_sent_twice(app):
    client = app.test_client()
    client.lint = False
    for address in public(app):
        first = client.get(address, buffered=True)
        assert first.status_code == 200, address
        assert first.headers["Cache-Control"].startswith("public"), address
        assert "stale-while-revalidate" in first.headers["Cache-Control"], address
        assert {"Accept-Encoding", "Cookie"} <= set(first.headers["Vary"].split(", ")), address
        assert "Set-Cookie" not in first.headers, address
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), address
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Cache-Control"].startswith("public"), address


def test_the_law_looks_at_every_public_endpoint(app):
    seen = set()
    for address in public(app):
        with app.test_request_context(address) as context:
            seen.add(context.request.endpoint)
    elsewhere = {"site.root", "site.favicon", "open_data.root", "static_asset", "guide.moved"}
    elsewhere |= {"facilities.photo"}  # the fictional county ships none: see test_counter_records_photos.py
    wanted = {name for name, row in listed().items() if row["door"] == "public"}
    assert wanted - seen - elsewhere == set(), "Add an address to tests/addresses.py or to FILES"


def test_no_private_page_has_an_etag(client):
    client.lint = False
    for address in ("/zh-Hans/report", "/zh-Hans/track", "/zh-Hans/view", "/zh-Hans/staff/sign-in"):
        assert "ETag" not in client.get(address).headers


def test_a_repeated_page_is_not_made_again(fresh_app, counted):
    client = fresh_app.test_client()
    first, second = client.get(FIND), client.get(FIND)
    assert len(counted) == 1
    assert first.data == second.data
    assert dict(first.headers) == dict(second.headers)


@pytest.mark.parametrize("packing", ["br", "gzip", "identity"])
def test_each_packing_is_kept_apart(fresh_app, counted, packing):
    client = fresh_app.test_client()
    client.lint = False
    client.get(FIND, headers={"Accept-Encoding": "br" if packing != "br" else "gzip"})
    answers = [client.get(FIND, headers={"Accept-Encoding": packing}) for _ in range(2)]
    assert len(counted) == 2
    for answer in answers:
        assert answer.content_encoding == (None if packing == "identity" else packing)
        assert answer.data == answers[0].data


def test_an_edit_is_seen_at_once_by_every_process(fresh_app):
    other_settings = fresh_app.extensions["settings"]
    with program(other_settings) as other:
        readers = [fresh_app.test_client(), other.test_client()]
        with fresh_app.app_context():
            identity = make_facility(phone="0571-11111111")
        address = f"/zh-Hans/facilities/{identity}"
        tags = [reader.get(address).headers["ETag"] for reader in readers]
        assert tags[0] == tags[1], "processes that run the same program give the same answer"
        with fresh_app.app_context():
            say(identity, phone="0571-22222222", day=clock.today())
        for reader, tag in zip(readers, tags, strict=True):
            answer = reader.get(address, headers={"If-None-Match": tag})
            assert answer.status_code == 200
            assert "0571-22222222" in answer.text


def test_a_reader_s_view_is_part_of_the_answer(fresh_app, counted):
    client = fresh_app.test_client()
    plain = client.get(FIND).headers["ETag"]
    client.set_cookie("view", "xl.contrast.wide")
    large = client.get(FIND)
    assert large.headers["ETag"] != plain
    assert 'data-size="xl"' in large.text
    client.set_cookie("view", "nonsense")
    assert client.get(FIND).headers["ETag"] == plain
    assert len(counted) == 2


def test_the_session_of_somebody_signed_in_changes_nothing(fresh_app):
    from tests.factories.accounts import sign_in

    client = fresh_app.test_client()
    before = client.get(FIND).data
    sign_in(client, "demo-lead")
    answer = client.get(FIND)
    assert answer.data == before
    assert "Set-Cookie" not in answer.headers


def test_an_answer_holds_until_midnight_and_no_longer(fresh_app, counted):
    client = fresh_app.test_client()
    late = datetime(2026, 11, 20, 23, 59, 30, tzinfo=clock.ZONE)
    with at(late):
        first = client.get(FIND)
        assert first.cache_control.max_age == 30
    with at(late + timedelta(seconds=31)):
        answer = client.get(FIND, headers={"If-None-Match": first.headers["ETag"]})
        assert answer.status_code == 200
        assert answer.headers["ETag"] != first.headers["ETag"]
    assert len(counted) == 2


def test_a_page_may_say_that_it_holds_for_less(fresh_app, monkeypatch):
    client = fresh_app.test_client()
    noon = datetime(2026, 11, 20, 12, 0, tzinfo=clock.ZONE)
    view = fresh_app.view_functions["facilities.find"]

    def brief(**values):
        kept.until(noon + timedelta(minutes=5))
        kept.until(noon + timedelta(minutes=9))
        return view(**values)

    monkeypatch.setitem(fresh_app.view_functions, "facilities.find", brief)
    with at(noon):
        first = client.get(FIND)
        assert (first.cache_control.max_age, first.cache_control.stale_while_revalidate) == (60, 240)
        tag = first.headers["ETag"]
    with at(noon + timedelta(minutes=4)):
        assert client.get(FIND, headers={"If-None-Match": tag}).status_code == 304
        assert client.get(FIND).headers["ETag"] == tag
    with at(noon + timedelta(minutes=5)):
        assert client.get(FIND, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "shown", ["*", '"x"', 'W/"00-ffffffffffff"', "W/", '"-"', 'W/"a-fffffffffffffffffffffffff"', "x" * 5000]
)
def test_a_tag_that_was_never_given_out_proves_nothing(client, shown):
    assert client.get(FIND, headers={"If-None-Match": shown}).status_code == 200


def test_one_of_several_tags_is_enough(client):
    tag = client.get(FIND).headers["ETag"]
    assert client.get(FIND, headers={"If-None-Match": f'"old", {tag}'}).status_code == 304


def test_a_page_that_names_a_position_is_not_kept_in_memory(fresh_app, counted):
    client = fresh_app.test_client()
    shelf = fresh_app.extensions["kept"]
    numbers = "/zh-Hans/verify?q=110101199003070003", "/zh-Hans/find?q=%E8%AF%81110101199003070003"
    for address in (f"{FIND}&near=29.711,120.242&radius=3", *numbers):
        client.get(address)
        tag = client.get(address).headers.get("ETag")
        assert tag
    assert len(counted) == 4
    client.get("/api/v1/facilities?area=330681&near=29.7112,120.2423")
    assert len(shelf) == 0


def test_errors_are_not_kept(fresh_app):
    client = fresh_app.test_client()
    for address in ("/zh-Hans/find?age=99", "/zh-Hans/nowhere", "/data/77/fees.csv"):
        answer = client.get(address)
        assert "ETag" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_place_that_opens_its_inbox_is_seen_at_once(fresh_app):
    from app.cases.service.inboxes import set_inbox

    client = fresh_app.test_client()
    before = client.get("/zh-Hans/areas/330681").headers["ETag"]
    with fresh_app.app_context():
        set_inbox("330681", is_open=True)
    assert client.get("/zh-Hans/areas/330681").headers["ETag"] != before


def test_without_a_database_nothing_is_answered_from_memory(fresh_app, monkeypatch):
    from sqlalchemy.exc import OperationalError

    client = fresh_app.test_client()
    client.get("/healthz")

    def away(_engine: object) -> int:
        raise OperationalError("", None, Exception())

    monkeypatch.setattr(kept, "present_version", away)
    answer = client.get(FIND)
    assert answer.status_code == 200, "the page itself found the database again"
    assert "ETag" not in answer.headers


def test_head_says_what_get_says(client):
    got = client.get(FIND)
    client.lint = False
    head = client.head(FIND)
    assert head.data == b""
    assert head.headers["ETag"] == got.headers["ETag"]
    assert head.headers["Content-Length"] == got.headers["Content-Length"]


def test_the_program_s_version_is_part_of_the_tag(fresh_app):
    import dataclasses

    from app.settings import Brand

    changed = dataclasses.replace(fresh_app.extensions["settings"], brand=Brand(sponsor="某局"))
    before = fresh_app.test_client().get(FIND).headers["ETag"]
    with program(changed) as other:
        assert other.test_client().get(FIND).headers["ETag"] != before


def test_an_address_reached_by_another_name_is_another_answer(client):
    one = client.get(FIND)
    other = client.get(FIND, headers={"Host": "127.0.0.1"})
    assert one.headers["ETag"] != other.headers["ETag"]
    assert 'rel=canonical href="http://127.0.0.1/' in other.text


def test_a_change_that_is_taken_back_changes_nothing(fresh_app):
    client = fresh_app.test_client()
    before = client.get(FIND).headers["ETag"]
    with fresh_app.app_context():
        touch_data()
        db.session.rollback()
    assert client.get(FIND).headers["ETag"] == before


def test_the_shelf_is_bounded_and_the_least_asked_for_leave():
    shelf = kept.Shelf(room=300)
    for name in (b"a", b"b", b"c"):
        shelf.put(name, kept.Kept(b"x" * 100, (), 10.0))
    assert shelf.get(b"a", 0.0)
    shelf.put(b"d", kept.Kept(b"x" * 100, (), 10.0))
    assert [bool(shelf.get(name, 0.0)) for name in (b"a", b"b", b"c", b"d")] == [True, False, True, True]
    shelf.put(b"e", kept.Kept(b"x" * (kept.LARGEST + 1), (), 10.0))
    assert shelf.get(b"e", 0.0) is None
    assert shelf.get(b"a", 10.0) is None, "its time is over"
    assert len(shelf) == 3


def test_create_app_is_the_same_program_twice(fresh_app):
    again = create_app(fresh_app.extensions["settings"])
    client = again.test_client()
    tag = fresh_app.test_client().get(FIND).headers["ETag"]
    assert client.get(FIND, headers={"If-None-Match": tag}).status_code == 304
    with again.app_context():
        db.engine.dispose()
