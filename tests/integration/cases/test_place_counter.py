"""The counter of a place: rows that hold at once, changes that need a second person, and going back."""

import re

import pytest
from sqlalchemy import func, select

from app.areas import queries as areas
from app.areas.model import PlaceChange, RoutingEdition
from app.areas.queries import overlays
from app.cases.queries.routing import route
from app.cases.service import sweep
from app.core.audit import Audit, verify
from app.extensions import db
from tests.addresses import DEMO
from tests.factories.accounts import form_token
from tests.factories.cases import MONDAY, TOWN, a_case, at
from tests.factories.place_desk import (
    ADMIN,
    HOME,
    LEAD,
    SECOND,
    WORKER,
    desk_of,
    fields_of,
    market_takes_care,
    send_row,
    step,
)


def test_a_telephone_number_holds_at_once_and_is_audited(fresh_app):
    admin, reader = desk_of(fresh_app, ADMIN), fresh_app.test_client()
    assert "0000-5550100" in reader.get(f"/en/areas/{DEMO}").text
    answer = send_row(admin, "hotlines", "0000-5550100", **{"cell-number": "0000-5550199"})
    assert answer.status_code == 303
    text = reader.get(f"/en/areas/{DEMO}").text
    assert "0000-5550199" in text
    assert "0000-5550100" not in text
    with fresh_app.app_context():
        row = db.session.scalars(select(Audit).where(Audit.action == "place.changed")).one()
        assert (row.subject, row.data["table"]) == (DEMO, "hotlines")
        assert verify().ok


@pytest.mark.parametrize("number", ["call me", "", "12-"])
def test_what_is_no_number_comes_back_with_the_word_beside_it(fresh_app, number):
    admin = desk_of(fresh_app, ADMIN)
    cells = {"cell-number": number, "cell-name_en": "Kept"}
    answer = send_row(admin, "hotlines", "0000-5550100", **cells)
    assert answer.status_code == 422
    assert 'value="Kept"' in answer.text
    assert 'href="#cell-number"' in answer.text


def test_an_older_form_gets_both_versions_and_a_double_click_has_one_effect(fresh_app):
    admin, lead = desk_of(fresh_app, ADMIN), desk_of(fresh_app, LEAD)
    address = f"{HOME}/hotlines/row?key=0000-5550100"
    mine = fields_of(lead.get(address).text)
    for _each in range(2):
        page = fields_of(admin.get(address).text)
        admin.post(address, data={**page, "cell-name_en": "Theirs", "do": "save"})
    answer = lead.post(address, data={**mine, "cell-name_en": "Mine", "do": "save"})
    assert answer.status_code == 409
    assert 'value="Mine"' in answer.text
    assert "Theirs" in answer.text
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PlaceChange)) == 1


def test_a_rule_shows_what_it_would_do_and_holds_once_a_second_person_approved_it(fresh_app):
    with fresh_app.app_context(), at(MONDAY):
        number = a_case(category="care").number
    lead, second = desk_of(fresh_app, LEAD), desk_of(fresh_app, SECOND)
    address = market_takes_care(lead)
    page = lead.get(address).text
    assert "Of 1 open cases, 1 would go elsewhere" in page
    assert number in page
    assert "2520 questions" in page
    assert "Of the usual answers to 21 subjects, 1 changes and 20 stay." in page
    with fresh_app.app_context():
        assert route(DEMO, "care").lead.unit == f"{DEMO}.health"
        before = db.session.scalar(select(func.count()).select_from(RoutingEdition))
    assert step(lead, address, "propose", note="try").status_code == 303
    own = step(lead, address, "approve")
    assert own.status_code == 409
    assert "Somebody else has to approve" in own.text
    assert step(second, address, "approve").status_code == 303
    with fresh_app.app_context():
        assert route(DEMO, "care").lead.unit == f"{DEMO}.market"
        assert db.session.scalar(select(func.count()).select_from(RoutingEdition)) == before + 1
    back = step(lead, address, "undo").location
    assert step(second, back, "approve").status_code == 303
    with fresh_app.app_context():
        assert route(DEMO, "care").lead.unit == f"{DEMO}.health"
        actions = set(db.session.scalars(select(Audit.action).where(Audit.subject == DEMO)))
        assert {"place.drafted", "place.proposed", "place.changed", "place.taken-back"} <= actions
        assert verify().ok


