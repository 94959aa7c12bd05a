"""Signing in takes a password and a code, each good once; sessions end when they should."""

import re

import pyotp
import pytest
from sqlalchemy import select, text

from app.accounts.model import Account, StaffSession
from app.accounts.rules import Grant, Role
from app.accounts.service import managing, proofs
from app.core import audit, clock
from app.extensions import db
from tests.factories.accounts import CODE, SIGN_IN, form_token, make_staff, send, sign_in, walk_in

ME = "/zh-Hans/staff/me"
WRONG = "wrong-but-long-enough"


def is_in(client) -> bool:
    answer = client.get(ME)
    assert answer.status_code in {200, 303}
    return answer.status_code == 200


def actions(app) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(text("SELECT action FROM audit WHERE actor <> 'system' ORDER BY id")))


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_a_person_signs_in_looks_around_and_signs_out(fresh_app, visitor, officer, lang):
    start = visitor.get(f"/{lang}/staff/me")
    assert (start.status_code, start.location) == (303, f"/{lang}/staff/sign-in?next=/{lang}/staff/me")
    token = form_token(visitor, start.location)
    fields = {"handle": officer.handle, "password": officer.password, "next": f"/{lang}/staff/me"}
    answer = visitor.post(f"/{lang}/staff/sign-in", data={"csrf_token": token, **fields})
    assert (answer.status_code, answer.location) == (303, f"/{lang}/staff/sign-in/code")
    assert not is_in(visitor), "the password alone opens nothing"
    answer = send(visitor, answer.location, code=officer.code())
    assert (answer.status_code, answer.location) == (303, f"/{lang}/staff/me")
    page = visitor.get(answer.location)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    answer = send(visitor, f"/{lang}/staff/sign-out", page=f"/{lang}/staff/me")
    assert answer.status_code == 303
    assert not is_in(visitor)
    assert actions(fresh_app) == ["sign-in", "sign-out"]


def test_a_sign_in_name_is_typed_freely(visitor, officer):
    answer = send(visitor, SIGN_IN, handle=" DEMO-Market ", password=officer.password)
    assert answer.status_code == 303


def test_a_provider_needs_no_code(fresh_app, visitor):
    made = make_staff(fresh_app, "demo-provider-1")
    assert send(visitor, SIGN_IN, handle=made.handle, password=made.password).location == "/zh-Hans/staff"
    assert is_in(visitor)


def test_wrong_and_unknown_get_the_same_answer(fresh_app, officer):
    invited = make_staff(fresh_app, "demo-fire")
    with fresh_app.app_context():
        managing.reset(invited.id, by="A1")
        managing.disable(make_staff(fresh_app, "demo-police").id, by="A1")
    answers = set()
    for handle in (officer.handle, "nobody-at-all", "demo-fire", "demo-police", "一个名字"):
        answer = send(fresh_app.test_client(), SIGN_IN, handle=handle, password=WRONG)
        words = re.sub(r'value="[^"]*"', "", answer.get_data(as_text=True))
        answers.add((answer.status_code, words, tuple(sorted(answer.headers.keys()))))
    assert len(answers) == 1
    assert {status for status, _, _ in answers} == {400}


def test_unknown_names_take_the_same_work(fresh_app, visitor, officer, monkeypatch):
    checked = []
    real = proofs.is_password
    monkeypatch.setattr(proofs, "is_password", lambda held, given: checked.append(held) or real(held, given))
    send(visitor, SIGN_IN, handle="nobody-at-all", password=WRONG)
    send(visitor, SIGN_IN, handle=officer.handle, password=WRONG)
    assert len(checked) == 2
    with fresh_app.app_context():
        assert proofs.is_password(None, "anything at all") is False


def test_what_was_typed_for_an_unknown_name_is_kept_nowhere(fresh_app, visitor):
    send(visitor, SIGN_IN, handle="my-password-by-mistake", password=WRONG)
    with fresh_app.app_context():
        kept = select(audit.Audit.actor, audit.Audit.subject, audit.Audit.data)
        rows = db.session.execute(kept.where(audit.Audit.actor != audit.SYSTEM)).all()
        assert rows == [("unknown", "", {"step": "password"})]
        assert "mistake" not in str(db.session.execute(text("SELECT * FROM limit_row")).all())


