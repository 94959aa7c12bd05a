"""Behind the counter every endpoint asks who is there, and for which right; looking changes nothing."""

import pytest
from sqlalchemy import event

from app.accounts.rules import Action
from app.extensions import db
from tests.factories.accounts import fictional, sign_in
from tests.laws.test_routes import WRITING, listed

STAFF = sorted(name for name, row in listed().items() if row["door"] == "staff")


def address(app, endpoint: str) -> str:
    """Return an address of an endpoint; whatever its parameters stand for does not exist."""
    rule = next(app.url_map.iter_rules(endpoint))
    values = {name: 1 if "int:" + name in rule.rule else "0000NONE" for name in rule.arguments - {"lang"}}
    with app.test_request_context("/zh-Hans/"):
        from flask import url_for

        return url_for(endpoint, lang="zh-Hans", **values)


def wanted(app, endpoint: str) -> str:
    return getattr(app.view_functions[endpoint], "door", "")


@pytest.mark.parametrize("endpoint", STAFF)
def test_a_staff_endpoint_stands_behind_the_door(app, endpoint):
    assert wanted(app, endpoint) in {*Action, "staff"}, f"Put @door(Action.…) on {endpoint}"
    assert all(rule.rule.startswith("/<lang:lang>/staff") for rule in app.url_map.iter_rules(endpoint))


def test_what_lies_under_staff_is_listed_as_staff_or_private(app):
    doors = {
        rule.endpoint: listed().get(rule.endpoint, {"door": "staff"})["door"]
        for rule in app.url_map.iter_rules()
        if "/staff" in rule.rule
    }
    assert set(doors.values()) <= {"staff", "private"}


@pytest.mark.parametrize("endpoint", STAFF)
def test_nobody_comes_in_without_signing_in(app, endpoint):
    client = app.test_client()
    for method in listed()[endpoint]["methods"].split("|"):
        answer = client.open(address(app, endpoint), method=method)
        assert answer.status_code in ({400} if method == "POST" else {303}), (endpoint, method)
        if method == "GET":
            assert answer.location.startswith("/zh-Hans/staff/sign-in?next=/zh-Hans/staff")
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.fixture
def statements(fresh_app):
    found: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        found.append(statement.lstrip().split(None, 1)[0].upper())

    with fresh_app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


ONE_OF_EACH_ROLE = sorted({row["role"]: handle for handle, row in reversed(fictional().items())}.values())


@pytest.mark.parametrize("handle", ONE_OF_EACH_ROLE)
def test_a_role_sees_its_screens_and_only_those_and_looking_writes_nothing(fresh_app, statements, handle):
    client = fresh_app.test_client()
    sign_in(client, handle)
    role = fictional()[handle]["role"]
    from app.accounts.rules import TABLE, Role

    rights = TABLE[Role(role)]
    statements.clear()
    for endpoint in STAFF:
        if "GET" not in listed()[endpoint]["methods"]:
            continue
        answer = client.get(address(fresh_app, endpoint))
        action = wanted(fresh_app, endpoint)
        if action == "staff" or action in rights:
            assert answer.status_code in {200, 303, 404}, (endpoint, answer.status_code)
        else:
            assert answer.status_code == 403, (endpoint, answer.status_code)
        assert answer.headers["Cache-Control"] == "no-store"
    assert not [statement for statement in statements if statement in WRITING]
