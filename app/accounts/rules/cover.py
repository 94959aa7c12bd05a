"""Leave cover: handing one's own rights, in part or whole, to a colleague for a while. Pure.

What was lent is never lent on, and never outlives the right of whoever lent it. Rights that need an office go
to somebody of the same office; all others to somebody of the same area or of one around it. Nobody comes by
two things that must stay apart, whatever becomes of either account meanwhile: who looks after accounts or
reads the audit reads no case, and who looks after accounts does not audit it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from app.accounts.rules.access import WITH_UNIT, WITHOUT_CODE, Action, Grant, Role, actions, rights

LONGEST = timedelta(days=190)
"""From the first day to the last; long enough for maternity leave."""
AHEAD = timedelta(days=366)
"""How far ahead a cover may begin."""


class Part(StrEnum):
    """What of a role can be lent apart from the rest."""

    CASES = "cases"
    FACILITIES = "facilities"
    EVENTS = "events"
    GUIDE = "guide"
    FIGURES = "figures"
    AUDIT = "audit"
    ACCOUNTS = "accounts"
    OTHER = "other"
    """Whatever belongs to no other part."""


_PARTS: Mapping[str, Part] = {
    "case": Part.CASES,
    "facility": Part.FACILITIES,
    "event": Part.EVENTS,
    "guide": Part.GUIDE,
    "figures": Part.FIGURES,
    "audit": Part.AUDIT,
    "account": Part.ACCOUNTS,
}
NOT_LENT = frozenset({Action.COVER_APPROVE, Action.FACILITY_OWN, Action.GUIDE_REVIEW, Action.GUIDE_SIGNERS})
"""What stays with a person: agreeing to covers, speaking for a facility, vouching with one's own name."""
CONTENT = frozenset(action for action in Action if action.startswith("case.")) - {Action.CASE_STATS}
"""Rights under which words of residents can be read."""
_KEEPING = frozenset(action for action in Action if action.startswith("account."))
_AUDITING = frozenset({Action.AUDIT_READ})
APART = ((_KEEPING, CONTENT), (_AUDITING, CONTENT), (_KEEPING, _AUDITING))
"""Pairs of rights that never meet in one person."""
SECOND = frozenset(
    {
        Action.CASE_APPROVE,
        Action.CASE_TRIAGE,
        Action.CASE_REVIEW,
        Action.CASE_REVEAL,
        Action.CASE_REVEAL_APPROVE,
        Action.CASE_HOLD,
        *_AUDITING,
        *_KEEPING,
    }
)
"""Rights that are lent only if a second person agrees; so is everything of the part `OTHER`."""


class State(StrEnum):
    """What became of a cover. Whether it holds on a day is reckoned (`is_on`)."""

    ASKED = "asked"
    """Waits for the lead or an administrator."""
    AGREED = "agreed"
    DECLINED = "declined"
    ENDED = "ended"
    """Taken back, given back or stopped before its last day."""


class No(StrEnum):
    """Why something cannot be lent."""

    NOTHING = "cover-nothing"
    """No right was chosen that the lender has and that can be lent."""
    SELF = "cover-self"
    COLLEAGUE = "cover-colleague"
    APART = "cover-apart"
    DAYS = "cover-days"
    """It ends before it begins, begins in the past or too far ahead, or is too long."""
    DECIDED = "cover-decided"
    """Somebody has decided meanwhile, or it is over."""


def part_of(action: Action) -> Part:
    """Return the part that an action is lent with."""
    return _PARTS.get(action.partition(".")[0], Part.OTHER)


def lendable(grants: Iterable[Grant]) -> tuple[tuple[Grant, Part], ...]:
    """Return what somebody with these grants of their own could lend: each grant by its parts, in order."""
    return tuple(
        (grant, part)
        for grant in grants
        if grant.role not in WITHOUT_CODE
        for part in Part
        if any(part_of(action) is part for action in rights(grant).keys() - NOT_LENT)
    )