def test_a_code_is_taken_once(fresh_app, officer, later):
    later(seconds=0)
    first, second = fresh_app.test_client(), fresh_app.test_client()
    assert walk_in(first, officer).status_code == 303
    assert walk_in(second, officer).status_code == 400, "the same code again"
    assert not is_in(second)
    later(seconds=30)
    assert send(second, CODE, code=officer.code(-1)).status_code == 400, "the step of the used code"
    assert send(second, CODE, code=officer.code()).status_code == 303


@pytest.mark.parametrize(("steps", "status"), [(-2, 400), (-1, 303), (0, 303), (1, 303), (2, 400)])
def test_a_clock_may_be_off_by_one_step(visitor, officer, later, steps, status):
    send(visitor, SIGN_IN, handle=officer.handle, password=officer.password)
    assert send(visitor, CODE, code=officer.code(steps)).status_code == status


def test_after_a_code_of_the_next_step_no_earlier_one_is_taken(fresh_app, visitor, officer, later):
    send(visitor, SIGN_IN, handle=officer.handle, password=officer.password)
    assert send(visitor, CODE, code=officer.code(1)).status_code == 303
    other = fresh_app.test_client()
    assert walk_in(other, officer).status_code == 400


def test_a_recovery_code_opens_once(fresh_app, officer):
    with fresh_app.app_context():
        codes = proofs.new_recovery_codes(officer.id)
        db.session.commit()
    for client, code, status in [
        (fresh_app.test_client(), codes[3].lower().replace("-", " "), 303),
        (fresh_app.test_client(), codes[3], 400),
        (fresh_app.test_client(), codes[0], 303),
    ]:
        send(client, SIGN_IN, handle=officer.handle, password=officer.password)
        assert send(client, CODE, code=code).status_code == status


def test_a_recovery_code_of_somebody_else_opens_nothing(fresh_app, visitor, officer):
    other = make_staff(fresh_app, "demo-fire")
    with fresh_app.app_context():
        code = proofs.new_recovery_codes(other.id)[0]
        db.session.commit()
    send(visitor, SIGN_IN, handle=officer.handle, password=officer.password)
    assert send(visitor, CODE, code=code).status_code == 400


def test_the_time_between_password_and_code_is_short(visitor, officer, later):
    send(visitor, SIGN_IN, handle=officer.handle, password=officer.password)
    token = form_token(visitor, CODE)
    later(minutes=11)
    answer = visitor.post(CODE, data={"csrf_token": token, "code": officer.code()})
    assert answer.status_code == 400
    assert visitor.get(CODE).location == SIGN_IN


def test_a_session_that_was_planted_before_is_not_the_one_that_is_opened(fresh_app, visitor, officer):
    visitor.get(SIGN_IN)
    planted = visitor.get_cookie("tuoyu").value
    walk_in(visitor, officer)
    opened = visitor.get_cookie("tuoyu").value
    assert is_in(visitor)
    thief = fresh_app.test_client()
    thief.set_cookie("tuoyu", planted)
    assert not is_in(thief)
    assert planted != opened


def test_each_step_has_a_token_of_its_own(fresh_app, visitor, officer):
    tokens = []
    send(visitor, SIGN_IN, handle=officer.handle, password=officer.password)
    with visitor.session_transaction() as session:
        tokens.append(session["half"])
    half = visitor.get_cookie("tuoyu").value
    send(visitor, CODE, code=officer.code())
    with visitor.session_transaction() as session:
        tokens.append(session["_user_id"])
        assert set(session) <= {"_user_id", "_fresh", "_id", "seen", "csrf_token"}
        assert not session["_id"], "no fingerprint of address and browser"
    assert len(set(tokens)) == 2
    again = fresh_app.test_client()
    again.set_cookie("tuoyu", half)
    assert again.get(CODE).location == SIGN_IN, "the half session is over once it led on"


def test_the_database_holds_no_token_and_no_address(fresh_app, visitor, officer):
    walk_in(visitor, officer)
    with visitor.session_transaction() as session:
        token = session["_user_id"]
    with fresh_app.app_context():
        kept = str(db.session.execute(text("SELECT * FROM staff_session")).all())
        assert token not in kept
        assert "127.0.0.1" not in kept
        account = db.session.get(Account, officer.id)
        assert account.password.startswith("$argon2id$")
        assert officer.secret.encode() not in account.totp


