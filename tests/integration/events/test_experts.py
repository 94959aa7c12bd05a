"""Naming, changing and taking off the people who advise families, behind the counter."""

import re

from app.events.service.shipped import load_shipped
from app.extensions import db
from tests.addresses import CONTENT, DEMO, rows
from tests.factories.accounts import form_token, sign_in

LEAD, WORKER = "demo-lead", "demo-worker-1"
EXPERTS = rows(f"places/{DEMO}/events/experts.csv")
FIRST = EXPERTS[0]


def opened(app, handle, path):
    client = app.test_client()
    sign_in(client, handle)
    page = client.get(path)
    return client, page


def fields(page, **more):
    kept = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]
        for name in ("csrf_token", "id", "sequence")
    }
    typed = {
        "name_zh": "王新", "title_zh": "医师", "organisation_zh": "妇幼保健院", "field": "medicine",
        "topics": "nutrition", "languages": "zh", "agreed_on": "2026-10-01", "do": "save",
    }  # fmt: skip
    return {**kept, **typed, **more}


def test_an_expert_is_named_once_however_often_the_form_is_sent(fresh_app):
    lead, page = opened(fresh_app, LEAD, f"/en/staff/experts/new?place={DEMO}")
    form = fields(page.text)
    for _each in range(2):
        assert lead.post(f"/en/staff/experts/new?place={DEMO}", data=form).status_code == 303
    assert fresh_app.test_client().get("/zh-Hans/experts").text.count("王新") == 1


def test_who_has_not_agreed_is_not_named(fresh_app):
    lead, page = opened(fresh_app, LEAD, "/en/staff/experts/new")
    for day in ("", "2999-01-01"):
        answer = lead.post("/en/staff/experts/new", data=fields(page.text, agreed_on=day))
        assert answer.status_code == 400
        assert 'value="王新"' in answer.text


def test_what_was_changed_or_taken_off_here_survives_the_next_load(fresh_app):
    changed, gone = FIRST["id"], EXPERTS[1]["id"]
    lead, page = opened(fresh_app, LEAD, f"/en/staff/experts/{changed}")
    assert lead.post(f"/en/staff/experts/{changed}", data=fields(page.text)).status_code == 303
    page = lead.get(f"/en/staff/experts/{gone}")
    assert lead.post(f"/en/staff/experts/{gone}", data=fields(page.text, do="withdraw")).status_code == 303
    with fresh_app.app_context():
        db.session.execute(db.text("DELETE FROM content_load WHERE name = 'events'"))
        db.session.commit()
        assert load_shipped(CONTENT).changed
    public = fresh_app.test_client().get("/zh-Hans/experts").text
    assert "王新" in public
    assert EXPERTS[1]["name_zh-Hans"] not in public


def test_an_older_form_keeps_what_was_typed_and_shows_what_stands_now(fresh_app):
    lead, page = opened(fresh_app, LEAD, f"/en/staff/experts/{FIRST['id']}")
    address = f"/en/staff/experts/{FIRST['id']}"
    assert lead.post(address, data=fields(page.text, name_en="Theirs")).status_code == 303
    answer = lead.post(address, data=fields(page.text, name_en="Mine"))
    assert answer.status_code == 409
    assert 'value="Mine"' in answer.text
    assert "Theirs" in answer.text


def test_experts_are_for_those_who_decide_for_the_place(fresh_app):
    assert opened(fresh_app, WORKER, "/en/staff/experts")[1].status_code == 403
    assert opened(fresh_app, LEAD, "/en/staff/experts/0000NONE")[1].status_code == 404
    assert opened(fresh_app, LEAD, "/en/staff/experts/new?place=330681")[1].status_code == 404


def test_what_was_typed_of_an_expert_comes_back_when_the_session_has_ended(fresh_app):
    reader = fresh_app.test_client()
    token = form_token(reader, "/en/staff/sign-in")
    address = f"/en/staff/experts/{FIRST['id']}"
    answer = reader.post(
        address, data={"csrf_token": token, "name_zh": "王新", "sequence": "0", "do": "save"}
    )
    assert answer.status_code == 400
    assert 'name="name_zh"' in answer.text
    assert "王新" in answer.text
    assert f'action="{address}"' in answer.text
