"""Fields that nobody asked for change nothing (T12)."""

import pytest

from app.cases.model import Case, CaseEvent
from app.extensions import db
from tests.factories.cases import a_case
from tests.factories.counter import FEES, fresh, officer, take
from tests.factories.resident import Resident

SLIPPED = {
    "state": "closed",
    "lead": "990101.fire",
    "severity": "e1",
    "number": "7K3Q-9F2M-C",
    "version": "99",
    "place": "330681",
    "kind": "medical",
    "channel": "phone",
    "anonymous": "",
    "sensitive": "y",
    "no_return": "y",
    "rule_version": "other",
    "registered_at": "2020-01-01",
    "ended_at": "2020-01-01",
    "rating": "5",
    "solved": "yes",
    "merged_into": "1",
    "outcome": "published",
    "hold_reason": "kept",
    "actor": "desk",
    "account": "somebody",
    "unit": "990101.fire",
    "event": "close",
    "public": "",
    "case_id": "1",
}
OWN = {"id", "number", "access_hash", "told", "contact", "registered_at", "changed_at"}
"""What differs between two cases of the same answers."""


class Slipping(Resident):
    """A resident who sends more with each form than it has."""

    def post(self, path, headers=None, **fields):
        return super().post(path, headers, **{**SLIPPED, **fields})


def columns(case: Case) -> dict[str, object]:
    names = {column.name for column in Case.__table__.columns} - OWN
    return {name: getattr(case, name) for name in names}


@pytest.mark.usefixtures("easy")
def test_a_report_holds_only_what_was_asked(fresh_app):
    for who in (Resident(fresh_app), Slipping(fresh_app)):
        assert who.reports().status_code == 200
        who.send("/report/received", last_four=who.code[-4:])
        who.opens()
        who.send("/track/case/message", text="我再补充一句。")
    with fresh_app.app_context():
        asked, slipped = db.session.scalars(db.select(Case).order_by(Case.id))
        assert columns(slipped) == columns(asked)
        assert slipped.number != SLIPPED["number"]
        assert slipped.registered_at.year > 2020


def test_a_step_is_the_one_of_its_page_by_the_one_who_takes_it(fresh_app):
    with fresh_app.app_context():
        numbers = [a_case(**FEES).number for _each in range(2)]
    market = officer(fresh_app, "demo-market")
    for number, more in zip(numbers, ({}, SLIPPED), strict=True):
        assert take(market, number, "sign", declared_free="y", **more).status_code == 303
    with fresh_app.app_context():
        asked, slipped = map(fresh, numbers)
        assert columns(slipped) == columns(asked)
        last = [
            db.session.scalars(db.select(CaseEvent).filter_by(case_id=case.id).order_by(CaseEvent.seq)).all()[
                -1
            ]
            for case in (asked, slipped)
        ]
        told = [(each.event, each.actor, each.account, each.unit, each.target, each.public) for each in last]
        assert told[0] == told[1]
        assert told[0][2] == market.account
