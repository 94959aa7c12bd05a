"""What is sealed is asked for, allowed by somebody else, read for a day, and every read is recorded."""

from datetime import UTC, datetime, timedelta

import pytest

from app.cases.model import CaseFile, CaseNotice, CaseReveal
from app.cases.queries import outcomes
from app.cases.rules.acts import Event
from app.cases.service import drafts
from app.core import audit, clock
from app.extensions import db
from tests.factories.cases import a_case, at, doer, replied_to, step, worked_on
from tests.factories.counter import ABUSE, CANARIES, FEES, NAMED, fresh, officer, post, url
from tests.unit.core.photo_files import jpeg_with_words as a_jpeg

WHY = "需要联系反映人核实收费单据的原件，请予批准。"
NOTICE = {"demands": "explain", "due_on": "2999-01-05"}


def audited(action: str) -> list[audit.Audit]:
    return db.session.query(audit.Audit).filter_by(action=action).order_by(audit.Audit.id).all()


def asked() -> CaseReveal:
    return db.session.query(CaseReveal).order_by(CaseReveal.id.desc()).first()


@pytest.fixture
def named(fresh_app):
    with fresh_app.app_context():
        yield worked_on(a_case(**FEES, **NAMED)).number


@pytest.fixture
def grave(fresh_app):
    with fresh_app.app_context():
        yield a_case(**ABUSE).number


def test_the_contact_is_read_only_after_a_second_person_allowed_it(fresh_app, named):
    market, lead = officer(fresh_app, "demo-market"), officer(fresh_app, "demo-lead")
    reveal = url(named, "reveal")
    assert post(market, reveal, do="read").status_code == 409
    assert post(market, reveal, what="contact", reason="要看").status_code == 422
    assert post(market, reveal, what="contact", reason=WHY).status_code == 303
    assert post(market, reveal, do="read").status_code == 409
    assert audited("sealed.read") == []
    row = asked()
    assert WHY.encode() not in row.reason
    allow = url(named, "reveal", row.id)
    assert post(market, allow, reveal, agree="yes").status_code == 403, "officers allow nothing"
    assert post(lead, allow, url(named, "reveal"), agree="yes").status_code == 303
    text = post(market, reveal, do="read").get_data(as_text=True)
    assert all(canary in text for canary in CANARIES)
    (read,) = audited("sealed.read")
    assert (read.actor, read.subject, read.data) == (market.account, named, {"what": "contact"})
    other = officer(fresh_app, "demo-market-2")
    assert post(other, reveal, do="read").status_code == 409, "leave is given to one person"
    with at(clock.now() + timedelta(hours=25)):
        late = officer(fresh_app, "demo-market")
        assert post(late, reveal, do="read").status_code == 409


def test_nobody_allows_their_own_request(fresh_app, named):
    lead = officer(fresh_app, "demo-lead")
    post(lead, url(named, "reveal"), what="contact", reason=WHY)
    answer = post(lead, url(named, "reveal", asked().id), url(named, "reveal"), agree="yes")
    assert answer.status_code == 409
    db.session.expire_all()
    assert asked().state == "asked"
    assert [row.data["event"] for row in audited("case.illegal-step")] == ["reveal-decide"]


def test_a_sensitive_story_is_shut_until_it_is_allowed(fresh_app, grave):
    police, lead = officer(fresh_app, "demo-police"), officer(fresh_app, "demo-lead")
    for client in (police, lead):
        text = client.get(url(grave)).get_data(as_text=True)
        assert "用力拉扯" not in text
        assert "用力拉扯" not in client.get(url(grave, "print")).get_data(as_text=True)
    post(police, url(grave, "reveal"), what="told", reason=WHY)
    assert post(lead, url(grave, "reveal", asked().id), url(grave, "reveal"), agree="no").status_code == 303
    assert "用力拉扯" not in police.get(url(grave)).get_data(as_text=True)
    post(police, url(grave, "reveal"), what="told", reason=WHY)
    post(lead, url(grave, "reveal", asked().id), url(grave, "reveal"), agree="yes")
    assert "用力拉扯" in police.get(url(grave)).get_data(as_text=True)
    assert "用力拉扯" not in lead.get(url(grave)).get_data(as_text=True)
    assert [row.actor for row in audited("sealed.read")] == [police.account]


def test_in_an_emergency_one_reads_at_once_and_it_is_looked_at_afterwards(fresh_app, grave):
    police, lead = officer(fresh_app, "demo-police"), officer(fresh_app, "demo-lead")
    assert post(police, url(grave, "reveal"), what="told", reason=WHY, urgent="y").status_code == 303
    assert "用力拉扯" in police.get(url(grave)).get_data(as_text=True)
    assert grave in lead.get("/zh-Hans/staff/cases/reveals").get_data(as_text=True)
    post(lead, url(grave, "reveal", asked().id), url(grave, "reveal"), agree="yes")
    db.session.expire_all()
    assert asked().state == "confirmed"


def test_nothing_else_is_read_at_once(fresh_app, named):
    market = officer(fresh_app, "demo-market")
    post(market, url(named, "reveal"), what="contact", reason=WHY, urgent="y")
    assert asked().state == "asked", "the form does not even have the box"


