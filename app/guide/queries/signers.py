"""Who may put their name under texts, and what they vouched for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.queries import Staff
from app.accounts.rules import Action, Target
from app.core.i18n import SOURCE
from app.extensions import db
from app.guide.model import GuideRevision, GuideSigner, GuideVouch
from app.guide.rules import editing, gates
from app.guide.rules.gates import Person, Vouch


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody at the counter as far as signing goes: what counts of them, and the name they sign with."""

    person: Person
    name: str = ""
    title: str = ""
    organisation: str = ""

    @property
    def account(self) -> str:
        """Return the id of their account."""
        return self.person.account


@dataclass(frozen=True, slots=True)
class Signature:
    """A name under a text with title and organisation, each by language; Chinese is always among them."""

    names: Mapping[str, str]
    titles: Mapping[str, str]
    organisations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody in the list of those who sign."""

    account: str
    name: str
    title: str
    organisation: str
    field: str
    reads: tuple[str, ...]
    proof: str
    signature: Signature
    entered_by: str
    entered_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Given:
    """Somebody's word for a revision, as it is shown at the counter."""

    account: str
    part: str
    how: str
    back: str
    named: bool
    name: str
    title: str
    organisation: str
    signature: Signature
    at: datetime


def signer(staff: Staff, target: Target) -> Signer:
    """Return what counts of somebody for the texts of a target."""
    row = db.session.get(GuideSigner, staff.id)
    reviews = staff.may(Action.GUIDE_REVIEW, target)
    if row is None or row.ended_at is not None:
        return Signer(Person(staff.id, reviews=reviews))
    person = Person(staff.id, reviews=reviews, named=True, field=row.field, reads=frozenset(row.reads))
    return Signer(person, row.name, row.title, row.organisation)


def entered() -> tuple[Entered, ...]:
    """Return everybody who signs or signed, those who still do first, by name."""
    rows = db.session.scalars(select(GuideSigner).order_by(GuideSigner.name, GuideSigner.account))
    found = [
        Entered(
            account=row.account,
            name=row.name,
            title=row.title,
            organisation=row.organisation,
            field=row.field,
            reads=tuple(row.reads),
            proof=row.proof,
            signature=_signature((row.name, row.title, row.organisation), row.others),
            entered_by=row.entered_by,
            entered_at=row.entered_at,
            ended_at=row.ended_at,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: each.ended_at is not None))


def signature(name: str, title: str, organisation: str) -> Signature:
    """Return what was signed with in every language that the list of signers has it in.

    What was signed stands as it was; somebody who signs with another name now is somebody else here.
    """
    query = select(GuideSigner.others).where(
        GuideSigner.name == name, GuideSigner.title == title, GuideSigner.organisation == organisation
    )
    rows = db.session.scalars(query.order_by(GuideSigner.account)) if name else ()
    others = next((row for row in rows if row), None)
    return _signature((name, title, organisation), others)


def _signature(signed: Sequence[str], others: Mapping[str, Mapping[str, str]] | None) -> Signature:
    said = zip(("name", "title", "organisation"), signed, strict=True)
    return Signature(
        *(
            {SOURCE: words}
            | {code: each[part] for code, each in (others or {}).items() if code != SOURCE and each.get(part)}
            for part, words in said
        )
    )


def given(revision: int) -> tuple[Given, ...]:
    """Return who vouched for a revision, the first first."""
    query = select(GuideVouch).where(GuideVouch.revision_id == revision)
    return tuple(
        Given(
            account=row.account,
            part=row.part,
            how=row.how,
            back=row.back,
            named=row.named,
            name=row.name,
            title=row.title,
            organisation=row.organisation,
            signature=signature(row.name, row.title, row.organisation),
            at=row.at,
        )
        for row in db.session.scalars(query.order_by(GuideVouch.at, GuideVouch.account))
    )


def vouches(given_: Iterable[Given]) -> tuple[Vouch, ...]:
    """Return words given for a revision as the rules judge them."""
    return tuple(
        Vouch(each.account, part, how, each.named)
        for each in given_
        for part in gates.PARTS
        for how in gates.HOWS
        if (part, how) == (each.part, each.how)
    )


def authors(revision: int) -> frozenset[str]:
    """Return who wrote the words of a revision: since its text was last published, or looked at, with others.

    A revision that says what the published one before it says (a figure changed, or somebody looked at it)
    is still the words of those who wrote that one.
    """
    return authors_of([revision])[revision]


def authors_of(revisions: Collection[int]) -> dict[int, frozenset[str]]:
    """Return the same of several revisions, with one question for each step back."""
    found: dict[int, set[str]] = {revision: set() for revision in revisions}
    at: dict[int, tuple[int, tuple[str, str, str] | None]] = {each: (each, None) for each in revisions}
    while at:
        columns = (
            GuideRevision.id, GuideRevision.author, GuideRevision.base_id, GuideRevision.state,
            GuideRevision.title, GuideRevision.summary, GuideRevision.body,
        )  # fmt: skip
        query = select(*columns).where(GuideRevision.id.in_({key for key, _said in at.values()}))
        rows = {row.id: row for row in db.session.execute(query)}
        before, at = at, {}
        for revision, (key, said) in before.items():
            row = rows[key]
            words = (row.title, row.summary, row.body)
            if said is None or row.state in editing.OPEN or words == said:
                found[revision].add(row.author)
                if row.base_id is not None:
                    at[revision] = (row.base_id, words)
    return {revision: frozenset(names) for revision, names in found.items()}
