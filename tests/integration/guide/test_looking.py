"""The button under a published text: looked at, right as it is."""

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.audit import Audit
from app.extensions import db
from app.guide.model import GuideRevision
from app.guide.queries.editing import desk, due
from app.guide.queries.signers import Signer
from app.guide.rules.gates import Person
from app.guide.service.editing import Seen
from app.guide.service.looking import look_at
from tests.factories.accounts import sign_in
from tests.factories.writing import address, fields, kept

EVERYDAY, GRAVE = "two-languages", "safe-sleep"
WORKER, LEAD, TRANSLATOR = "demo-worker-1", "demo-lead", "demo-translator-en"


@pytest.fixture
def someone(fresh_app):
    """Give clients of people who are signed in, by handle."""

    def client(handle: str):
        found = fresh_app.test_client()
        sign_in(found, handle)
        return found

    return client


def live(app, slug: str):
    with app.app_context():
        return desk(slug, "zh-Hans").live


def revisions(app, slug: str) -> int:
    with app.app_context():
        return db.session.scalar(
            select(func.count()).select_from(GuideRevision).where(GuideRevision.slug == slug)
        )


def offer(client, app, slug: str) -> dict[str, str]:
    """Open the published text as its readers have it, and return the fields under it."""
    assert client.get(address(slug, f"preview/{live(app, slug).n}")).status_code == 200
    return fields(client, "looked-at")


def linked(client, path: str) -> bool:
    return any(each.get("href") == path for each in client.page.all("a"))


def send(client, slug: str, typed: dict[str, str], lang: str = "zh-Hans"):
    return client.post(f"/{lang}/staff/guide/{slug}/looked-at", data=typed)


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_whoever_read_a_text_says_so_and_learns_the_next_day(fresh_app, someone, lang):
    worker = someone(WORKER)
    before = live(fresh_app, EVERYDAY)
    worker.get(f"/{lang}/staff/guide/{EVERYDAY}/zh-Hans/history")
    assert linked(worker, f"/{lang}/staff/guide/{EVERYDAY}/zh-Hans/preview/{before.n}")
    answer = send(worker, EVERYDAY, offer(worker, fresh_app, EVERYDAY), lang)
    assert answer.status_code == 303
    assert worker.get(answer.location).status_code == 200
    after = live(fresh_app, EVERYDAY)
    assert (after.n, after.words, after.record.written_on) == (before.n + 1, before.words, clock.today())
    with fresh_app.test_request_context(f"/{lang}/"):
        day = fresh_app.jinja_env.filters["day"](due(after.record, after.reviewed_on))
        assert day in worker.get(answer.location).text


def test_a_button_pressed_twice_is_one_look(fresh_app, someone):
    worker = someone(WORKER)
    before = revisions(fresh_app, EVERYDAY)
    typed = offer(worker, fresh_app, EVERYDAY)
    assert [send(worker, EVERYDAY, typed).status_code for _again in range(2)] == [303, 303]
    assert revisions(fresh_app, EVERYDAY) == before + 1
    with fresh_app.app_context():
        query = select(Audit.action).where(Audit.subject == EVERYDAY)
        assert db.session.scalars(query).all() == ["guide.looked-at"]


def test_a_text_that_changed_meanwhile_is_to_be_read_again(fresh_app, someone):
    worker, lead = someone(WORKER), someone(LEAD)
    typed = offer(worker, fresh_app, EVERYDAY)
    assert send(lead, EVERYDAY, offer(lead, fresh_app, EVERYDAY)).status_code == 303
    before = revisions(fresh_app, EVERYDAY)
    answer = send(worker, EVERYDAY, typed)
    assert answer.status_code == 409
    assert linked(worker, address(EVERYDAY, f"preview/{live(fresh_app, EVERYDAY).n}"))
    assert send(worker, EVERYDAY, {**typed, "seen": "x"}).status_code == 409
    assert revisions(fresh_app, EVERYDAY) == before


def test_while_somebody_writes_nothing_can_be_said(fresh_app, someone):
    worker, lead = someone(WORKER), someone(LEAD)
    kept(lead, EVERYDAY)
    n = live(fresh_app, EVERYDAY).n
    worker.get(address(EVERYDAY, f"preview/{n}"))
    assert not any("looked-at" in each.get("action", "") for each in worker.page.all("form"))
    with fresh_app.app_context():
        head = desk(EVERYDAY, "zh-Hans").head
    typed = {**fields_of_any(worker), "seen": str(head.id), "version": str(head.version)}
    assert send(worker, EVERYDAY, typed).status_code == 409
    worker.get(address(EVERYDAY, f"preview/{head.n}"))
    assert not any("looked-at" in each.get("action", "") for each in worker.page.all("form"))


def fields_of_any(client) -> dict[str, str]:
    client.get(address(EVERYDAY))
    return {"csrf_token": fields(client)["csrf_token"]}


def test_life_and_death_are_looked_at_by_somebody_else(fresh_app, someone):
    worker, lead = someone(WORKER), someone(LEAD)
    assert send(worker, GRAVE, offer(worker, fresh_app, GRAVE)).status_code == 303
    now = live(fresh_app, GRAVE)
    worker.get(address(GRAVE, f"preview/{now.n}"))
    assert not any("looked-at" in each.get("action", "") for each in worker.page.all("form"))
    typed = {**fields_of_any(worker), "seen": str(now.id), "version": str(now.version)}
    answer = send(worker, GRAVE, typed)
    assert answer.status_code == 409
    assert any(each.get("role") == "alert" for each in worker.page.all("div"))
    assert send(lead, GRAVE, offer(lead, fresh_app, GRAVE)).status_code == 303


def test_only_who_may_change_the_source_is_asked(fresh_app, someone):
    translator, stranger = someone(TRANSLATOR), fresh_app.test_client()
    n = live(fresh_app, EVERYDAY).n
    assert translator.get(address(EVERYDAY, f"preview/{n}")).status_code == 200
    assert not any("looked-at" in each.get("action", "") for each in translator.page.all("form"))
    translator.get(address(EVERYDAY, code="en"))
    token = {"csrf_token": fields(translator)["csrf_token"]}
    assert send(translator, EVERYDAY, token).status_code == 403
    worker = someone(WORKER)
    assert send(worker, "no-such-text", fields_of_any(worker)).status_code == 404
    assert stranger.post(f"/zh-Hans/staff/guide/{EVERYDAY}/looked-at").status_code in {303, 400}
    with fresh_app.app_context():
        assert desk(EVERYDAY, "zh-Hans").live.n == n


def test_the_same_look_sent_on_another_road_is_still_one(fresh_app):
    with fresh_app.test_request_context("/zh-Hans/"):
        row = desk(EVERYDAY, "zh-Hans").live
        seen = Seen(row.id, row.version)
        one = Signer(Person("one"))
        assert look_at(EVERYDAY, one, seen) == look_at(EVERYDAY, one, seen) == row.n + 1