def test_opening_a_story_that_is_not_sensitive_is_recorded(fresh_app, named):
    market = officer(fresh_app, "demo-market")
    assert "餐费要多交" in market.get(url(named)).get_data(as_text=True)
    assert [(row.actor, row.subject, row.data) for row in audited("case.read")] == [
        (market.account, named, {})
    ]


def test_a_name_shows_on_no_page_of_a_case(fresh_app, named):
    market = officer(fresh_app, "demo-market")
    for rest in ((), ("print",), ("reply",), ("notice",), ("reveal",), ("step", "refer"), ("gate",)):
        text = market.get(url(named, *rest)).get_data(as_text=True)
        assert not any(canary in text for canary in CANARIES), rest


def test_photos_are_shown_clean_and_handed_out_only_with_leave(fresh_app, named):
    case = fresh(named)
    sent = a_jpeg()
    photo = drafts.store("photo", "IMG_1.jpg", sent)
    photo.case_id, photo.draft, photo.message = case.id, None, None
    db.session.add(photo)
    db.session.commit()
    market, lead = officer(fresh_app, "demo-market"), officer(fresh_app, "demo-lead")
    clean = market.get(url(named, "files", photo.id))
    assert (clean.status_code, clean.mimetype) == (200, "image/jpeg")
    assert market.get(url(named, "files", photo.id) + "?small=1").status_code == 200
    original = url(named, "files", photo.id, "original")
    assert post(market, original, url(named)).status_code == 409
    post(market, url(named, "reveal"), what="originals", reason=WHY)
    post(lead, url(named, "reveal", asked().id), url(named, "reveal"), agree="yes")
    given = post(market, original, url(named))
    assert given.status_code == 200
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.get_data() == sent
    assert audited("sealed.read")[-1].data == {"what": "originals", "file": photo.id}
    other = a_case(**FEES).number
    assert market.get(url(other, "files", photo.id)).status_code == 404, "a file belongs to its case"
    assert db.session.query(CaseFile).count() == 1


def test_a_notice_cannot_carry_the_resident_to_the_facility(fresh_app, named):
    market = officer(fresh_app, "demo-market")
    for leak in (
        f"请与{CANARIES[0]}·买买提联系。",
        f"电话{CANARIES[1]}。",
        "据举报人说，收费不符。",
        "老师说餐费要多交三百元，可是墙上写的价格不是这样，我有收据为证。",
        "身份证 110101199003074514",
    ):
        answer = post(market, url(named, "notice"), facility="示例托育园", extra=leak, **NOTICE)
        assert answer.status_code == 422, leak
        text = answer.get_data(as_text=True)
        assert leak in text
        assert 'class="note bad"' in text
        assert 'class="errsum"' not in text, "only the leak stands in the way"
    assert db.session.query(CaseNotice).count() == 0
    fresh(named).registered_at = datetime(2025, 3, 17, tzinfo=UTC)
    db.session.commit()
    made = post(market, url(named, "notice"), facility="示例托育园", extra="请携带收费公示材料。", **NOTICE)
    assert made.status_code == 303
    for lang in ("zh-Hans", "ug", "en"):
        sheet = market.get(made.location.replace("/zh-Hans/", f"/{lang}/")).get_data(as_text=True)
        body = sheet[sheet.index('class="sheet') : sheet.index("<footer")]
        assert "请携带收费公示材料。" in body
        assert not any(canary in body for canary in CANARIES)
        assert "餐费" not in body
        assert "2025" not in body, "nor when it was reported"
    row = db.session.query(CaseNotice).one()
    assert "收费公示".encode() not in row.words


def test_an_outcome_is_cleared_by_a_second_person_and_appears_later(fresh_app, named):
    case = replied_to(fresh(named))
    market, two = officer(fresh_app, "demo-market"), officer(fresh_app, "demo-market-2")
    words = "经核查，一家托育机构未按规定公示价格，已责令改正并退还多收费用。"
    outcome = url(named, "outcome")
    assert post(market, outcome, **{"text_zh-Hans": words}).status_code == 409, "it is not closed"
    step(fresh(named), Event.RATE, doer("resident"), rating=4, solved="yes")
    assert (
        post(market, outcome, **{"text_zh-Hans": f"{words}反映人{CANARIES[0]}·买买提已收到。"}).status_code
        == 422
    )
    assert post(market, outcome, **{"text_zh-Hans": words, "text_ug": "تەكشۈرۈلدى"}).status_code == 303
    waiting = outcomes.pending(fresh(named))
    clear = url(named, "outcome", waiting.id)
    assert post(market, clear, url(named), agree="yes").status_code == 409
    assert fresh(named).outcome == {}
    assert post(two, clear, url(named), agree="yes").status_code == 303
    assert fresh(named).outcome["zh-Hans"] == words
    assert outcomes.of_place("990101") == ()
    with at(clock.now() + timedelta(days=40)):
        (shown,) = outcomes.of_place("990101")
        assert shown.texts["zh-Hans"] == words
        assert "杏花" not in str(shown.area_names), "one case only: the township is not named"
        for _more in range(4):
            a_case(**FEES)
        (shown,) = outcomes.of_place("990101")
        assert "杏花" in str(shown.area_names)
    assert case.category == "fees"


def test_the_chain_of_the_audit_holds_after_all_this(fresh_app, grave):
    police = officer(fresh_app, "demo-police")
    post(police, url(grave, "reveal"), what="told", reason=WHY, urgent="y")
    police.get(url(grave))
    assert audit.verify().ok
