"""Who may do what: roles, actions and how far each reaches. Whatever the table does not name is denied.

An administrator opens and closes accounts and reads no case. An auditor reads the audit and figures, nothing
sealed. A community worker takes a report down for a resident and afterwards follows it like the resident,
with the receipt; facts of facilities in its area are its to decide. Officers work on the cases of their own
unit; the lead, the health commission of a place, sees the whole place. A provider has nothing to do with
cases; it may propose facts of its own facility and say which places are free there. Texts of guidance that
all places share are changed by whoever writes texts anywhere; those of one area only by its own people.
Leave cover that reaches far is approved by the lead or by an administrator; see `cover`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Roles of staff; the same codes as in a pack's `staff.csv`."""

    COMMUNITY_WORKER = "community-worker"
    TRANSLATOR = "translator"
    REVIEWER = "reviewer"
    EXPERT = "expert"
    TOWNSHIP_OFFICER = "township-officer"
    DEPARTMENT_OFFICER = "department-officer"
    LEAD = "lead"
    PROVIDER = "provider"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What can be done behind the counter."""

    CASE_LIST = "case.list"
    CASE_READ = "case.read"
    CASE_HANDLE = "case.handle"
    """Sign, object, ask, draft a reply and the like, for the unit a case lies with."""
    CASE_APPROVE = "case.approve"
    """Release a reply; never one's own draft, which `cases` sees to."""
    CASE_TRIAGE = "case.triage"
    CASE_REVIEW = "case.review"
    CASE_REVEAL = "case.reveal"
    """Ask to see something sealed."""
    CASE_REVEAL_APPROVE = "case.reveal-approve"
    """Allow somebody else to see it."""
    CASE_MERGE = "case.merge"
    CASE_PRINT = "case.print"
    CASE_INTAKE = "case.intake"
    """Take a report down for a resident."""
    CASE_FILE_ORIGINAL = "case.file.original"
    CASE_HOLD = "case.hold"
    """Keep a case from being disposed of."""
    CASE_STATS = "case.stats"
    """Counts of the cases one may list."""
    FIGURES_READ = "figures.read"
    """Figures of a whole place, small numbers hidden."""
    FACILITY_EDIT = "facility.edit"
    """Decide about proposed facts of facilities, and enter them."""
    FACILITY_IMPORT = "facility.import"
    """Bring a snapshot of the filing register into the mirror. Ledgers take `FACILITY_EDIT`."""
    FACILITY_OWN = "facility.own"
    """Propose facts of the facility that one reports for."""
    FACILITY_SLOTS = "facility.slots"
    """Say which places are free at a facility."""
    EVENT_EDIT = "event.edit"
    """Announce events, see who booked, write down who came."""
    GUIDE_EDIT = "guide.edit"
    """Change texts of guidance, publish them, read what readers said of them."""
    GUIDE_SOURCE = "guide.source"
    """Change the language that all others are translated from."""
    GUIDE_REVIEW = "guide.review"
    """Vouch for texts of health, and for those whose signing the health commission trusts somebody with."""
    GUIDE_SIGNERS = "guide.signers"
    """Enter who may put their name under texts: name, title, field, and how that is known."""
    PLACE_EDIT = "place.edit"
    """Look at the tables of a place, enter its telephone numbers and the working days of its calendar."""
    PLACE_RULES = "place.rules"
    """Change who answers what, offices, the inbox, documents, targets, leave and experts of a place."""
    PLACE_APPROVE = "place.approve"
    """Put into force what somebody else proposed for the tables of a place; never one's own."""
    AUDIT_READ = "audit.read"
    ACCOUNT_LIST = "account.list"
    ACCOUNT_INVITE = "account.invite"
    ACCOUNT_DISABLE = "account.disable"
    ACCOUNT_RESET = "account.reset"
    COVER_APPROVE = "cover.approve"
    """Agree that somebody hands rights to a colleague for a while; never one's own, nor to oneself."""


class Scope(StrEnum):
    """How far an action of a grant reaches."""

    UNIT = "unit"
    """What lies with the grant's own unit."""
    AREA = "area"
    """What lies in the grant's area or anywhere in it."""
    SHARED = "shared"
    """The same, and what belongs to no area since all of them use it."""
    PLACE = "place"
    """What lies with the place whose code is the grant's area."""
    FACILITY = "facility"
    """The one facility that the grant names."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role of somebody for a unit, an area (division code) and, for providers, a facility; "" is none."""

    role: Role
    unit: str = ""
    area: str = ""
    facility: str = ""
    only: frozenset[Action] = frozenset()
    """Of a grant that was lent: the actions it is good for. Empty: all that the role may do."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is acted on, as far as rights depend on it. What is not said ("" or empty) matches nothing.

    `units` are those that count for the action: all that work on a case to read it, the leading one to reply.
    """

    place: str = ""
    area: str = ""
    units: frozenset[str] = field(default_factory=frozenset)
    facility: str = ""
    shared: bool = False
    """It belongs to no area: all of them use it."""


_WRITER: Mapping[Action, Scope] = {
    Action.GUIDE_EDIT: Scope.SHARED,
    Action.GUIDE_SOURCE: Scope.SHARED,
}

_REVIEWER: Mapping[Action, Scope] = {**_WRITER, Action.GUIDE_REVIEW: Scope.SHARED}

