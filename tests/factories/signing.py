"""People who sign texts, entered as the health commission enters them, and signing through the pages."""

from datetime import datetime

from flask import Flask

from app.accounts.rules import Grant, Role
from app.core import clock
from app.extensions import db
from app.guide.model import GuideSigner
from tests.factories.accounts import make_staff, sign_in
from tests.factories.writing import address, fields

NAME, TITLE, HOUSE = "示例·艾则孜", "主治医师", "示例县妇幼保健院"


def enter(app: Flask, account: str, field: str = "medicine", *reads: str, at: datetime | None = None) -> None:
    """Enter somebody in the list of those who sign."""
    with app.app_context():
        row = GuideSigner(
            account=account,
            name=NAME,
            title=TITLE,
            organisation=HOUSE,
            field=field,
            reads=list(reads),
            proof="执业证",
            entered_by="test",
            entered_at=at or clock.now(),
            ended_at=None,
        )
        db.session.add(row)
        db.session.commit()


def a_signer(app: Flask, handle: str, field: str = "medicine", *reads: str):
    """Give the client of somebody who reviews texts and is in the list."""
    make_staff(app, handle, Grant(Role.EXPERT, "", "990101"))
    client = app.test_client()
    account = sign_in(client, handle)
    enter(app, account, field, *reads)
    return client


def a_doctor(app: Flask, handle: str = "doctor", *reads: str):
    """Give the client of a clinician who signs."""
    return a_signer(app, handle, "medicine", *reads)


def signed(client, slug: str, *, n: int, code: str = "zh-Hans", **more: str):
    """Sign a revision from its page."""
    page = address(slug, f"sign/{n}", code)
    assert client.get(page).status_code == 200
    return client.post(page, data={**fields(client, "say"), "read": "1", **more})
