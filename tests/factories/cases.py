"""Cases for tests: registered by the way every report takes, in the fictional county, at a chosen time.

case = a_case(category="fees")
step(case, Event.SIGN, doer("lead", unit=case.lead))
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from app.cases.model import Case
from app.cases.queries import preview
from app.cases.rules.acts import Actor, Event
from app.cases.rules.report import Report
from app.cases.service import acting, intake
from app.cases.service.acting import Doer
from app.core import clock
from app.core.sealing import keyed_hash
from app.extensions import db

COUNTY, TOWN = "990101", "990101001"
HEALTH, MARKET, POLICE, EDUCATION, FIRE = (
    f"{COUNTY}.{kind}" for kind in ("health", "market", "police", "education", "fire")
)
CITY = "9901.health"
MONDAY = datetime(2026, 11, 16, 1, tzinfo=UTC)
"""Nine o'clock on a Monday in Asia/Shanghai, no holiday near."""
REASON = "经核查，这件事应由所提的部门依法办理，依据见附件。"
PARTS = {
    "facts": "我们于十一月二十日到现场检查，查看了记录。",
    "grounds": "投诉所说情况部分属实，三名保育员迟到。",
    "basis": "依据托育机构管理规范第十条作出处理。",
    "decision": "责令该机构十日内整改，逾期依法处罚。",
    "remedies": "对本答复不服的，可在三十日内申请复查。",
}
"""A reply with all its elements."""

_codes = iter(range(10**19, 2 * 10**19))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the program's clock stand at a moment; it is aware."""
    with patch.object(clock, "now", lambda: moment.astimezone(UTC)):
        yield


def days_after(moment: datetime, days: float) -> datetime:
    """Return the moment so many times 24 hours later."""
    return moment + timedelta(days=days)


def a_report(**answers: object) -> Report:
    """Return a report that may be sent: a breach told anonymously, in a township of the fictional county."""
    whole = Report(
        purpose="report",
        area=TOWN,
        category="care",
        child_safety="none",
        story="老师经常迟到，孩子在教室里没人看管。",
        named="某某托育园",
        address="中心路 1 号",
        notice=True,
        language="zh-Hans",
    )
    return replace(whole, **answers)


def a_case(*, at_work: bool = True, code: str = "", **answers: object) -> Case:
    """Register a report and commit it; call it inside an app context.

    `at_work`: whether somebody works in the unit that its rule names; if not, the triage desk has the case.
    `code` is the 20-digit access code, a new one unless given.
    """
    staffed = frozenset if at_work else lambda _units: frozenset()
    with patch.object(preview.accounts, "staffed", staffed):
        case = intake.register(a_report(**answers), code or f"{next(_codes):020d}")
    db.session.commit()
    return case


def code_of(case: Case, code: str) -> bool:
    """Tell whether a code opens a case."""
    return case.access_hash == keyed_hash("codes", code)


def doer(*parts: str, account: str = "ann", unit: str = "") -> Doer:
    """Return somebody who plays these parts; `resident` and `system` have neither account nor unit."""
    actors = frozenset(Actor(part) for part in parts)
    if actors <= {Actor.RESIDENT, Actor.SYSTEM}:
        return Doer(actors)
    return Doer(actors, account, unit)


def step(case: Case, event: Event, who: Doer, **given: object) -> Case:
    """Take a step in a case as it stands now."""
    return acting.act(case.id, event, who, seen=case.version, **given)


def worked_on(case: Case) -> Case:
    """Bring a dispatched case to where its office works on it."""
    lead = doer("lead", unit=case.lead or "")
    step(case, Event.SIGN, lead)
    return step(case, Event.START, lead)


def replied_to(case: Case) -> Case:
    """Bring a case that is worked on to its reply; the desk approves too where two approvals are needed."""
    unit = case.lead or ""
    step(case, Event.SUBMIT_REPLY, doer("lead", unit=unit), parts=PARTS)
    step(case, Event.APPROVE, doer("head", account="bai", unit=unit))
    if case.state != "replied":
        step(case, Event.APPROVE, doer("head", "desk", account="chen", unit=HEALTH))
    return case