_OFFICER: Mapping[Action, Scope] = {
    Action.CASE_LIST: Scope.UNIT,
    Action.CASE_READ: Scope.UNIT,
    Action.CASE_HANDLE: Scope.UNIT,
    Action.CASE_APPROVE: Scope.UNIT,
    Action.CASE_REVEAL: Scope.UNIT,
    Action.CASE_MERGE: Scope.UNIT,
    Action.CASE_PRINT: Scope.UNIT,
    Action.CASE_INTAKE: Scope.AREA,
    Action.CASE_FILE_ORIGINAL: Scope.UNIT,
    Action.CASE_STATS: Scope.UNIT,
}

TABLE: Mapping[Role, Mapping[Action, Scope]] = {
    Role.COMMUNITY_WORKER: {
        Action.CASE_INTAKE: Scope.AREA,
        Action.FACILITY_EDIT: Scope.AREA,
        Action.FACILITY_SLOTS: Scope.AREA,
        Action.EVENT_EDIT: Scope.AREA,
        **_WRITER,
    },
    Role.TRANSLATOR: {Action.GUIDE_EDIT: Scope.SHARED},
    Role.REVIEWER: _REVIEWER,
    Role.EXPERT: _REVIEWER,
    Role.TOWNSHIP_OFFICER: {
        **_OFFICER,
        Action.FACILITY_SLOTS: Scope.AREA,
        Action.EVENT_EDIT: Scope.AREA,
    },
    Role.DEPARTMENT_OFFICER: {**_OFFICER, Action.FIGURES_READ: Scope.PLACE},
    Role.LEAD: {
        Action.CASE_LIST: Scope.PLACE,
        Action.CASE_READ: Scope.PLACE,
        Action.CASE_HANDLE: Scope.UNIT,
        Action.CASE_APPROVE: Scope.PLACE,
        Action.CASE_TRIAGE: Scope.PLACE,
        Action.CASE_REVIEW: Scope.PLACE,
        Action.CASE_REVEAL: Scope.PLACE,
        Action.CASE_REVEAL_APPROVE: Scope.PLACE,
        Action.CASE_MERGE: Scope.PLACE,
        Action.CASE_PRINT: Scope.PLACE,
        Action.CASE_INTAKE: Scope.AREA,
        Action.CASE_FILE_ORIGINAL: Scope.PLACE,
        Action.CASE_HOLD: Scope.PLACE,
        Action.CASE_STATS: Scope.PLACE,
        Action.FIGURES_READ: Scope.PLACE,
        Action.FACILITY_EDIT: Scope.AREA,
        Action.FACILITY_IMPORT: Scope.AREA,
        Action.FACILITY_SLOTS: Scope.AREA,
        Action.EVENT_EDIT: Scope.AREA,
        **_REVIEWER,
        Action.GUIDE_SIGNERS: Scope.AREA,
        Action.PLACE_EDIT: Scope.PLACE,
        Action.PLACE_RULES: Scope.PLACE,
        Action.PLACE_APPROVE: Scope.PLACE,
        Action.COVER_APPROVE: Scope.AREA,
    },
    Role.PROVIDER: {Action.FACILITY_OWN: Scope.FACILITY, Action.FACILITY_SLOTS: Scope.FACILITY},
    Role.AUDITOR: {Action.AUDIT_READ: Scope.PLACE, Action.FIGURES_READ: Scope.PLACE},
    Role.ADMINISTRATOR: {
        Action.ACCOUNT_LIST: Scope.AREA,
        Action.ACCOUNT_INVITE: Scope.AREA,
        Action.ACCOUNT_DISABLE: Scope.AREA,
        Action.ACCOUNT_RESET: Scope.AREA,
        Action.PLACE_EDIT: Scope.PLACE,
        Action.PLACE_APPROVE: Scope.PLACE,
        Action.FACILITY_IMPORT: Scope.AREA,
        Action.COVER_APPROVE: Scope.AREA,
    },
}
"""Who may do what, and how far. The one place where rights are given."""

WITH_UNIT = frozenset({Role.TOWNSHIP_OFFICER, Role.DEPARTMENT_OFFICER, Role.LEAD})
"""Roles that mean nothing without an office."""
WITHOUT_CODE = frozenset({Role.PROVIDER})
"""Roles that may sign in with a password alone; all others need a one-time code (product, section 6)."""


def rights(grant: Grant) -> Mapping[Action, Scope]:
    """Return what a grant is good for, and how far: all that its role may do, or the part that was lent."""
    table = TABLE[grant.role]
    return {action: table[action] for action in table if action in grant.only} if grant.only else table


def may(grants: Iterable[Grant], action: Action, target: Target | None = None) -> bool:
    """Tell whether somebody with these grants may do this to that.

    Without a target: whether there is anything it could be done to, which opens a screen but no object.
    """
    for grant in grants:
        scope = rights(grant).get(action)
        if scope is not None and (target is None or reaches(grant, scope, target)):
            return True
    return False


def reaches(grant: Grant, scope: Scope, target: Target) -> bool:
    """Tell whether a grant reaches a target."""
    if scope == Scope.UNIT:
        return bool(grant.unit) and grant.unit in target.units
    if scope == Scope.FACILITY:
        return bool(grant.facility) and grant.facility == target.facility
    if not grant.area:
        return False
    if scope in {Scope.AREA, Scope.SHARED}:
        return target.area.startswith(grant.area) or (scope == Scope.SHARED and target.shared)
    return target.place == grant.area


def actions(grants: Iterable[Grant]) -> frozenset[Action]:
    """Return everything that somebody with these grants may do to something."""
    return frozenset(action for grant in grants for action in rights(grant))


def needs_code(grants: Iterable[Grant]) -> bool:
    """Tell whether signing in takes a one-time code too; somebody without a role needs one."""
    roles = {grant.role for grant in grants}
    return not roles or not roles <= WITHOUT_CODE
