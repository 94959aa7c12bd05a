"""Why a place that a reader misses is not among the answers, filter by filter."""

from dataclasses import dataclass, replace
from datetime import date

from app.extensions import db
from app.facilities.index import search
from app.facilities.model import Facility
from app.facilities.queries.cards import FacilityCard
from app.facilities.queries.costs import costs
from app.facilities.queries.listing import cards
from app.facilities.queries.question import question
from app.facilities.queries.search import position
from app.facilities.queries.sides import Sides
from app.facilities.queries.similar import nearest
from app.facilities.rules.chosen import read_id
from app.facilities.rules.criteria import Criteria
from app.facilities.rules.why import Verdict, Why

MOST_EXPLAINED = 3


@dataclass(frozen=True, slots=True)
class Explained:
    """A place, what each filter says of it, and its number in the list if it is there."""

    card: FacilityCard
    why: Why
    number: int | None


def explain(criteria: Criteria, today: date) -> tuple[Explained, ...]:
    """Return the places that the reader's text or id means, at most three, the best match first."""
    ids = _meant(criteria.why, today)
    asked = question(criteria, today, ids)
    verdicts = {
        identity: Why(tuple((name, _verdict(each, number)) for name, each in asked.filters.items()))
        for identity in ids
        if (number := asked.roll.numbers.get(identity)) is not None
    }
    quotes = costs(ids, criteria.pattern, today) if criteria.pattern else {}
    return tuple(
        Explained(
            replace(card, monthly=quotes.get(card.id)),
            verdicts[card.id],
            position(criteria, card.id, today) if verdicts[card.id].here else None,
        )
        for card in cards(ids, today, asked.asked.distances, {}, ())
    )


def _verdict(said: Sides, number: int) -> Verdict:
    if said.yes >> number & 1:
        return Verdict.YES
    return Verdict.SILENT if said.silent >> number & 1 else Verdict.NO


def _meant(text: str, today: date) -> list[str]:
    identity = read_id(text)
    if identity is not None and db.session.get(Facility, identity) is not None:
        return [identity]
    found = list(search(text).ids[:MOST_EXPLAINED])
    return found or [card.id for card in nearest(text, MOST_EXPLAINED, today)]
