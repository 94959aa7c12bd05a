"""No word for staff stands outside the catalogues either: the pages behind the counter, signed in."""

import pytest

from app.areas.rules.edits import TABLES
from tests.addresses import DEMO, rows
from tests.factories.accounts import fictional, make_staff, send, sign_in
from tests.laws.test_pseudo_locale import CODE, leaks, pseudo

__all__ = ["pseudo"]  # the fixture: the site in a language nobody reads

PAGES = ["/staff", "/staff/me", "/staff/confirm", "/staff/me/recovery-codes", "/staff/invitation"]
FOR_ADMINISTRATORS = [
    "/staff/accounts",
    "/staff/accounts/invite",
    "/staff/accounts/{id}",
    "/staff/accounts/{id}/role",
]
OF_A_PLACE = [
    "",
    *(f"/{table}{form}" for table in TABLES for form in ("", "/row")),
    "/routing/row?key=10",
    f"/documents/row?key={rows(f'places/{DEMO}/documents.csv')[0]['id']}",
    "/calendars/CN/2026",
]
FOR_LEADS = [
    *(f"/staff/place/{DEMO}{page}" for page in OF_A_PLACE),
    "/staff/experts",
    "/staff/experts/new",
    "/staff/events",
    "/staff/events/new",
]


@pytest.fixture
def clerk(pseudo):
    client = pseudo.test_client()
    client.lint = False
    return client


@pytest.mark.parametrize("page", PAGES + FOR_ADMINISTRATORS)
def test_every_word_of_a_staff_page_is_in_the_catalogues(clerk, page):
    own = sign_in(clerk, "demo-admin")
    answer = clerk.get(f"/{CODE}{page.format(id=own)}")
    assert "⟦" in answer.text
    found = leaks(clerk.page)
    assert not found, f"{page} shows words outside the catalogues: {sorted(set(found))}"


def test_every_word_of_the_pages_of_a_place_is_in_the_catalogues(clerk):
    sign_in(clerk, "demo-lead")
    found = {}
    for page in FOR_LEADS:
        answer = clerk.get(f"/{CODE}{page}")
        assert (page, answer.status_code) == (page, 200)
        found[page] = sorted(set(leaks(clerk.page)))
    wrong = {page: words for page, words in found.items() if words}
    assert not wrong, f"words outside the catalogues: {wrong}"


def test_every_word_of_signing_in_is_in_the_catalogues(pseudo, clerk):
    handle = next(handle for handle, row in fictional().items() if row["role"] == "expert")
    made = make_staff(pseudo, handle)
    address = f"/{CODE}/staff/sign-in"
    for password in ("", "wrong-but-long-enough", made.password):
        answer = send(clerk, address, handle=handle, password=password)
        if answer.status_code == 303:
            answer = send(clerk, f"{address}/code", code="000000")
        assert answer.status_code == 400
        assert not leaks(clerk.page)