def test_signing_out_ends_the_session_and_not_only_the_cookie(fresh_app, visitor, officer):
    walk_in(visitor, officer)
    kept = visitor.get_cookie("tuoyu").value
    send(visitor, "/zh-Hans/staff/sign-out", page=ME)
    visitor.set_cookie("tuoyu", kept)
    assert not is_in(visitor)


def test_a_session_nobody_uses_ends(visitor, officer, later):
    sign_in(visitor, officer.handle)
    for minutes in (29, 58, 87):
        later(minutes=minutes)
        assert is_in(visitor), minutes
    later(minutes=117)
    assert not is_in(visitor)


def test_an_old_cookie_does_not_come_back_to_life(fresh_app, visitor, officer, later):
    sign_in(visitor, officer.handle)
    kept = visitor.get_cookie("tuoyu").value
    later(minutes=20)
    assert is_in(visitor)
    later(minutes=40)
    thief = fresh_app.test_client()
    thief.set_cookie("tuoyu", kept)
    assert not is_in(thief)
    assert is_in(visitor)


def test_every_session_ends_after_ten_hours(visitor, officer, later):
    sign_in(visitor, officer.handle)
    for step in range(1, 24):
        later(minutes=25 * step)
        assert is_in(visitor), step
    later(hours=10)
    assert not is_in(visitor)


@pytest.mark.parametrize("change", ["disable", "reset", "regrant"])
def test_what_an_administrator_changes_ends_every_session(fresh_app, officer, change):
    clients = [fresh_app.test_client() for _ in range(2)]
    for client in clients:
        sign_in(client, officer.handle)
        assert is_in(client)
    with fresh_app.app_context():
        if change == "regrant":
            managing.regrant(officer.id, Grant(Role.EXPERT, "990101.health", "990101"), by="A1")
        else:
            getattr(managing, change)(officer.id, by="A1")
    assert not any(is_in(client) for client in clients)


def test_the_administrators_change_also_ends_a_sign_in_half_way(fresh_app, visitor, officer):
    send(visitor, SIGN_IN, handle=officer.handle, password=officer.password)
    token = form_token(visitor, CODE)
    with fresh_app.app_context():
        managing.disable(officer.id, by="A1")
    assert visitor.post(CODE, data={"csrf_token": token, "code": officer.code()}).status_code == 400
    assert not is_in(visitor)


def test_a_new_password_ends_all_other_sessions_and_renews_this_one(fresh_app, visitor, officer):
    other = fresh_app.test_client()
    for client in (visitor, other):
        sign_in(client, officer.handle)
    before = visitor.get_cookie("tuoyu").value
    wanted = {"present": officer.password, "password": "four green kettles", "again": "four green kettles"}
    answer = send(visitor, ME, **wanted)
    assert answer.status_code == 303
    assert is_in(visitor)
    assert not is_in(other)
    other.set_cookie("tuoyu", before)
    assert not is_in(other)


@pytest.mark.parametrize(
    ("present", "new", "again"),
    [
        ("not-the-password", "four green kettles", "four green kettles"),
        ("seven-quiet-herons-2", "too short", "too short"),
        ("seven-quiet-herons-2", "four green kettles", "four green kettle"),
        ("seven-quiet-herons-2", "my demo-market pass", "my demo-market pass"),
        ("seven-quiet-herons-2", "password1234", "password1234"),
    ],
)
def test_a_password_is_changed_only_by_its_owner_and_for_a_good_one(visitor, officer, present, new, again):
    sign_in(visitor, officer.handle)
    assert send(visitor, ME, present=present, password=new, again=again).status_code == 400


def test_ending_the_other_sessions(fresh_app, visitor, officer):
    other = fresh_app.test_client()
    for client in (visitor, other):
        sign_in(client, officer.handle)
    assert send(visitor, "/zh-Hans/staff/me/sessions", page=ME).status_code == 303
    assert is_in(visitor)
    assert not is_in(other)


def test_a_password_is_hashed_anew_when_the_parameters_grow(fresh_app, visitor, officer):
    with fresh_app.app_context():
        account = db.session.get(Account, officer.id)
        account.password = old = proofs.PasswordHasher(1, 32, 1).hash(officer.password)
        db.session.commit()
    assert walk_in(visitor, officer).status_code == 303
    with fresh_app.app_context():
        assert db.session.get(Account, officer.id).password != old


