"""The page of the day: what waits, for each role and as far as it reaches, with few questions."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from app.accounts.model import Account, Invitation
from app.accounts.rules import Grant, Role
from app.accounts.service import inviting
from app.cases.model import CaseClock
from app.core import clock
from app.events.model import Event
from app.extensions import db
from app.facilities.model import Facility
from app.guide.model import GuideFeedback, GuideRevision, GuideText
from tests.factories.accounts import make_staff, sign_in
from tests.factories.cases import a_case
from tests.factories.counter import FEES, a_waiting_reply
from tests.factories.proposals import SHOP, ask

HOME = "/zh-Hans/staff"
MOST = 40
"""Questions to the database for the page, whatever lies on the desk."""


def desk(app, handle: str, lang: str = "en") -> dict[str, str]:
    """Return what is on somebody's desk: sentence → address."""
    client = app.test_client()
    sign_in(client, handle)
    page = client.get(f"/{lang}/staff").get_data(as_text=True)
    listed = re.findall(
        r'<li><a href="([^"]+)">([^<]+)</a>', page.partition('class="pressing"')[2].partition("</div>")[0]
    )
    return {re.sub(r"[\u2066-\u2069]", "", words): address for address, words in listed}


def counts(found: dict[str, str], part: str) -> list[int]:
    """Return the numbers of the sentences that hold a part."""
    return [int(re.search(r"\d+", words)[0]) for words in found if part in words]


@pytest.fixture
def quiet(fresh_app):
    """A site with nothing that was said long ago, nothing to count and nothing to look at again."""
    with fresh_app.app_context():
        db.session.execute(update(Event).values(families=1))
        db.session.execute(update(Facility).values(vacancies_on=None))
        db.session.execute(update(GuideText).values(review_months=1200))
        db.session.commit()
    return fresh_app


HANDLES = [
    "demo-admin", "demo-lead", "demo-auditor", "demo-market", "demo-worker-1", "demo-xinghua",
    "demo-translator-ug", "demo-reviewer", "demo-expert-child", "demo-provider-1",
]  # fmt: skip


@pytest.mark.parametrize("handle", HANDLES)
def test_every_role_has_a_desk_and_every_link_on_it_opens(fresh_app, handle):
    client = fresh_app.test_client()
    sign_in(client, handle)
    for lang in ("zh-Hans", "ug", "en"):
        assert client.get(f"/{lang}/staff").status_code == 200
    for address in desk(fresh_app, handle).values():
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("handle", HANDLES)
def test_looking_asks_few_questions_and_writes_nothing(fresh_app, handle):
    client = fresh_app.test_client()
    sign_in(client, handle)
    client.get(HOME)
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        asked.append(statement.lstrip().split(None, 1)[0].upper())

    with fresh_app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get(HOME).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert not {"INSERT", "UPDATE", "DELETE"} & set(asked)
    assert len(asked) <= MOST, len(asked)


def test_a_proposal_waits_for_those_of_its_area(quiet):
    with quiet.app_context():
        ask()
    assert counts(desk(quiet, "demo-worker-1"), "by the public") == [1]
    assert counts(desk(quiet, "demo-lead"), "by the public") == [1]
    for handle in ("demo-worker-2", "demo-market", "demo-provider-1", "demo-admin", "demo-translator-ug"):
        assert counts(desk(quiet, handle), "by the public") == [], handle


@pytest.mark.parametrize(("days", "found"), [(180, []), (181, [1])])
def test_places_free_that_were_said_long_ago_are_told(quiet, days, found):
    with quiet.app_context():
        on = clock.today() - timedelta(days)
        db.session.execute(update(Facility).where(Facility.id == SHOP).values(vacancies_on=on))
        db.session.commit()
    assert counts(desk(quiet, "demo-worker-1"), "The places free of") == found
    assert counts(desk(quiet, "demo-worker-2"), "The places free of") == []


def test_an_event_that_is_over_is_to_be_counted(quiet):
    with quiet.app_context():
        row = db.session.scalars(select(Event).where(Event.township == "990101001")).first()
        row.families, row.status = None, "planned"
        row.starts_at, row.ends_at = clock.now() - timedelta(hours=30), clock.now() - timedelta(hours=28)
        db.session.commit()
    assert counts(desk(quiet, "demo-worker-1"), "write down who came") == [1]
    assert counts(desk(quiet, "demo-worker-2"), "write down who came") == []
    assert counts(desk(quiet, "demo-reviewer"), "write down who came") == []