def test_a_step_pressed_twice_has_one_effect_and_one_too_late_is_told_who_settled_it(fresh_app):
    lead, second = desk_of(fresh_app, LEAD), desk_of(fresh_app, SECOND)
    address = market_takes_care(lead)

    def shown():
        return re.search(r'name="version" value="(\d+)"', lead.get(address).text)[1]

    def send(client, version, act):
        form = {"csrf_token": form_token(client, "/en/staff/me"), "version": version, "do": act}
        return client.post(address, data=form)

    version = shown()
    assert [send(lead, version, "propose").status_code for _click in range(2)] == [303, 303]
    version = shown()
    assert [send(second, version, "approve").status_code for _click in range(2)] == [303, 303]
    for client, act in ((lead, "return"), (second, "return"), (lead, "discard"), (lead, "approve")):
        late = send(client, version, act)
        assert (act, late.status_code) == (act, 409)
        assert "This is settled already, so nothing was done: In force, Sample Joint Office" in late.text
    version = shown()
    made = [send(lead, version, "undo").location for _click in range(2)]
    assert made[0] == made[1] != address
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).where(Audit.action == "place.changed")) == 1
        assert db.session.scalar(select(func.count()).select_from(PlaceChange)) == 2
    text = desk_of(fresh_app, ADMIN).get(address).text
    assert text.index("Who changed it") < text.index("Sample Childcare Section Head")
    assert text.index("Who approved it") < text.index("Sample Joint Office Duty Lead")


def test_an_office_of_a_township_shows_which_answers_would_be_others_there(fresh_app):
    lead = desk_of(fresh_app, LEAD)
    with fresh_app.app_context():
        name = areas.area(TOWN).names["en"]
    address = send_row(lead, "units", f"{TOWN}.office", **{"cell-inbox": "inform"}).location
    page = lead.get(address).text
    assert "Of the usual answers to 21 subjects, 0 change and 21 stay." in page
    assert f"Only in {name}" in re.sub("<[^>]+>", "", page)
    assert f"{TOWN}.office · Xinghua Subdistrict Office" in re.sub("<[^>]+>", "", page)
    assert page.count("Of the usual answers to 21 subjects, 21 change and 0 stay.") == 1
    assert f"{address.rpartition('/')[2]}?full=1" in page
    lead.lint = False  # every line: a heavier page, which somebody asked for
    assert "Show all lines" not in lead.get(f"{address}?full=1").text
    address = send_row(lead, "units", f"{TOWN}.office", **{"cell-inbox": "yes"}).location
    assert "Only in" not in lead.get(address).text


def test_who_may_not_see_a_case_gets_the_count_only(fresh_app):
    with fresh_app.app_context(), at(MONDAY):
        number = a_case(category="care").number
    address = market_takes_care(desk_of(fresh_app, LEAD))
    page = desk_of(fresh_app, ADMIN).get(address).text
    assert "Of 1 open cases, 1 would go elsewhere" in page
    assert number not in page


def test_the_last_rule_that_catches_the_rest_cannot_be_taken_out(fresh_app):
    lead = desk_of(fresh_app, LEAD)
    with fresh_app.app_context():
        last = list(overlays.rows(DEMO, "routing"))[-1]
    address = f"{HOME}/routing/row?key={last}"
    answer = lead.post(address, data={**fields_of(lead.get(address).text), "do": "remove"})
    page = step(lead, answer.location, "propose")
    assert page.status_code == 422
    assert "no report is left without an office" in page.text


def test_a_holiday_shows_which_dates_move_and_moves_them_with_an_event(fresh_app):
    with fresh_app.app_context(), at(MONDAY):
        number = a_case(category="care").number
    with at(MONDAY):
        admin, lead = desk_of(fresh_app, ADMIN), desk_of(fresh_app, LEAD)
        address = f"{HOME}/calendars/CN/2026"
        fields = fields_of(admin.get(address).text)
        days = fields["days"].lstrip("\n") + "\n2026-11-18,rest,试"
        made = admin.post(address, data={**fields, "days": days})
        assert made.status_code == 303, made.text
        assert number in lead.get(made.location).text
        assert number not in admin.get(made.location).text
        assert step(admin, made.location, "propose").status_code == 303
        assert step(lead, made.location, "approve").status_code == 303
        with fresh_app.app_context():
            assert not areas.work_calendar(DEMO).is_workday(MONDAY.date().replace(day=18))
            assert sweep.recompute() == 1


def test_a_day_that_cannot_be_keeps_everything_that_was_typed(fresh_app):
    admin = desk_of(fresh_app, ADMIN)
    address = f"{HOME}/calendars/CN/2026"
    fields = fields_of(admin.get(address).text)
    answer = admin.post(address, data={**fields, "days": "2026-13-40,rest,试\n2026-01-01,rest,元旦"})
    assert answer.status_code == 422
    assert "2026-13-40,rest,试" in answer.text


