"""What lies in another area is not there: every address that names an object, for every role from elsewhere.

The addresses are those of the program. A new parameter of an address needs a line in
`tests/factories/everything.py`, with something real in the fictional county; the people are all from another
place, so each of them is answered 404, or 403 where their role has nothing to do with such things anywhere.
That it is the place which counts is shown by people of the county: each page is there for one of them.
"""

import pytest
from flask import url_for

from app.accounts.rules import TABLE, Action, Grant, Role, actions
from tests.factories.accounts import fictional, form_token, make_staff, sign_in
from tests.factories.everything import everything
from tests.laws.test_routes import listed
from tests.laws.test_staff_doors import wanted

THERE = "330681"
PEOPLE = {
    Role.LEAD: Grant(Role.LEAD, f"{THERE}.health", THERE),
    Role.DEPARTMENT_OFFICER: Grant(Role.DEPARTMENT_OFFICER, f"{THERE}.market", THERE),
    Role.TOWNSHIP_OFFICER: Grant(Role.TOWNSHIP_OFFICER, f"{THERE}001.office", f"{THERE}001"),
    Role.COMMUNITY_WORKER: Grant(Role.COMMUNITY_WORKER, "", THERE),
    Role.TRANSLATOR: Grant(Role.TRANSLATOR, "", THERE),
    Role.REVIEWER: Grant(Role.REVIEWER, "", THERE),
    Role.EXPERT: Grant(Role.EXPERT, "", THERE),
    Role.PROVIDER: Grant(Role.PROVIDER, "", THERE, "ABCDEFGH"),
    Role.AUDITOR: Grant(Role.AUDITOR, f"{THERE}.health", THERE),
    Role.ADMINISTRATOR: Grant(Role.ADMINISTRATOR, f"{THERE}.health", THERE),
}
"""Somebody of every role, in another place than the objects."""
THERE_IS = {200, 409, 422}
"""Shown, or shown with the reason why nothing can be done to it now."""
WITHIN_IT: dict[str, object] = {
    "proposal": 1, "notice": 1, "n": 1, "file": "0000NONE", "field": "phone", "code": "zh-Hans",
    "name": "object",
}  # fmt: skip
"""Parameters that only mean something within the object named before them."""
OF_NOBODY = {"site_staff.help_picture"}
"""Addresses whose parameters name no object of any area."""
NOT_MADE = {
    "cases_staff.picture": "no case of the factory has a file",
    "cases_staff.notice_sheet": "no notice was written",
    "imports.columns": "what the columns of its file look like is erased",
    "imports.errors": "what its file would do is erased",
    "imports.snapshot_errors": "what its file would do is erased",
}
"""Pages of which `everything` has no whole object; the case or the file they lie in is real."""


def addressed(app) -> list[tuple[str, frozenset[str]]]:
    """Return the staff endpoints whose addresses name an object, with their parameters."""
    doors = {name for name, row in listed().items() if row["door"] == "staff"}
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint in doors]
    found = {(rule.endpoint, frozenset(rule.arguments - {"lang"})) for rule in rules}
    return sorted((each for each in found if each[1] and each[0] not in OF_NOBODY), key=str)


def address(app, held, endpoint: str, arguments: frozenset[str]) -> str:
    """Return the address of an object of the fictional county."""
    own = {**WITHIN_IT, **held.get(endpoint.partition(".")[0], {}), **held.get(endpoint, {})}
    unknown = arguments - own.keys()
    assert not unknown, f"Say in `everything` what {sorted(unknown)} of {endpoint} stands for."
    with app.test_request_context("/zh-Hans/"):
        return url_for(endpoint, lang="zh-Hans", **{name: own[name] for name in arguments})


@pytest.mark.parametrize("role", PEOPLE)
def test_what_lies_elsewhere_is_not_there(fresh_app, role):
    held = everything(fresh_app)
    make_staff(fresh_app, "from-elsewhere", PEOPLE[role])
    client = fresh_app.test_client()
    sign_in(client, "from-elsewhere")
    token = form_token(client, "/zh-Hans/staff/me")
    rights = actions([PEOPLE[role]])
    named = addressed(fresh_app)
    assert len(named) > 20
    for endpoint, arguments in named:
        where = address(fresh_app, held, endpoint, arguments)
        action = wanted(fresh_app, endpoint)
        expected = 404 if action == "staff" or Action(action) in rights else 403
        for method in listed()[endpoint]["methods"].split("|"):
            data = {"csrf_token": token, "do": "agree"} if method == "POST" else None
            status = client.open(where, method=method, data=data).status_code
            assert status == expected, (endpoint, method, role)


def test_for_people_of_the_place_the_same_pages_are_there(fresh_app):
    held = everything(fresh_app)
    people = {row["role"]: handle for handle, row in reversed(fictional().items())}
    clients = {role: fresh_app.test_client() for role in sorted(Role, key=lambda role: role is not Role.LEAD)}
    for role, client in clients.items():
        sign_in(client, people[role])
    missing = []
    for endpoint, arguments in addressed(fresh_app):
        if "GET" not in listed()[endpoint]["methods"] or endpoint in NOT_MADE:
            continue
        action, where = wanted(fresh_app, endpoint), address(fresh_app, held, endpoint, arguments)
        may = (client for role, client in clients.items() if action == "staff" or action in TABLE[role])
        if not any(client.get(where).status_code in THERE_IS for client in may):
            missing.append((endpoint, where))
    assert not missing
