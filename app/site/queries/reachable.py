"""How to reach those who reported, for one who handles their cases: only for an export that was allowed."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.accounts.queries import Staff
from app.cases.queries import access
from app.cases.queries.inbox import Question, inbox
from app.cases.rules import contexts
from app.core import sealing


@dataclass(frozen=True, slots=True)
class Contact:
    """Name and ways to reach a resident, as far as they were given."""

    number: str
    name: str
    phone: str
    other: str


def contacts(staff: Staff, area: str) -> Iterator[Contact]:
    """Yield the contacts of open cases of an area that somebody handles, what is due first at the top.

    A case that somebody only reviews or contributes to gives no contact, as on its page.
    """
    page, pages = 1, 1
    while page <= pages:
        found = inbox(staff, Question(tab="open", area=area, page=page))
        page, pages = page + 1, found.pages
        for row in found.rows:
            held = access.find(staff, row.number)
            if held is None or not held.reach.may_know_contact or held.case.contact is None:
                continue
            told = sealing.open_json(held.case.contact, contexts.contact(row.number))
            yield Contact(row.number, told.get("name", ""), told.get("phone", ""), told.get("other", ""))
