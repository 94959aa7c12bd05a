"""The fictional county has staff of every role; their secrets stand in one file that only its owner reads."""

import csv
import dataclasses

import pyotp
import pytest
from sqlalchemy import func, select

from app.accounts.model import Account
from app.accounts.service.demo import FILE, make_demo_accounts
from app.areas.rules import STAFF_ROLES
from app.core import clock
from app.extensions import db
from tests.factories.accounts import CODE, SIGN_IN, fictional, make_staff, send


def told(app) -> dict[str, dict[str, str]]:
    text = (app.extensions["settings"].data / FILE).read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {row["handle"]: row for row in csv.DictReader(lines, delimiter="\t")}


@pytest.fixture
def demo(fresh_app):
    def run(*options: str) -> str:
        done = fresh_app.test_cli_runner().invoke(args=["accounts", "demo", *options])
        assert done.exit_code == 0, done.output
        return done.output

    return run


def test_every_role_has_somebody_and_the_file_tells_how_to_sign_in(fresh_app, demo, visitor):
    assert f"made {len(fictional())}, kept 0" in demo()
    file = fresh_app.extensions["settings"].data / FILE
    assert file.stat().st_mode & 0o777 == 0o600
    rows = told(fresh_app)
    assert list(rows) == list(fictional())
    assert {row["role"] for row in rows.values()} == STAFF_ROLES
    for handle in ("demo-market", "demo-provider-1"):
        row = rows[handle]
        answer = send(visitor, SIGN_IN, handle=handle, password=row["password"])
        if row["totp_secret"]:
            assert pyotp.parse_uri(row["otpauth_uri"]).secret == row["totp_secret"]
            code = pyotp.TOTP(row["totp_secret"]).at(clock.now())
            answer = send(visitor, CODE, code=code)
        assert (answer.status_code, answer.location) == (303, "/zh-Hans/staff")
        visitor.delete_cookie("tuoyu")
    assert len({row["password"] for row in rows.values()}) == len(rows)


def test_a_second_time_nothing_changes(fresh_app, demo):
    demo()
    file = fresh_app.extensions["settings"].data / FILE
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    assert f"made 0, kept {len(fictional())}" in demo()
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_without_the_file_it_says_how_to_get_new_passwords(fresh_app, demo):
    demo()
    old = told(fresh_app)
    (fresh_app.extensions["settings"].data / FILE).unlink()
    assert "accounts demo --reset" in demo()
    assert not (fresh_app.extensions["settings"].data / FILE).exists()
    demo("--reset")
    assert list(told(fresh_app)) == list(old)
    assert told(fresh_app)["demo-market"]["password"] != old["demo-market"]["password"]


def test_an_account_that_was_there_is_not_touched(fresh_app, demo, visitor):
    made = make_staff(fresh_app, "demo-market")
    assert "made 44, kept 1" in demo("--reset")
    assert "demo-market" not in told(fresh_app)
    assert send(visitor, SIGN_IN, handle=made.handle, password=made.password).status_code == 303


def test_somebody_new_is_added_and_the_others_stay(fresh_app, demo):
    demo()
    before = told(fresh_app)
    with fresh_app.app_context():
        account = db.session.scalars(select(Account).where(Account.handle == "demo-fire")).one()
        account.handle = "renamed"
        db.session.commit()
    assert "made 1, kept 44" in demo()
    after = told(fresh_app)
    changed = {handle for handle in after if after[handle] != before[handle]}
    assert changed == {"demo-fire"}


def test_without_the_fictional_county_there_is_nobody(fresh_app):
    chosen = dataclasses.replace(fresh_app.extensions["settings"], sample=False)
    fresh_app.extensions["settings"] = chosen
    done = fresh_app.test_cli_runner().invoke(args=["accounts", "demo"])
    assert done.exit_code == 0
    with fresh_app.app_context():
        assert make_demo_accounts(chosen).made == 0
        assert db.session.scalar(select(func.count()).select_from(Account)) == 0
    assert not (chosen.data / FILE).exists()