def lent(chosen: Iterable[tuple[Grant, Part]]) -> tuple[Grant, ...]:
    """Return the chosen parts as grants, one for each that they are parts of."""
    found: dict[Grant, frozenset[Action]] = {}
    for grant, part in chosen:
        given = {each for each in rights(grant).keys() - NOT_LENT if part_of(each) is part}
        found[grant] = found.get(grant, frozenset()) | given
    return tuple(replace(grant, only=only) for grant, only in found.items() if only)


def parts(grant: Grant) -> tuple[Part, ...]:
    """Return the parts of which a grant has anything, in order."""
    held = {part_of(action) for action in rights(grant)}
    return tuple(part for part in Part if part in held)


def is_colleague(grant: Grant, others: Iterable[Grant]) -> bool:
    """Tell whether somebody who has these grants may stand in under a grant.

    For what an office may do, it is somebody of that office; else of the area, or of one around it.
    """
    known = [each for each in others if each.role not in WITHOUT_CODE]
    if grant.role in WITH_UNIT:
        return bool(grant.unit) and any(each.unit == grant.unit for each in known)
    return bool(grant.area) and any(each.area and grant.area.startswith(each.area) for each in known)


def stays_apart(grants: Iterable[Grant]) -> bool:
    """Tell whether no two rights that must stay apart meet in these grants."""
    held = actions(grants)
    return not any(held & one and held & other for one, other in APART)


def refusal(
    giver: Sequence[Grant], taker: Sequence[Grant], grants: Sequence[Grant], also: Iterable[Grant] = ()
) -> No | None:
    """Return why grants of one person may not be lent to another, or nothing.

    `giver` and `taker` are what each has of their own, `also` what was lent to the taker before.
    """
    if not grants or not all(_is_held(each, giver) for each in grants):
        return No.NOTHING
    if not all(is_colleague(each, taker) for each in grants):
        return No.COLLEAGUE
    return None if stays_apart([*taker, *also, *grants]) else No.APART


def wrong_days(first: date, last: date, today: date) -> bool:
    """Tell whether a cover from one day to another, both included, cannot be begun today."""
    return first < today or last < first or last - first >= LONGEST or first - today > AHEAD


def needs_second(grants: Iterable[Grant]) -> bool:
    """Tell whether a second person has to agree before these grants are lent."""
    return any(action in SECOND or part_of(action) is Part.OTHER for action in actions(grants))


def is_on(state: str, first: date, last: date, today: date) -> bool:
    """Tell whether a cover holds on a day."""
    return state == State.AGREED and first <= today <= last


def can_end(state: str, last: date, today: date) -> bool:
    """Tell whether there is anything left to end."""
    return state in {State.ASKED, State.AGREED} and today <= last


def in_force(
    own: Sequence[Grant], offered: Iterable[tuple[str, Sequence[Grant], Sequence[Grant]]]
) -> dict[Grant, str]:
    """Return what is lent to somebody at this moment, and by whom.

    It is reckoned of triples (lender, what was lent, what the lender has now). What the lender has no more is
    not there; nor is what would bring together what must stay apart.
    """
    found: dict[Grant, str] = {}
    for lender, grants, held in offered:
        for each in grants:
            good = _is_held(each, held) and is_colleague(each, own) and stays_apart([*own, *found, each])
            if good:
                found.setdefault(each, lender)
    return found


def whole(grant: Grant) -> Grant:
    """Return the grant that a lent one is a part of."""
    return replace(grant, only=frozenset())


def _is_held(grant: Grant, held: Iterable[Grant]) -> bool:
    return bool(grant.only) and any(
        whole(each) == whole(grant) and grant.only <= rights(each).keys() - NOT_LENT for each in held
    )


def as_json(grant: Grant) -> dict[str, Any]:
    """Return a lent grant as it is stored."""
    return {
        "role": grant.role.value,
        "unit": grant.unit,
        "area": grant.area,
        "facility": grant.facility,
        "only": sorted(action.value for action in grant.only),
    }


def from_json(row: Mapping[str, Any]) -> Grant:
    """Return a lent grant from what is stored; an action that there is no more is left out."""
    only = frozenset(Action(each) for each in row["only"] if each in set(Action))
    return Grant(Role(row["role"]), row["unit"], row["area"], row["facility"], only)
