"""Announcing, booking, giving back and counting, through the pages, on both databases."""

import re
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from icalendar import Calendar
from sqlalchemy import func, select

from app.core import clock
from app.core.audit import Audit
from app.events import tasks
from app.events.model import Booking, Event
from app.events.rules.vocabulary import State
from app.events.service import booking as service
from app.events.service.booking import Asked, NotBooked
from app.events.service.shipped import load_shipped
from app.extensions import db
from tests.addresses import CONTENT, DEMO, rows
from tests.factories.accounts import form_token, sign_in
from tests.factories.cases import at

EVENTS = rows(f"places/{DEMO}/events/events.csv")
CLASS = next(each for each in EVENTS if each["title_en"] == "First foods")["id"]
VISIT = next(each for each in EVENTS if each["kind"] == "visit")["id"]
TALK = next(each for each in EVENTS if each["kind"] == "talk" and each["starts"] > "2026-12")["id"]
OFF = next(each for each in EVENTS if each["status"] == "cancelled")["id"]
NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
WORKER, ELSEWHERE, LEAD = "demo-worker-1", "demo-worker-3", "demo-lead"


@pytest.fixture
def reader(fresh_app):
    return fresh_app.test_client()


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]


def form_of(reader, event: str) -> dict[str, str]:
    """Open the form of an event as somebody who then reads it for a while."""
    page = reader.get(f"/en/events/{event}/book").text
    return {name: hidden(page, name) for name in ("csrf_token", "token", "shown")} | {"website": ""}


def book(reader, event: str, **more: str):
    with at(NOW):
        form = form_of(reader, event)
    with at(NOW + timedelta(seconds=20)):
        return reader.post(f"/en/events/{event}/book", data={**form, "adults": "1", "children": "1", **more})


def code_of(answer) -> str:
    return "".join(re.findall(r"<span>(\d{4})</span>", answer.text))


def test_a_place_is_booked_opened_with_its_code_and_given_back(fresh_app, reader):
    answer = book(reader, CLASS)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "11 places left" in reader.get(f"/en/events/{CLASS}").text
    other = fresh_app.test_client()
    with at(NOW):
        token = form_token(other, "/en/events/booking")
        wrong = other.post("/en/events/booking", data={"csrf_token": token, "code": "1" * 12})
        assert wrong.status_code == 400
        right = other.post("/en/events/booking", data={"csrf_token": token, "code": code_of(answer)})
        assert right.status_code == 303
        page = other.get("/en/events/booking")
        assert "You have a place" in page.text
        token = hidden(page.text, "csrf_token")
        other.post("/en/events/booking/cancel", data={"csrf_token": token})
        assert "You gave the place back" in other.get("/en/events/booking").text
    assert "12 places left" in reader.get(f"/en/events/{CLASS}").text


def test_the_same_form_twice_is_one_booking_with_one_code(fresh_app, reader):
    with at(NOW):
        form = {**form_of(reader, CLASS), "adults": "2", "children": "1"}
    with at(NOW + timedelta(seconds=20)):
        answers = [reader.post(f"/en/events/{CLASS}/book", data=form) for _each in range(2)]
    assert code_of(answers[0]) == code_of(answers[1])
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Booking)) == 1


def test_a_home_visit_asks_for_a_number_and_keeps_it_sealed(fresh_app, reader):
    refused = book(reader, VISIT)
    assert refused.status_code == 400
    assert "write a telephone number" in refused.text
    assert book(reader, VISIT, telephone="13800000000").status_code == 200
    with fresh_app.app_context():
        kept = db.session.scalars(select(Booking)).one()
        assert b"13800000000" not in kept.telephone
        assert len(kept.code) > 30


@pytest.mark.parametrize("event", [TALK, OFF])
def test_what_cannot_be_booked_says_why(reader, event):
    with at(NOW):
        page = reader.get(f"/en/events/{event}/book").text
    assert "<form method=post" not in page.replace('"', "")
    assert "everybody may come" in page or "called off" in page


def test_more_than_there_are_places_wait_and_move_up(fresh_app):
    with fresh_app.app_context(), at(NOW):
        made = [service.book(Asked(VISIT, f"{number:032d}", 1, 1, "13800000000")) for number in range(12)]
        assert [each.state for each in made].count(State.BOOKED) == 6
        with pytest.raises(NotBooked):
            service.book(Asked(VISIT, "x" * 32, 1, 1, "13800000000"))
        service.cancel(service.find(made[0].code))
        states = [db.session.get(Booking, service.find(each.code)).state for each in made]
        assert states[6] == State.BOOKED
        assert states[7:] == [State.WAITING] * 5
        assert db.session.get(Booking, service.find(made[0].code)).telephone is None