def test_a_case_is_overdue_for_those_who_have_it(quiet):
    with quiet.app_context():
        a_case(**FEES)
    assert counts(desk(quiet, "demo-market"), "overdue") == []
    with quiet.app_context():
        db.session.execute(update(CaseClock).values(due_at=clock.now() - timedelta(minutes=1)))
        db.session.commit()
    assert counts(desk(quiet, "demo-market"), "overdue") == [1]
    assert counts(desk(quiet, "demo-lead"), "overdue") == [1]
    for handle in ("demo-fire", "demo-worker-1", "demo-auditor", "demo-admin"):
        assert counts(desk(quiet, handle), "overdue") == [], handle


def test_what_readers_report_and_what_is_to_be_looked_at_waits_for_writers(quiet):
    with quiet.app_context():
        text = db.session.scalars(select(GuideText).order_by(GuideText.slug)).first()
        text.review_months = 1
        text.written_on = clock.today() - timedelta(days=4000)
        report = GuideFeedback(
            slug=text.slug, language="ug", revision=1, kind="translation", helpful=None, words=None,
            state="open", made_at=clock.now(),
        )  # fmt: skip
        db.session.add(report)
        db.session.commit()
    found = desk(quiet, "demo-translator-ug")
    assert counts(found, "Readers reported") == [1]
    assert counts(desk(quiet, "demo-market"), "Readers reported") == []


def test_translations_that_were_left_behind_are_told_with_their_language(quiet):
    before = desk(quiet, "demo-translator-ug")
    with quiet.app_context():
        row = db.session.scalars(
            select(GuideRevision).where(
                GuideRevision.slug == "vitamin-d-iron",
                GuideRevision.language == "zh-Hans",
                GuideRevision.state == "published",
            )
        ).one()
        values = {each.key: getattr(row, each.key) for each in GuideRevision.__table__.columns}
        row.state = "replaced"
        newer = values | {"id": row.id + 100_000, "n": row.n + 1, "change": "substance", "base_id": row.id}
        db.session.flush()
        db.session.add(GuideRevision(**newer))
        db.session.commit()
    told = {words: at for words, at in desk(quiet, "demo-translator-ug").items() if words not in before}
    assert counts(told, "ئۇيغۇرچە: 1 translation is older") == [1]
    assert any("language=ug" in at and "state=needs_update" in at for at in told.values())


def test_invitations_that_end_are_told_to_those_who_invite(quiet):
    with quiet.app_context():
        inviting.invite("new-here", {"zh-Hans": "新人"}, Grant(Role.EXPERT, area="990101"), by="system")
        inviting.invite("new-there", {"zh-Hans": "新人"}, Grant(Role.EXPERT, area="330681"), by="system")
    assert counts(desk(quiet, "demo-admin"), "invitation") == []
    with quiet.app_context():
        db.session.execute(update(Invitation).values(expires=clock.now() + timedelta(hours=23)))
        db.session.commit()
    assert counts(desk(quiet, "demo-admin"), "within a day") == [1]
    with quiet.app_context():
        db.session.execute(update(Invitation).values(expires=clock.now() - timedelta(hours=1)))
        db.session.commit()
    assert counts(desk(quiet, "demo-admin"), "before it was used") == [1]
    assert counts(desk(quiet, "demo-lead"), "invitation") == []


def test_an_empty_desk_says_so(quiet):
    client = quiet.test_client()
    sign_in(client, "demo-auditor")
    with quiet.app_context():
        from app.accounts.service import proofs

        proofs.new_recovery_codes(sign_in(client, "demo-auditor"))
        db.session.commit()
    page = client.get("/en/staff").get_data(as_text=True)
    assert "Nothing waits for you today." in page


def test_recovery_codes_are_asked_for_where_they_are_made_and_not_of_invented_people(quiet):
    assert "/en/staff/me/recovery-codes" in desk(quiet, "demo-auditor").values()
    with quiet.app_context():
        db.session.execute(update(Account).where(Account.handle == "demo-auditor").values(fictional=True))
        db.session.commit()
    assert desk(quiet, "demo-auditor") == {}


def test_a_reply_waits_for_a_second_person_and_not_for_its_writer(quiet):
    writer = make_staff(quiet, "demo-market").id
    with quiet.app_context():
        a_waiting_reply(writer, **FEES)
        db.session.commit()
    assert counts(desk(quiet, "demo-market-2"), "second person") == [1]
    assert counts(desk(quiet, "demo-market"), "second person") == []


def test_who_can_lend_nothing_is_not_asked_to(quiet):
    client = quiet.test_client()
    for handle, is_there in (("demo-provider-1", False), ("demo-worker-1", True)):
        sign_in(client, handle)
        for page in ("", "/me"):
            assert ("/staff/cover" in client.get(f"/en/staff{page}").get_data(as_text=True)) is is_there
