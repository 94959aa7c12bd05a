"""The list of those who sign texts: entered by the health commission, which says how it knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.accounts import queries as accounts
from app.areas import queries as areas
from app.core import audit, clock
from app.core.db import touch_data
from app.extensions import db
from app.guide.loading.signers import SignerRow, load_signers
from app.guide.model import GuideSigner
from app.guide.service.table import Refused


@dataclass(frozen=True, slots=True)
class Named:
    """What is entered of somebody."""

    account: str
    name: str
    title: str
    organisation: str
    field: str
    reads: tuple[str, ...]
    proof: str
    others: Mapping[str, Mapping[str, str]]
    """Name, title and organisation in other languages, by language."""


def enter(named: Named, by: str) -> None:
    """Enter somebody, or say it anew. Commits. Nobody enters themselves: raises `Refused("self")`."""
    if named.account == by:
        raise Refused("self")
    row = db.session.get(GuideSigner, named.account, with_for_update=True)
    if row is None:
        row = GuideSigner(account=named.account)
        db.session.add(row)
    row.name, row.title, row.organisation = named.name, named.title, named.organisation
    row.field, row.reads, row.proof = named.field, list(named.reads), named.proof
    row.others = {code: dict(words) for code, words in named.others.items()}
    row.entered_by, row.entered_at, row.ended_at = by, clock.now(), None
    audit.record("guide.signer-entered", subject=named.account, data={"field": named.field})
    touch_data()  # readers see how a name is written in their language
    db.session.commit()


def end(account: str) -> None:
    """Say that somebody signs no more texts. Commits; twice is harmless."""
    row = db.session.get(GuideSigner, account, with_for_update=True)
    if row is not None and row.ended_at is None:
        row.ended_at = clock.now()
        audit.record("guide.signer-ended", subject=account)
    db.session.commit()


def enter_shipped(content: Path) -> tuple[int, int]:
    """Enter those who sign in fictional places; return how many were entered, and how many were there.

    Whoever is in the list stays as they are, also if they sign no more. Somebody without an account is left
    out. Raises `FaultyFiles`.
    """
    places = [place.area for place in areas.places() if place.fictional]
    rows = [row for place in places for row in load_signers(content, place)]
    made = sum(_enter_shipped(row) for row in rows)
    return made, len(rows) - made


def _enter_shipped(row: SignerRow) -> bool:
    person, lead = accounts.person(row.handle), accounts.person(row.entered_by)
    if person is None or lead is None or db.session.get(GuideSigner, person.id) is not None:
        return False
    said = (row.name, row.title, row.organisation, row.field, row.reads, row.proof, row.others)
    enter(Named(person.id, *said), lead.id)
    return True