EVIL = [
    "//evil.example", "///evil.example", "https://evil.example/zh-Hans/staff", "https:evil.example",
    "\\\\evil.example",
    "/\\evil.example", "/zh-Hans/staff\\..\\..", "javascript:alert(1)", "/zh-Hans/staff/../view",
    "/zh-Hans/staff/%2e%2e/view", "/zh-Hans/staff\r\nSet-Cookie: a=b", "/zh-Hans/staff%0d%0aSet-Cookie:a=b",
    "/zh-Hans/view", "/view", "", "staff", "/zh-Hans/staffx", "//zh-Hans/staff",
    "/zh-Hans/staff//evil.example",
    "/zh-Hans/staff/%5cevil", "http:/zh-Hans/staff", "/zh-Hans//staff", "\t/zh-Hans/staff", "/xx/staff",
]  # fmt: skip


@pytest.mark.parametrize("address", EVIL)
def test_signing_in_leads_nowhere_else(fresh_app, visitor, address):
    made = make_staff(fresh_app, "demo-provider-1")
    answer = send(visitor, SIGN_IN, handle=made.handle, password=made.password, next=address)
    assert (answer.status_code, answer.location) == (303, "/zh-Hans/staff")
    assert "evil" not in visitor.get(SIGN_IN, query_string={"next": address}).headers.get("Location", "")


@pytest.mark.parametrize("address", ["/ug/staff", "/zh-Hans/staff/me?done=password", "/en/staff/cases/7K3Q"])
def test_signing_in_leads_back_to_where_one_was(fresh_app, visitor, address):
    made = make_staff(fresh_app, "demo-provider-1")
    answer = send(visitor, SIGN_IN, handle=made.handle, password=made.password, next=address)
    assert answer.location == address


@pytest.mark.parametrize("path", ["", "/me", "/sign-in", "/accounts?x=1"])
def test_an_address_without_a_language_leads_to_ones_own(visitor, path):
    answer = visitor.get(f"/staff{path}", headers={"Accept-Language": "ug"})
    assert (answer.status_code, answer.location) == (302, f"/ug/staff{path}")


def test_accounts_of_the_fictional_county_close_with_it(fresh_app, visitor, officer):
    sign_in(visitor, officer.handle)
    with fresh_app.app_context():
        db.session.execute(text("UPDATE account SET fictional = true"))
        db.session.commit()
    assert is_in(visitor)
    chosen = fresh_app.extensions["settings"]
    fresh_app.extensions["settings"] = type(chosen)(**{**_fields(chosen), "sample": False})
    assert not is_in(visitor)
    answer = send(visitor, SIGN_IN, handle=officer.handle, password=officer.password)
    assert answer.status_code == 400


def _fields(chosen) -> dict[str, object]:
    return {name: getattr(chosen, name) for name in type(chosen).__dataclass_fields__}


def test_ended_sessions_are_deleted(fresh_app, visitor, officer, later):
    sign_in(visitor, officer.handle)
    with fresh_app.app_context():
        from app.accounts.tasks import forget_ended

        assert forget_ended() is None
        later(hours=11)
        assert forget_ended() == 1
        assert db.session.scalar(select(StaffSession)) is None


def test_one_must_be_there_for_what_reaches_far(visitor, officer, later):
    sign_in(visitor, officer.handle)
    codes, confirm = "/zh-Hans/staff/me/recovery-codes", "/zh-Hans/staff/confirm"
    assert visitor.get(codes).status_code == 200
    later(minutes=11)
    answer = visitor.get(codes)
    assert (answer.status_code, answer.location) == (303, f"{confirm}?next={codes}")
    before = visitor.get_cookie("tuoyu").value
    assert send(visitor, confirm, code="000000", next=codes).status_code == 400
    answer = send(visitor, confirm, code=pyotp.TOTP(officer.secret).at(clock.now()), next=codes)
    assert (answer.status_code, answer.location) == (303, codes)
    assert visitor.get_cookie("tuoyu").value != before
    shown = send(visitor, codes)
    assert len(re.findall(r"<code>[0-9A-Z-]{19}</code>", shown.get_data(as_text=True))) == 10
