"""Who vouches for a text: the gates of each risk, names on pages, days of publication, links."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.audit import Audit
from app.extensions import db
from app.guide import tasks
from app.guide.model import GuideLink, GuideRevision, GuideVouch
from app.guide.service import linking
from tests.factories.accounts import form_token, sign_in
from tests.factories.cases import at
from tests.factories.signing import HOUSE, NAME, TITLE, a_doctor, a_signer, signed
from tests.factories.writing import NEW, address, form_of, kept, published

GRAVE, HEALTH, EVERYDAY = "safe-sleep", "vitamin-d-iron", "two-languages"
WORKER, LEAD, REVIEWER, TRANSLATOR = "demo-worker-1", "demo-lead", "demo-reviewer", "demo-translator-ug"


@pytest.fixture
def someone(fresh_app):
    """Give clients of people who are signed in, by handle."""

    def client(handle: str):
        found = fresh_app.test_client()
        sign_in(found, handle)
        return found

    return client


def live(app, slug: str, language: str = "zh-Hans") -> GuideRevision:
    with app.app_context():
        query = select(GuideRevision).where(
            GuideRevision.slug == slug, GuideRevision.language == language, GuideRevision.state == "published"
        )
        return db.session.scalars(query).one()


def told(app, action: str) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Audit).where(Audit.action == action))


def test_a_clinician_signs_a_card_and_readers_see_the_name(fresh_app):
    doctor, reader = a_doctor(fresh_app), fresh_app.test_client()
    page = f"/zh-Hans/guide/{GRAVE}"
    n = live(fresh_app, GRAVE).n
    unsigned = reader.get(f"/zh-Hans/cards/{GRAVE}").text
    assert NAME not in unsigned
    assert signed(doctor, GRAVE, n=n).status_code == 303
    for address_ in (page, f"/zh-Hans/cards/{GRAVE}"):
        answer = fresh_app.test_client().get(address_)
        if answer.status_code == 200:
            assert NAME in answer.text
    row = live(fresh_app, GRAVE)
    assert (row.reviewer, row.reviewer_title, row.reviewer_organisation) == (NAME, TITLE, HOUSE)
    assert row.reviewed_on == clock.today()
    again = doctor.post(
        address(GRAVE, f"sign/{n}"),
        data={
            "csrf_token": form_token(doctor, "/zh-Hans/staff/me"),
            "seen": row.id,
            "version": 1,
            "part": "clinician",
            "read": "1",
        },
    )
    assert again.status_code == 303
    assert told(fresh_app, "guide.vouched") == 1


def test_who_is_not_in_the_list_or_no_clinician_does_not_sign(fresh_app, someone):
    n = live(fresh_app, GRAVE).n
    reviewer = someone(REVIEWER)
    assert not any("say" in each.get("class", "") for each in _forms(reviewer, address(GRAVE, f"sign/{n}")))
    teacher = a_signer(fresh_app, "teacher", "education")
    teacher.get(address(GRAVE, f"sign/{n}"))
    row = live(fresh_app, GRAVE)
    sent = {
        "csrf_token": form_token(teacher, "/zh-Hans/staff/me"),
        "seen": row.id,
        "version": row.version,
        "read": "1",
    }
    assert teacher.post(address(GRAVE, f"sign/{n}"), data={**sent, "part": "clinician"}).status_code == 422
    assert not live(fresh_app, GRAVE).reviewer
    assert someone(WORKER).get(address(GRAVE, f"sign/{n}")).status_code == 403


def _forms(client, page: str):
    client.get(page)
    return client.page.all("form")


def test_a_grave_translation_loses_the_mark_of_a_machine_once_two_have_read_it(fresh_app):
    row = live(fresh_app, GRAVE, "ug")
    assert row.made_by == "machine"
    native = a_signer(fresh_app, "native", "language", "ug")
    doctor = a_doctor(fresh_app)
    assert signed(native, GRAVE, n=row.n, code="ug").status_code == 303
    assert not live(fresh_app, GRAVE, "ug").reviewer
    assert signed(doctor, GRAVE, n=row.n, code="ug").status_code == 422  # without the translation back
    assert signed(doctor, GRAVE, n=row.n, code="ug", back="仰卧睡觉").status_code == 303
    after = live(fresh_app, GRAVE, "ug")
    assert after.reviewer == NAME
    assert after.second_reader
    with fresh_app.app_context():
        kept_back = db.session.scalars(select(GuideVouch).where(GuideVouch.part == "clinician")).one()
        assert kept_back.back == "仰卧睡觉"


def test_words_that_change_take_every_word_given_for_them_back(fresh_app, someone):
    worker, doctor = someone(WORKER), a_doctor(fresh_app)
    kept(worker, GRAVE, said="宝宝仰卧睡觉{{claim:safe-sleep-back}}。")
    with fresh_app.app_context():
        n = db.session.scalar(
            select(func.max(GuideRevision.n)).where(
                GuideRevision.slug == GRAVE, GuideRevision.language == "zh-Hans"
            )
        )
    assert signed(doctor, GRAVE, n=n).status_code == 303
    typed = form_of(worker, address(GRAVE))
    typed["text-0"] += "再说一句。"
    assert worker.post(address(GRAVE), data={**typed, "do": "save"}).status_code == 303
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(GuideVouch)) == 0


def test_a_day_publishes_and_a_day_takes_away_each_once(fresh_app, someone):
    worker, reader = someone(WORKER), fresh_app.test_client()
    page = f"/zh-Hans/guide/{EVERYDAY}"
    kept(worker, EVERYDAY)
    today = clock.today()
    days = {
        "publish_on": (today + timedelta(3)).isoformat(),
        "expires_on": (today + timedelta(9)).isoformat(),
    }
    assert published(worker, EVERYDAY, publish_on="2020-01-01").status_code == 422
    assert published(worker, EVERYDAY, **days).location.endswith("done=scheduled")
    assert NEW not in reader.get(page).text
    for day, shown in ((2, False), (3, True), (4, True)):
        with at(clock.now() + timedelta(days=day)), fresh_app.app_context():
            tasks.keep_days()
        with at(clock.now() + timedelta(days=day)):
            assert (NEW in reader.get(page).text) == shown, day
    assert told(fresh_app, "guide.published") == 1
    for _ in range(2):
        with at(clock.now() + timedelta(days=9)), fresh_app.app_context():
            tasks.keep_days()
    assert told(fresh_app, "guide.expired") == 1
    with at(clock.now() + timedelta(days=9)):
        assert reader.get(page).status_code == 404


def test_a_lead_enters_who_signs_and_ends_it(fresh_app, someone):
    lead, doctor = someone(LEAD), fresh_app.test_client()
    sign_in(doctor, REVIEWER)
    base = "/zh-Hans/staff/guide/signers"
    assert doctor.get(base).status_code == 403
    entry = {
        "handle": REVIEWER,
        "name": NAME,
        "title": TITLE,
        "organisation": HOUSE,
        "field": "medicine",
        "reads-ug": "1",
    }
    token = {"csrf_token": form_token(lead, base)}
    assert lead.post(base, data={**token, **entry}).status_code == 422  # how it is known is missing
    assert lead.post(base, data={**token, **entry, "proof": "执业证", "handle": LEAD}).status_code == 422
    assert lead.post(base, data={**token, **entry, "proof": "执业证"}).status_code == 303
    assert NAME in lead.get(base).text
    n = live(fresh_app, GRAVE).n
    assert signed(doctor, GRAVE, n=n).status_code == 303
    end = next(each.get("action") for each in _forms(lead, base) if each.get("action", "").endswith("/end"))
    for _ in range(2):
        assert lead.post(end, data=token).status_code == 303
    assert told(fresh_app, "guide.signer-ended") == 1
    assert live(fresh_app, GRAVE).reviewer == NAME


def test_links_outside_are_asked_by_a_job_only_if_an_operator_wants_it(fresh_app, someone):
    asked: list[str] = []

    def ask(address_: str) -> int:
        asked.append(address_)
        return 404

    with fresh_app.app_context():
        assert tasks.check_links() is None
        text = live(fresh_app, EVERYDAY)
        row = db.session.get_one(GuideRevision, text.id)
        row.body += "\n\n[一页](https://www.gov.cn/one-page)"
        db.session.commit()
        while linking.check(ask):
            pass
        assert "https://www.gov.cn/one-page" in asked
        assert len(asked) == len(set(asked))
        assert {each.state for each in db.session.scalars(select(GuideLink))} == {"gone"}
    assert "https://www.gov.cn/one-page" in someone(WORKER).get("/zh-Hans/staff/guide/links").text


def test_no_machine_of_a_private_network_is_asked(monkeypatch):
    monkeypatch.setattr(linking.socket, "getaddrinfo", lambda *_a, **_k: [(0, 0, 0, "", ("10.0.0.7", 443))])
    assert linking.head_of("https://inside.example.gov.cn/") == linking.INSIDE
