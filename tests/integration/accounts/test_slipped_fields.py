"""Fields that nobody asked for give nobody rights (T12)."""

from app.accounts.model import Account, AccountGrant
from app.extensions import db
from tests.factories.accounts import make_staff, send, sign_in

ME = "/zh-Hans/staff/me"
SLIPPED = {
    "role": "administrator",
    "area": "990101",
    "unit": "990101.health",
    "handle": "demo-admin",
    "name": "somebody else",
    "state": "disabled",
    "grants": "administrator",
    "account": "1",
    "totp": "none",
}


def test_a_change_of_ones_password_changes_nothing_else(fresh_app):
    made, visitor = make_staff(fresh_app, "demo-market"), fresh_app.test_client()
    sign_in(visitor, made.handle)
    before = held(fresh_app, made.id)
    new = "eleven loud teapots 4"
    answer = send(visitor, ME, present=made.password, password=new, again=new, **SLIPPED)
    assert answer.status_code == 303
    after = held(fresh_app, made.id)
    assert after.pop("session_stamp") == before.pop("session_stamp") + 1, "other sessions ended"
    assert after.pop("password") != before.pop("password")
    assert before.pop("changed") <= after.pop("changed")
    assert after == before


def held(app, account: str) -> dict[str, object]:
    """Return an account's columns and its rights."""
    with app.app_context():
        row = db.session.get_one(Account, account)
        grants = db.session.scalars(db.select(AccountGrant).filter_by(account=account)).all()
        rights = [(each.role, each.area, each.unit, each.facility) for each in grants]
        return {
            **{column.name: getattr(row, column.name) for column in Account.__table__.columns},
            "rights": rights,
        }
