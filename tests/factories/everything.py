"""One object of every kind that lies in the fictional county, for tests of who may see what lies where.

`everything(app)` makes them and returns what the parameters of the counter's addresses stand for, by
blueprint or endpoint: the number of a file that was brought, the id of a change, the name of a profile.
"""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.accounts.model import Cover
from app.accounts.queries import covers
from app.accounts.rules import Grant, Role
from app.accounts.rules.cover import as_json, lendable, lent
from app.areas.model import PlaceChange
from app.cases.model import Case, CaseReveal
from app.cases.rules import contexts
from app.core import clock, sealing
from app.events.model import Event, Expert
from app.extensions import Base, db
from app.facilities.loading import kept as sealed
from app.facilities.model import Edit, LedgerProfile, Observed, Photo, Recorded, Upload
from app.facilities.rules.proposals import By
from app.facilities.service import proposals
from app.facilities.service.proposals import Asked
from app.facilities.service.uploads.telling import TABS, finished
from app.guide.model import GuideFeedback, GuideText
from app.site.model import Export
from tests.factories.accounts import make_staff
from tests.factories.cases import REASON, a_case, worked_on
from tests.factories.counter import FEES
from tests.factories.signing import enter

HERE, SHOP, PROFILE = "990101", "V2BZZGN6", "own-990101-1"
WORKER = "demo-worker-1"
INSPECTED = {
    "kind": "inspection", "type": None, "issued_on": "2026-11-18", "valid_until": None, "number": "",
    "results": {"zh-Hans": "合格"}, "bodies": {"zh-Hans": "虚构的检查组"},
}  # fmt: skip
COUNTS = dict.fromkeys(
    ("rows", "new", "changed", "needs", "skipped", "missing", "warnings", "errors", "same"), 0
)
ONCE, COVER = "of-the-form", "C0VER000"


def everything(app: Flask) -> dict[str, dict[str, object]]:
    """Make an object of each kind in the fictional county: blueprint or endpoint → parameter → value."""
    somebody = make_staff(app, "somebody-here", Grant(Role.EXPERT, area=HERE)).id
    worker = make_staff(app, WORKER).id
    enter(app, somebody)
    with app.app_context():
        case = worked_on(a_case(**FEES))
        text = a_text()
        asked = Asked(SHOP, field="phone", value="0000-5550999", reason="门口的牌子", by=By.PUBLIC)
        edit = kept(an_edit(worker))
        said = db.session.scalars(select(Observed).where(Observed.facility == SHOP)).first()
        assert said is not None
        ledger, snapshot = kept(looked_at(an_upload("ledger", worker))), kept(an_upload("register", worker))
        db.session.add(a_profile(worker))
        found: dict[str, dict[str, object]] = {
            "accounts": {"account": somebody, "identity": kept(a_cover(worker, somebody))},
            "cases_staff": {"number": case.number, "wanted": a_reveal(case)},
            "facilities_staff": {"id": SHOP, "number": proposals.propose(asked)},
            "facilities_staff.edit_made": {"number": edit},
            "facilities_staff.undo_edit": {"number": edit},
            "facilities_staff.take_back": {"number": said.id},
            "facilities_staff.photo": {"number": kept(a_photo(worker))},
            "facilities_staff.withdraw_record": {"number": kept(a_record(worker))},
            "guide_staff": {"slug": text.slug, "number": kept(a_report(text.slug)), "account": somebody},
            "guide_staff.translate": {"code": "ug"},
            "guide_staff.same": {"code": "ug"},
            "place_staff": {"code": HERE, "name": "routing", "region": "CN", "number": 2026},
            "place_staff.change": {"id": kept(a_change(worker))},
            "events_staff": {"id": db.session.scalars(select(Event.id).where(Event.place == HERE)).first()},
            "events_staff.expert": {"id": db.session.scalars(select(Expert.id)).first()},
            "site_staff": {"id": kept(an_export(worker))},
            "imports": {"number": ledger},
            "imports.snapshot": {"number": snapshot},
            "imports.act_snapshot": {"number": snapshot},
            "imports.export": {"name": PROFILE},
        }
        db.session.commit()
    return found


def kept(row: Base) -> object:
    """Write a row and return its id."""
    db.session.add(row)
    db.session.flush()
    found: object = row.id
    return found


def a_text() -> GuideText:
    """Let a text be one of the fictional county only."""
    text = db.session.scalars(select(GuideText).order_by(GuideText.slug)).first()
    assert text is not None
    text.place = HERE
    return text


