"""A community worker changes a text: writes, looks, publishes, undoes; nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.rules import Grant, Role
from app.core import clock
from app.core.audit import Audit
from app.core.db import DATA_VERSION, Meta
from app.extensions import db
from app.guide.model import GuideFeedback, GuideRevision, GuideText
from app.guide.service import feedback
from app.guide.service.feedback import Said
from tests.factories.accounts import form_token, make_staff, sign_in
from tests.factories.cases import at
from tests.factories.signing import a_doctor, signed
from tests.factories.writing import NEW, address, fields, first_text, form, form_of, kept, published, read
from tests.page_rules import words

SHARED, GRAVE, EVERYDAY = "vitamin-d-iron", "safe-sleep", "two-languages"
WORKER, LEAD, TRANSLATOR = "demo-worker-1", "demo-lead", "demo-translator-en"
REVIEWER = "demo-reviewer"
"""Publishes what others wrote of health."""


@pytest.fixture
def someone(fresh_app):
    """Give clients of people who are signed in, by handle."""

    def client(handle: str):
        found = fresh_app.test_client()
        sign_in(found, handle)
        return found

    return client


def revisions(app, slug: str, language: str = "zh-Hans") -> list[GuideRevision]:
    with app.app_context():
        query = select(GuideRevision).where(GuideRevision.slug == slug, GuideRevision.language == language)
        return list(db.session.scalars(query.order_by(GuideRevision.n)))


def test_a_worker_writes_looks_and_publishes_and_readers_see_it_at_once(fresh_app, someone):
    worker, reader = someone(WORKER), fresh_app.test_client()
    page = f"/zh-Hans/guide/{SHARED}"
    assert NEW not in reader.get(page).text
    with fresh_app.app_context():
        before = db.session.get_one(Meta, DATA_VERSION).value
    answer = kept(worker, SHARED, do="preview")
    assert answer.status_code == 303
    assert NEW not in reader.get(page).text
    shown = worker.get(answer.location)
    assert NEW in shown.text
    assert "noindex" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert published(worker, SHARED).status_code == 409
    assert published(someone(REVIEWER), SHARED, note="补一句").location.endswith("history?done=published")
    assert NEW in reader.get(page).text
    new = revisions(fresh_app, SHARED)[-1]
    assert (new.state, new.change, new.note, new.stamp) == ("published", "substance", "补一句", None)
    with fresh_app.app_context():
        assert db.session.get_one(Meta, DATA_VERSION).value > before
        told = db.session.scalars(select(Audit).where(Audit.subject == SHARED).order_by(Audit.id)).all()
        assert [row.action for row in told] == ["guide.saved", "guide.published"]
        assert told[0].actor == new.author != told[1].actor


def test_what_is_saved_without_a_change_writes_nothing(fresh_app, someone):
    worker = someone(WORKER)
    before = len(revisions(fresh_app, SHARED))
    typed = form_of(worker, address(SHARED))
    assert worker.post(address(SHARED), data={**typed, "do": "save"}).status_code == 303
    assert len(revisions(fresh_app, SHARED)) == before


def test_every_text_comes_back_from_its_form_as_it_was(fresh_app):
    from app.guide.rules.blocks import part
    from app.guide.rules.editing import body_of, pieces

    with fresh_app.app_context():
        for row in db.session.scalars(select(GuideRevision)):
            made, _starts = body_of(pieces(row.body))
            one, other = (
                [(each.kind, each.text.split()) for each in part(body).blocks] for body in (row.body, made)
            )
            assert one == other, (row.language, row.slug)


@pytest.mark.parametrize("act", ["up-1", "down-0", "add-0", "cut-1", "find"])
def test_blocks_move_without_a_script_and_nothing_is_saved(fresh_app, someone, act):
    worker = someone(WORKER)
    typed = form_of(worker, address(SHARED))
    before = len(revisions(fresh_app, SHARED))
    answer = worker.post(
        address(SHARED), data={**typed, "text-0": f"{typed['text-0']}{NEW}", "do": act, "facts": "维生素"}
    )
    assert answer.status_code == 200
    again = fields(worker)
    counted = [sum(name.startswith("kind-") for name in each) for each in (typed, again)]
    assert counted[1] - counted[0] == {"add-0": 1, "cut-1": -1}.get(act, 0)
    assert NEW in again["text-1" if act in {"up-1", "down-0"} else "text-0"]
    assert len(revisions(fresh_app, SHARED)) == before


def test_a_fact_is_put_in_from_the_list(someone):
    worker = someone(WORKER)
    typed = form_of(worker, address(SHARED))
    worker.post(address(SHARED), data={**typed, "do": "put-fact:vitamin-d-daily", "into": "1"})
    assert fields(worker)["text-1"].endswith("{{fact:vitamin-d-daily}}")


def test_what_is_wrong_is_said_by_block_and_is_not_published(fresh_app, someone):
    worker = someone(WORKER)
    kept(worker, SHARED, said="每天补充400国际单位。")
    text = worker.get(address(SHARED)).text
    assert "“400" in text
    page = worker.get(address(SHARED, "publish")).text
    assert "“400" in page
    assert 'value="publish"' not in page
    old = form_of(worker, address(SHARED))
    sent = {name: old[name] for name in ("csrf_token", "seen", "version")}
    assert worker.post(address(SHARED, "publish"), data={**sent, "do": "publish"}).status_code == 422
    assert revisions(fresh_app, SHARED)[-1].state == "draft"


def test_a_text_about_life_and_death_needs_a_second_person(fresh_app, someone):
    worker, lead, reader = someone(WORKER), someone(LEAD), fresh_app.test_client()
    doctor = a_doctor(fresh_app)
    sentence = "宝宝每次睡觉都仰卧{{claim:safe-sleep-back}}。"
    kept(worker, GRAVE, said=sentence)
    refused = published(worker, GRAVE)
    assert refused.status_code == 409
    assert revisions(fresh_app, GRAVE)[-1].state == "draft"
    assert published(worker, GRAVE, do="submit", change="cosmetic").status_code == 303
    waiting = revisions(fresh_app, GRAVE)[-1]
    assert waiting.state == "in_review"
    assert GRAVE in lead.get("/zh-Hans/staff/guide?flag=waiting").text
    assert published(lead, GRAVE, change="safety").status_code == 409
    assert signed(doctor, GRAVE, n=waiting.n).status_code == 303
    assert published(lead, GRAVE, change="safety").status_code == 303
    new = revisions(fresh_app, GRAVE)[-1]
    assert (new.state, new.change, new.id) == ("published", "safety", waiting.id)
    assert new.second_reader not in {"", new.author}
    assert "宝宝每次睡觉都仰卧" in reader.get(f"/zh-Hans/cards/{GRAVE}").text
    listed = lead.get(f"/zh-Hans/staff/guide/{GRAVE}").text
    assert listed.count("因安全改动") + listed.count("safety change") >= 1 or "withdrawn" in states(
        fresh_app, GRAVE
    )


def states(app, slug: str) -> set[str]:
    from app.guide.queries.listing import inventory

    with app.test_request_context("/zh-Hans/guide"):
        (row,) = [each for each in inventory(("zh-Hans", "ug", "en"), clock.today()) if each.slug == slug]
        return set(row.languages.values())


@pytest.mark.parametrize(
    ("slug", "change", "after"),
    [
        (SHARED, "substance", {"published", "needs_update"}),
        (SHARED, "cosmetic", {"published", "mt_unreviewed"}),
    ],
)
def test_the_kind_of_change_decides_what_happens_to_translations(fresh_app, someone, slug, change, after):
    worker = someone(WORKER)
    kept(worker, slug)
    worker.get(address(slug, "publish"))
    tags = [each.get("lang") for each in form(worker, "say").iter() if each.get("class") == "tag n"]
    assert tags == ["ug", "en"]
    published(someone(REVIEWER), slug, change=change)
    assert states(fresh_app, slug) == after


def test_a_returned_draft_goes_back_with_a_note(fresh_app, someone):
    worker, lead = someone(WORKER), someone(LEAD)
    kept(worker, GRAVE, said="宝宝仰卧睡觉{{claim:safe-sleep-back}}。")
    published(worker, GRAVE, do="submit")
    assert published(lead, GRAVE, do="return", note="说得更短些").status_code == 303
    assert revisions(fresh_app, GRAVE)[-1].state == "draft"
    assert "说得更短些" in worker.get(address(GRAVE)).text


def test_two_people_at_once_lose_neither_text(fresh_app, someone):
    worker, lead = someone(WORKER), someone(LEAD)
    mine, other = form_of(worker, address(SHARED)), form_of(lead, address(SHARED))
    name = first_text(mine)
    lead.post(address(SHARED), data={**other, name: other[name] + "负责人写的。", "do": "save"})
    answer = worker.post(address(SHARED), data={**mine, name: mine[name] + "工作者写的。", "do": "save"})
    assert answer.status_code == 409
    assert "负责人写的" in read(worker)
    assert "工作者写的" in fields(worker)[name]
    bodies = [row.body for row in revisions(fresh_app, SHARED)[-2:]]
    assert "负责人写的" in bodies[0]
    assert "工作者写的" in bodies[1]
    typed = fields(worker)
    both = worker.post(address(SHARED), data={**typed, name: typed[name] + "负责人写的。", "do": "publish"})
    assert both.location.endswith("/publish")
    stale = lead.post(
        address(SHARED, "publish"), data={**token_of(lead), "seen": "1", "version": "1", "do": "publish"}
    )
    assert stale.status_code == 409


def token_of(client) -> dict[str, str]:
    return {"csrf_token": form_token(client, address(SHARED))}


def test_what_was_published_meanwhile_is_not_written_over(fresh_app, someone):
    worker, lead = someone(WORKER), someone(LEAD)
    mine = form_of(worker, address(SHARED))
    kept(lead, SHARED, said="先发布的话。")
    published(someone(REVIEWER), SHARED)
    answer = worker.post(
        address(SHARED), data={**mine, "text-0": mine["text-0"] + "后写的话。", "do": "publish"}
    )
    assert answer.status_code == 409
    assert "先发布的话" in read(worker)
    last = revisions(fresh_app, SHARED)[-2:]
    assert [row.state for row in last] == ["published", "draft"]


def test_an_older_text_is_brought_back_as_a_new_one(fresh_app, someone):
    worker, reader = someone(WORKER), fresh_app.test_client()
    kept(worker, SHARED)
    published(someone(REVIEWER), SHARED)
    rows = revisions(fresh_app, SHARED)
    worker.get(address(SHARED, f"history/{rows[-1].n}"))
    assert NEW.strip("。") in "".join(words(each) for each in worker.page.all("ins"))
    back = worker.post(address(SHARED, f"history/{rows[0].n}/restore"), data=token_of(worker))
    assert back.location.endswith("/publish")
    published(someone(REVIEWER), SHARED, change="cosmetic")
    assert NEW not in reader.get(f"/zh-Hans/guide/{SHARED}").text
    after = revisions(fresh_app, SHARED)
    assert [row.state for row in after] == ["replaced"] * (len(after) - 1) + ["published"]
    assert (after[-1].body.split(), after[-1].base_id) == (rows[0].body.split(), rows[0].id)


def test_bringing_back_twice_makes_one_draft(fresh_app, someone):
    worker, lead = someone(WORKER), someone(LEAD)
    kept(worker, EVERYDAY)
    published(worker, EVERYDAY)
    first = revisions(fresh_app, EVERYDAY)[0].n
    token = token_of(worker)
    for client, typed in ((worker, token), (worker, token), (lead, token_of(lead))):
        back = client.post(address(EVERYDAY, f"history/{first}/restore"), data=typed)
        assert back.location.endswith("/publish")
    assert [row.state for row in revisions(fresh_app, EVERYDAY)] == ["replaced", "published", "draft"]
    with fresh_app.app_context():
        done = db.session.scalars(select(Audit.action).where(Audit.subject == EVERYDAY)).all()
        assert done.count("guide.brought-back") == 1


def test_a_session_that_ended_gives_the_text_back(fresh_app, someone):
    worker = someone(WORKER)
    typed = form_of(worker, address(SHARED))
    typed = {**typed, "text-0": f"{typed['text-0']}{NEW}", "do": "publish"}
    with at(clock.now() + timedelta(days=2)):
        held = worker.post(address(SHARED), data=typed)
    assert held.status_code == 400
    assert NEW in held.text
    assert held.headers["Cache-Control"] == "no-store"
    sign_in(worker, WORKER)
    once_more = worker.post(address(SHARED), data=typed)  # with the token of the older session
    if once_more.status_code == 400:
        values = fields(worker, "/edit")
        assert values["text-0"].endswith(NEW)
        once_more = worker.post(address(SHARED), data={**values, "do": "save"})
    assert once_more.status_code == 303
    assert NEW in revisions(fresh_app, SHARED)[-1].body


def test_a_text_without_a_title_is_shown_again_with_all_that_was_typed(someone):
    worker = someone(WORKER)
    typed = form_of(worker, address(SHARED))
    answer = worker.post(address(SHARED), data={**typed, "title": " ", "text-0": NEW, "do": "save"})
    assert answer.status_code == 400
    assert fields(worker)["text-0"] == NEW


def test_a_text_of_another_area_is_not_there(fresh_app):
    with fresh_app.app_context():
        slug, place = db.session.execute(
            select(GuideText.slug, GuideText.place)
            .where(GuideText.place.is_not(None))
            .order_by(GuideText.slug)
        ).first()
    own, other = fresh_app.test_client(), fresh_app.test_client()
    make_staff(fresh_app, "own", Grant(Role.COMMUNITY_WORKER, "", place))
    make_staff(fresh_app, "other", Grant(Role.COMMUNITY_WORKER, "", "990101"))
    sign_in(own, "own")
    sign_in(other, "other")
    for page in (
        f"/zh-Hans/staff/guide/{slug}",
        address(slug),
        address(slug, "history"),
        address(slug, "preview/1"),
    ):
        assert own.get(page).status_code == 200
        assert other.get(page).status_code == 404
    assert f"/{slug}" in own.get(f"/zh-Hans/staff/guide?q={slug}").text
    assert f"/{slug}" not in other.get(f"/zh-Hans/staff/guide?q={slug}").text
    token = form_token(other, "/zh-Hans/staff/me")
    for page in (address(slug), address(slug, "publish"), address(slug, "history/1/restore")):
        assert other.post(page, data={"csrf_token": token, "title": "x"}).status_code == 404


def test_a_translator_changes_translations_only(fresh_app, someone):
    translator = someone(TRANSLATOR)
    assert translator.get(address(SHARED)).status_code == 404
    answer = kept(translator, SHARED, code="en", said="Sunshine does not replace it.")
    assert answer.status_code == 303
    assert published(someone(REVIEWER), SHARED, code="en").status_code == 303
    new = revisions(fresh_app, SHARED, "en")[-1]
    assert (new.state, new.made_by, new.record) == ("published", "machine", {})
    assert new.of_id == revisions(fresh_app, SHARED)[-1].id


def test_a_translation_that_lost_a_fact_is_not_published(someone):
    translator = someone(TRANSLATOR)
    typed = form_of(translator, address(SHARED, code="en"))
    at_fault = next(name for name in typed if name.startswith("text-") and "{{fact:" in typed[name])
    bare = re.sub(r"\{\{fact:[^}]*\}\}", "", typed[at_fault], count=1)
    translator.post(address(SHARED, code="en"), data={**typed, at_fault: bare, "do": "save"})
    assert 'value="publish"' not in translator.get(address(SHARED, "publish", "en")).text


def test_what_readers_reported_is_listed_read_and_erased(fresh_app, someone):
    with fresh_app.app_context():
        feedback.take(
            Said(SHARED, "en", 1, "translation", None, {"sentence": "Odd words", "right": "Even words"})
        )
    worker = someone(WORKER)
    assert SHARED in worker.get("/zh-Hans/staff/guide?flag=reported").text
    page = f"/zh-Hans/staff/guide/{SHARED}"
    assert "Odd words" in worker.get(page).text
    done = worker.post(form(worker, "reports").get("action"), data=fields(worker, "reports"))
    assert done.status_code == 303
    assert "Odd words" not in worker.get(page).text
    with fresh_app.app_context():
        (row,) = db.session.scalars(select(GuideFeedback))
        assert (row.state, row.words) == ("done", None)


def test_the_list_narrows_by_words_topic_state_and_what_is_overdue(someone):
    worker = someone(WORKER)
    base = "/zh-Hans/staff/guide"
    assert EVERYDAY in worker.get(f"{base}?q=two-lang").text
    assert SHARED not in worker.get(f"{base}?q=two-lang").text
    assert SHARED in worker.get(f"{base}?topic=nutrition&language=en&state=mt_unreviewed").text
    assert SHARED not in worker.get(f"{base}?flag=overdue").text
    with at(clock.now() + timedelta(days=800)):
        late = worker.application.test_client()
        sign_in(late, WORKER)
        assert SHARED in late.get(f"{base}?flag=overdue&topic=nutrition").text


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_every_page_is_right_in_every_language(someone, lang):
    lead = someone(LEAD)
    kept(lead, SHARED, do="save")
    one = f"/{lang}/staff/guide/{SHARED}"
    mine = [f"{one}/zh-Hans/{each}" for each in ("edit", "publish", "history", "history/1")]
    for page in (f"/{lang}/staff/guide", one, *mine, f"{one}/ug/edit", f"{one}/ug/preview/1"):
        assert lead.get(page).status_code == 200, page
