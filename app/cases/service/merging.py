"""Taking two reports of one matter together: each resident keeps their own receipt and gets the reply."""

from app.accounts.queries import Staff
from app.accounts.rules import Action
from app.cases.model import Case
from app.cases.queries import access
from app.cases.rules import numbers
from app.cases.rules.access import Access
from app.cases.rules.acts import Event, Refused
from app.cases.service import counter
from app.cases.service.illegal import audited


def merge(case: Case, reach: Access, staff: Staff, target: str, seen: int) -> str:
    """Merge a case into another one, which goes on; return its number. Raises `Refused`, `Changed`.

    A case that the officer does not see in full is answered like one that does not exist.
    """
    number = numbers.read_number(target) or ""
    with audited(case, staff.id, Event.MERGE.value):
        if Action.CASE_MERGE not in reach.rights:
            raise Refused("wrong-actor", illegal=True)
        found = access.find(staff, number)
        if found is None or not found.reach.full:
            raise Refused("not-the-same")
    counter.step(case, reach, staff, Event.MERGE, seen, target=number)
    return number