def test_many_at_once_never_get_more_places_than_there_are(fresh_app):
    def ask(number: int) -> None:
        with fresh_app.app_context():
            service.book(Asked(VISIT, f"{number:032d}", 1, 1, "13800000000"))

    with at(NOW):
        threads = [Thread(target=ask, args=(number,)) for number in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with fresh_app.app_context():
        states = list(db.session.scalars(select(Booking.state)))
    assert len(states) == 10
    assert states.count(State.BOOKED) == 6


def test_numbers_are_erased_thirty_days_after(fresh_app):
    with fresh_app.app_context():
        with at(NOW):
            service.book(Asked(VISIT, "1" * 32, 1, 1, "13800000000"))
        ends = db.session.get(Event, VISIT).ends_at
        with at(ends + timedelta(days=29)):
            assert tasks.forget() == 0
        with at(ends + timedelta(days=31)):
            assert tasks.forget() == 1
        assert db.session.scalar(select(func.count()).select_from(Booking)) == 0


def test_the_calendar_entry_is_valid_and_keeps_its_uid(fresh_app, reader):
    found = Calendar.from_ical(reader.get(f"/ug/events/{CLASS}.ics").data)
    entry = next(iter(found.walk("VEVENT")))
    assert entry["UID"] == f"event-{CLASS}@tuoyu"
    assert entry["SEQUENCE"] == 0
    assert entry.decoded("DTSTART") == datetime(2026, 12, 5, 6, tzinfo=UTC)
    assert all(len(line) <= 75 for line in reader.get(f"/ug/events/{CLASS}.ics").data.split(b"\r\n"))
    cancelled = next(iter(Calendar.from_ical(reader.get(f"/en/events/{OFF}.ics").data).walk("VEVENT")))
    assert cancelled["STATUS"] == "CANCELLED"


def desk_form(**more: str) -> dict[str, str]:
    return {
        "kind": "family", "topic": "play", "township": "990101001", "title_zh": "冬天的游戏",
        "venue_zh": "文化站", "day": "2026-12-20", "starts": "10:00", "ends": "11:30",
        "places": "5", "languages": "zh", **more,
    }  # fmt: skip


def test_a_worker_announces_changes_counts_and_another_area_sees_nothing(fresh_app, reader):
    desk = fresh_app.test_client()
    with at(NOW):
        sign_in(desk, WORKER)
        token = form_token(desk, "/en/staff/events/new")
        made = desk.post("/en/staff/events/new", data=desk_form(csrf_token=token))
        assert made.status_code == 303, made.text
        identity = made.location.rsplit("/", 1)[1]
        assert "冬天的游戏" in reader.get("/zh-Hans/events?area=990101&month=2026-12").text
        bad = desk.post("/en/staff/events/new", data=desk_form(csrf_token=token, ends="09:00", title_zh=""))
        assert bad.status_code == 400
        assert "It must end later than it begins." in bad.text
        early = desk.post(
            f"/en/staff/events/{identity}/count",
            data={"csrf_token": token, "sequence": "0", "families": "3", "children": "4"},
        )
        assert early.status_code == 409
        stale = desk.post(
            f"/en/staff/events/{identity}/edit", data=desk_form(csrf_token=token, sequence="7", title_zh="别")
        )
        assert stale.status_code == 409
        assert 'value="别"' in stale.text
        elsewhere = fresh_app.test_client()
        sign_in(elsewhere, ELSEWHERE)
        assert elsewhere.get(f"/en/staff/events/{identity}").status_code == 404
    with at(datetime(2026, 12, 20, 4, tzinfo=UTC)):
        sign_in(desk, WORKER)
        token = form_token(desk, f"/en/staff/events/{identity}")
        counted = desk.post(
            f"/en/staff/events/{identity}/count",
            data={"csrf_token": token, "sequence": "0", "families": "3", "children": "4"},
        )
        assert counted.status_code == 303
        assert "3 families came" in reader.get("/en/events?area=990101&past=1").text


@pytest.mark.parametrize("path", ["new", "{id}/edit", "{id}/cancel", "{id}/count"])
def test_what_was_typed_of_an_event_comes_back_when_the_session_has_ended(fresh_app, path):
    reader = fresh_app.test_client()
    token = form_token(reader, "/en/staff/sign-in")
    address = f"/en/staff/events/{path.format(id=EVENTS[0]['id'])}"
    answer = reader.post(address, data={"csrf_token": token, "title_zh": "写了很久的活动", "sequence": "1"})
    assert answer.status_code == 400
    assert 'name="title_zh"' in answer.text
    assert "写了很久的活动" in answer.text
    assert f'action="{address}"' in answer.text


def test_reading_numbers_is_written_down(fresh_app):
    with fresh_app.app_context(), at(NOW):
        service.book(Asked(VISIT, "1" * 32, 1, 1, "13800000000"))
    desk = fresh_app.test_client()
    with at(NOW):
        sign_in(desk, LEAD)
        assert "13800000000" in desk.get(f"/en/staff/events/{VISIT}").text
    with fresh_app.app_context():
        read = select(func.count()).select_from(Audit).where(Audit.action == "event.bookings-read")
        assert db.session.scalar(read) == 1


def test_loading_again_keeps_bookings_and_what_was_decided(fresh_app):
    with fresh_app.app_context(), at(NOW):
        service.book(Asked(CLASS, "1" * 32, 1, 1))
        assert load_shipped(CONTENT).changed is False
        db.session.execute(Event.__table__.update().where(Event.id == CLASS).values(status="cancelled"))
        db.session.execute(db.text("DELETE FROM content_load WHERE name = 'events'"))
        db.session.commit()
        assert load_shipped(CONTENT).changed is True
        assert db.session.get(Event, CLASS).status == "cancelled"
        assert db.session.scalar(select(func.count()).select_from(Booking)) == 1


def test_events_that_are_over_leave_the_list_by_the_clock(reader):
    with at(NOW):
        assert "First foods" in reader.get("/en/events?area=990101").text
    with at(clock.now().replace(year=2028)):
        assert "Nothing is announced" in reader.get("/en/events?area=990101").text