def test_another_place_and_what_others_decide_are_not_there(fresh_app):
    lead, admin, worker = (desk_of(fresh_app, handle) for handle in (LEAD, ADMIN, WORKER))
    assert lead.get("/en/staff/place/330681").status_code == 404
    assert lead.get("/en/staff/place/330681/routing").status_code == 404
    assert admin.get(f"{HOME}/routing").status_code == 200
    assert admin.get(f"{HOME}/routing/row").status_code == 404
    assert lead.get(f"{HOME}/secrets").status_code == 404
    assert lead.get(f"{HOME}/calendars/CN-65/2026").status_code == 404
    assert worker.get(HOME).status_code == 403


def test_a_row_sent_after_the_session_ended_comes_back_whole(fresh_app):
    reader = fresh_app.test_client()
    token = form_token(reader, "/en/staff/sign-in")
    answer = reader.post(f"{HOME}/hotlines/row?key=1", data={"csrf_token": token, "cell-number": "0000-1"})
    assert answer.status_code == 400
    assert "0000-1</textarea>" in answer.text


def test_the_inbox_is_closed_and_opened_by_the_lead(fresh_app):
    lead = desk_of(fresh_app, LEAD)
    for to, words in (("closed", "Residents cannot send reports here"), ("open", "Residents can send")):
        token = form_token(lead, HOME)
        assert lead.post(f"{HOME}/inbox", data={"csrf_token": token, "to": to}).status_code == 303
        assert words in lead.get(HOME).text
    with fresh_app.app_context():
        actors = list(db.session.scalars(select(Audit.actor).where(Audit.action == "inbox.set")))
        assert "system" not in actors[-2:]


def test_a_place_with_one_lead_has_its_administrator_as_second_person(fresh_app):
    with fresh_app.app_context(), at(MONDAY):
        number = a_case(category="care").number
    lead, admin = desk_of(fresh_app, LEAD), desk_of(fresh_app, ADMIN)
    address = market_takes_care(lead)
    assert step(lead, address, "propose").status_code == 303
    assert address.rpartition("/staff/")[2] in admin.get("/en/staff").text
    page = admin.get(address).text
    assert "Of 1 open cases, 1 would go elsewhere" in page
    assert number not in page
    assert step(admin, address, "approve").status_code == 303
    with fresh_app.app_context():
        assert route(DEMO, "care").lead.unit == f"{DEMO}.market"
    version = re.search(r'name="version" value="(\d+)"', lead.get(address).text)[1]
    form = {"csrf_token": form_token(admin, "/en/staff/me"), "version": version}
    for act in ("undo", "propose", "discard", ""):
        assert admin.post(address, data={**form, "do": act}).status_code == 404
    for _other in (WORKER, "demo-health", "demo-auditor"):
        assert desk_of(fresh_app, _other).get(address).status_code == 403


def test_who_only_approves_gives_back_what_another_proposed(fresh_app):
    lead, admin = desk_of(fresh_app, LEAD), desk_of(fresh_app, ADMIN)
    address = market_takes_care(lead)
    step(lead, address, "propose")
    assert step(admin, address, "return").status_code == 303
    assert step(lead, address, "discard").status_code == 303
    with fresh_app.app_context():
        assert route(DEMO, "care").lead.unit == f"{DEMO}.health"


def test_a_year_is_put_back_as_it_was_by_two_people(fresh_app):
    day = MONDAY.date().replace(day=18)
    admin, lead = desk_of(fresh_app, ADMIN), desk_of(fresh_app, LEAD)
    address = f"{HOME}/calendars/CN/2026"
    fields = fields_of(admin.get(address).text)
    added = fields["days"].lstrip("\n") + f"\n{day},rest,试"
    made = admin.post(address, data={**fields, "days": added}).location
    for who, act in ((admin, "propose"), (lead, "approve")):
        assert step(who, made, act).status_code == 303
    back = step(admin, made, "undo").location
    assert step(admin, back, "approve").status_code == 409
    assert step(lead, back, "approve").status_code == 303
    with fresh_app.app_context():
        assert areas.work_calendar(DEMO).is_workday(day)
    assert fields_of(admin.get(address).text)["days"].split() == fields["days"].split()


def test_lines_of_a_year_without_a_day_are_told_and_kept(fresh_app):
    admin = desk_of(fresh_app, ADMIN)
    address = f"{HOME}/calendars/CN/2026"
    answer = admin.post(address, data={**fields_of(admin.get(address).text), "days": ",rest,一\n,rest,二"})
    assert answer.status_code == 422
    assert ",rest,二" in answer.text