def a_report(slug: str) -> GuideFeedback:
    """Return what a reader said of a text."""
    return GuideFeedback(
        slug=slug, language="ug", revision=1, kind="translation", helpful=None, words=None, state="open",
        made_at=clock.now(),
    )  # fmt: skip


def a_cover(giver: str, taker: str) -> Cover:
    """Return rights of somebody that a colleague is to have today."""
    grants = lent(lendable([Grant(Role.COMMUNITY_WORKER, "", f"{HERE}001")]))
    today = clock.today()
    return Cover(
        id=COVER, request="r", giver=giver, taker=taker, grants=[as_json(each) for each in grants],
        first=today, last=today, reason=sealing.seal_text(REASON, covers.sealed_as(COVER)), state="asked",
        made_at=clock.now(),
    )  # fmt: skip


def a_reveal(case: Case) -> object:
    """Ask to read who reported; returns the number of the request."""
    row = CaseReveal(case_id=case.id, what="contact", by="ann", at=clock.now(), reason=b"", state="asked")
    number = kept(row)
    row.reason = sealing.seal_text(REASON, contexts.reveal(case.number, row.id))
    return number


def an_edit(account: str) -> Edit:
    """Return what somebody changed of a facility."""
    return Edit(
        token=ONCE, what="one", field="phone", facilities=[SHOP], observed_on=clock.today(),
        account=account, made_at=clock.now(), state="applied",
    )  # fmt: skip


def a_photo(account: str) -> Photo:
    """Return a photo of a facility, without its files."""
    return Photo(
        facility=SHOP, place=1, view="none", thumb="none", width=4, height=3, size=1,
        says={"zh-Hans": "教室"}, token=ONCE, account=account, added_at=clock.now(),
    )  # fmt: skip


def a_record(account: str) -> Recorded:
    """Return an inspection that is public tomorrow."""
    return Recorded(
        facility=SHOP, row=INSPECTED, publish_on=clock.today() + timedelta(days=1),
        token=ONCE, state="waiting", account=account, recorded_by="", made_at=clock.now(),
    )  # fmt: skip


def an_upload(kind: str, account: str, *, state: str = "ready", days: float = 7, area: str = HERE) -> Upload:
    """Return a file that was brought and compared, with its findings erased already."""
    now = clock.now()
    return Upload(
        kind=kind, area=area, file=f"{kind}.csv", size=1, digest=kind, by=account, made_at=now,
        ends_at=now + timedelta(days=days), state=state, task="plan", step=0, tries=0, version=1, profile="",
        choices={}, asked_by=account, stamp="", counts=COUNTS, blob="", survey="", plan="",
    )  # fmt: skip


def looked_at(row: Upload) -> Upload:
    """Return a ledger with what was found in it: one column, and no rows."""
    survey = {
        "headings": ["名称"], "samples": [[]], "words": [[]], "header_row": 1, "rows": 0, "sheet": "",
        "how": "utf-8 ,", "sheets": [], "layout": {}, "hits": {},
    }  # fmt: skip
    row.survey = sealed.keep_json(survey, sealed.SURVEY)
    row.plan = sealed.keep_json(finished({tab: [] for tab in TABS}, clock.today(), 0, None), sealed.PLAN)
    return row


def a_profile(account: str) -> LedgerProfile:
    """Return how the county's ledger is read."""
    now = clock.now()
    return LedgerProfile(
        name=PROFILE, area=HERE, title="台账", data={}, version=1, made_at=now, made_by=account,
        changed_at=now, changed_by=account,
    )  # fmt: skip


def a_change(
    author: str, *, state: str = "proposed", name: str = "routing", place: str = HERE
) -> PlaceChange:
    """Return a change of a table that waits for a second person."""
    row = {"paraphrase_zh-Hans": "虚构"}
    return PlaceChange(
        place=place, name=name, state=state, rows={"1": row}, before={"1": None}, base={}, author=author,
        at=clock.now(), note="", edition="",
    )  # fmt: skip


def an_export(by: str, *, kind: str = "contacts", state: str = "asked") -> Export:
    """Return a file that somebody asks to take out."""
    now = clock.now()
    return Export(
        id=f"EXP{state[:5].upper():0<5}", kind=kind, form="csv", language="zh-Hans", area=HERE, place=HERE,
        by=by, at=now, state=state, purpose="call-back", expires_at=now + timedelta(hours=1), cut=False,
    )  # fmt: skip
