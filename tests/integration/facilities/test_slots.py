"""Places free for a day: one tap puts them on the public page, another or the clock takes them off."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.audit import Audit
from app.extensions import db
from app.facilities import tasks
from app.facilities.model import Facility, Observed, Slot
from tests.factories.accounts import form_token, sign_in
from tests.factories.cases import at

SHOP, OTHERS, CLOSED, LATER = "V2BZZGN6", "0ECSHKN2", "Y29DQZ33", "RVCCRFEC"
PROVIDER, WORKER, ELSEWHERE = "demo-provider-1", "demo-worker-1", "demo-worker-3"
MORNING = datetime(2026, 11, 24, 0, 12, tzinfo=UTC)
"""12 past 8 in the country, a Tuesday."""
DESK = "/en/staff/slots"


@pytest.fixture
def reader(fresh_app):
    return fresh_app.test_client()


@pytest.fixture
def desk(fresh_app):
    return fresh_app.test_client()


def tap(desk, facility: str, do: str, **more: str):
    token = form_token(desk, "/en/staff/me")
    return desk.post(f"{DESK}/{facility}/tap", data={"csrf_token": token, "do": do, **more})


def slots(app) -> list[Slot]:
    with app.app_context():
        return list(db.session.scalars(select(Slot).order_by(Slot.id)))


def test_one_tap_is_on_the_page_and_in_the_list_until_its_hour(fresh_app, reader, desk):
    with at(MORNING):
        sign_in(desk, PROVIDER)
        assert "Today: 2 places free" not in reader.get(f"/en/facilities/{SHOP}").text
        assert 'value="today:2"' in desk.get(DESK).text
        assert tap(desk, SHOP, "today:2").location.endswith(f"#f-{SHOP}")
        page = reader.get(f"/en/facilities/{SHOP}").text
        assert "Today: 2 places free" in page
        assert "Said by: The facility" in page
        assert "2026-11-24T08:12" in page
        assert "2 places free" in reader.get("/en/find?area=990101001").text
    with at(MORNING + timedelta(hours=9, minutes=47)):
        assert "Today: 2 places free" in reader.get(f"/en/facilities/{SHOP}").text
    with at(MORNING + timedelta(hours=9, minutes=48)):
        assert "places free</strong>" not in reader.get(f"/en/facilities/{SHOP}").text
        assert "2 places free" not in reader.get("/en/find?area=990101001").text


def test_a_kept_page_ends_with_its_offer(fresh_app, reader, desk):
    with at(MORNING + timedelta(hours=9, minutes=47, seconds=30)):
        sign_in(desk, PROVIDER)
        tap(desk, SHOP, "today:1")
        assert reader.get(f"/en/facilities/{SHOP}").cache_control.max_age == 30


def test_saying_it_again_replaces_it_and_a_tap_takes_it_back(fresh_app, reader, desk):
    with at(MORNING):
        sign_in(desk, PROVIDER)
        for do in ("today:2", "today:1", "tomorrow:3"):
            assert tap(desk, SHOP, do).status_code == 303
        today, tomorrow = slots(fresh_app)
        assert (today.places, tomorrow.places) == (1, 3)
        tap(desk, SHOP, f"back:{today.id}")
        assert [slot.id for slot in slots(fresh_app)] == [tomorrow.id]
        page = reader.get(f"/en/facilities/{SHOP}").text
        assert "Today: 1 place free" not in page
        assert "3 places free" in page
        with fresh_app.app_context():
            told = list(db.session.scalars(select(Audit.action).where(Audit.subject == SHOP)))
        assert told == ["slot.offered", "slot.offered", "slot.offered", "slot.withdrawn"]


def test_a_worker_writes_down_what_was_said_by_telephone(fresh_app, reader, desk):
    with at(MORNING):
        sign_in(desk, WORKER)
        tap(desk, SHOP, "today:1")
        assert "Said by: The facility, by telephone" in reader.get(f"/en/facilities/{SHOP}").text
        tap(desk, SHOP, "today:1", said="worker")
        assert "Said by: A worker who was there" in reader.get(f"/en/facilities/{SHOP}").text


def test_a_provider_speaks_for_itself_whatever_it_sends(fresh_app, desk):
    with at(MORNING):
        sign_in(desk, PROVIDER)
        tap(desk, SHOP, "today:1", said="worker")
        assert slots(fresh_app)[0].said_by == "provider"


@pytest.mark.parametrize(
    ("handle", "facility"), [(PROVIDER, OTHERS), (ELSEWHERE, SHOP), (PROVIDER, "NOSUCHID")]
)
def test_others_facilities_are_not_there(fresh_app, desk, handle, facility):
    with at(MORNING):
        sign_in(desk, handle)
        assert tap(desk, facility, "today:1").status_code == 404
        token = form_token(desk, "/en/staff/me")
        for verb in ("offer", "vacancies"):
            answer = desk.post(f"{DESK}/{facility}/{verb}", data={"csrf_token": token, "places": "1"})
            assert answer.status_code == 404
        assert facility not in desk.get(DESK).text
        assert slots(fresh_app) == []


@pytest.mark.parametrize("facility", [CLOSED, LATER])
def test_who_takes_no_children_has_no_place_to_offer(fresh_app, desk, facility):
    with at(MORNING):
        sign_in(desk, "demo-lead")
        answer = tap(desk, facility, "today:1")
        assert answer.status_code == 422
        assert "may not take children now" in answer.text
        assert slots(fresh_app) == []


@pytest.mark.parametrize(
    "do", ["", "today:0", "today:100", "today:x", "yesterday:1", "today:99999999999", "back:", "²:1"]
)
def test_what_no_button_says_changes_nothing(fresh_app, desk, do):
    with at(MORNING):
        sign_in(desk, PROVIDER)
        assert tap(desk, SHOP, do).status_code == 400
        assert slots(fresh_app) == []


def test_in_the_evening_today_is_over(fresh_app, desk):
    with at(MORNING + timedelta(hours=10)):
        sign_in(desk, PROVIDER)
        assert 'value="today:1"' not in desk.get(DESK).text
        answer = tap(desk, SHOP, "today:1")
        assert answer.status_code == 422
        assert "Offer a place for tomorrow instead." in answer.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"places": ""}, "This answer is needed."),
        ({"places": "0"}, "Write a whole number from 1 to 99."),
        ({"places": "two"}, "Not a valid integer value"),
        ({"places": "1", "opens": "25:00"}, "Write a time like 08:30."),
        ({"places": "1", "opens": "12:00", "closes": "09:00"}, "It must end later than it begins."),
        ({"places": "1", "band": "giant"}, "Not a valid choice"),
    ],
)
def test_a_wrong_offer_is_explained_at_its_facility(fresh_app, desk, fields, words):
    with at(MORNING):
        sign_in(desk, PROVIDER)
        token = form_token(desk, DESK)
        answer = desk.post(
            f"{DESK}/{SHOP}/offer", data={"csrf_token": token, "day": "today", "band": "*", **fields}
        )
        assert answer.status_code == 400
        assert words in answer.text
        assert slots(fresh_app) == []


def test_an_offer_may_name_class_and_hours(fresh_app, reader, desk):
    with at(MORNING):
        sign_in(desk, PROVIDER)
        fields = {"day": "tomorrow", "places": "4", "band": "senior", "opens": "08:30", "closes": "12:00"}
        desk.post(f"{DESK}/{SHOP}/offer", data={"csrf_token": form_token(desk, DESK), **fields})
        page = reader.get(f"/en/facilities/{SHOP}").text
        assert "Senior toddler class" in page
        assert "08:30–12:00" in page


def test_a_vacancy_is_an_observation_of_today_and_says_who(fresh_app, reader, desk):
    with at(MORNING):
        sign_in(desk, WORKER)
        assert tap(desk, SHOP, "junior:4").status_code == 303
        with fresh_app.app_context():
            newest = db.session.scalars(select(Observed).order_by(Observed.id.desc())).first()
            facility = db.session.get_one(Facility, SHOP)
            row = next(band for band in newest.value if band["band"] == "junior")
            assert (newest.field, newest.observed_on.isoformat()) == ("bands", "2026-11-24")
            assert newest.recorded_by == "community-worker@990101001.office"
            assert row == row | {
                "vacancies": 4,
                "as_of": "2026-11-24",
                "said_by": "provider-phone",
                "places": 30,
            }
            assert len(newest.value) == 3
            assert facility.vacancies_on.isoformat() == "2026-11-24"
        page = reader.get(f"/en/facilities/{SHOP}").text
        assert "The facility, by telephone" in page
        assert "Has vacancies, " in page


def test_more_free_than_there_are_is_refused(fresh_app, desk):
    with at(MORNING):
        sign_in(desk, PROVIDER)
        token = form_token(desk, DESK)
        fields = {"csrf_token": token, "band": "junior", "vacancies": "31"}
        answer = desk.post(f"{DESK}/{SHOP}/vacancies", data=fields)
        assert answer.status_code == 422
        assert "does not have so many places" in answer.text


def test_the_job_erases_what_is_over(fresh_app, desk):
    with at(MORNING):
        sign_in(desk, PROVIDER)
        tap(desk, SHOP, "today:1")
        tap(desk, SHOP, "tomorrow:1")
    with at(MORNING + timedelta(hours=10)), fresh_app.app_context():
        assert tasks.forget_slots() == 1
        assert tasks.forget_slots() is None
        assert db.session.scalar(select(func.count()).select_from(Slot)) == 1


def test_the_place_of_a_worker_is_searched_by_name(fresh_app, desk):
    with at(MORNING):
        sign_in(desk, "demo-lead")
        desk.get(f"{DESK}?q=%E4%BA%91%E6%9C%B5%E5%B1%8B")
        assert SHOP in desk.page.html.decode()
        assert desk.page.html.decode().count('class="box slots"') == 1
        assert desk.get(f"{DESK}?page=99").status_code == 200
        assert 'value="junior:0"' in desk.get(f"{DESK}/{SHOP}").text
        assert desk.get(f"{DESK}?page=%00&q=%25").status_code == 200


def test_vacancies_age_in_words(fresh_app, reader):
    def shown() -> str:
        return reader.get("/en/facilities/W6G8XC99").text

    with at(datetime(2026, 9, 20, 4, tzinfo=UTC)):
        assert "Full, " in shown()
    with at(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        assert "Was full on " in shown()
        assert "may have changed" in shown()
    with at(datetime(2027, 4, 20, 4, tzinfo=UTC)):
        assert "over 180 days ago" in shown()
    assert clock.now().year < 2200


def test_what_opens_later_says_so_until_its_day(fresh_app, reader):
    with at(datetime(2027, 2, 28, 4, tzinfo=UTC)):
        assert "Opening soon, from" in reader.get(f"/en/facilities/{LATER}").text
        assert LATER in reader.get("/en/areas/990101").text.split('id="opening"')[1].split("<h2")[0]
        names = reader.get("/api/v1/facilities?area=990101&page=3").json["results"]
        assert LATER not in [each["id"] for each in names][:5]
    with at(datetime(2027, 3, 1, 4, tzinfo=UTC)):
        assert "Opening soon" not in reader.get(f"/en/facilities/{LATER}").text


@pytest.mark.parametrize("facility", [CLOSED, "SM5B6VDV"])
def test_a_place_that_is_gone_says_what_happened_and_where_to_go(fresh_app, reader, facility):
    text = reader.get(f"/en/facilities/{facility}").text
    assert "Where to go instead" in text
    assert "Since <time" in text
    assert 'id="history"' in text
    assert 'name="robots" content="noindex"' in text
    assert 'id="care"' not in text
