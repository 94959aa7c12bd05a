"""Who acts on a case, what they do, and what the guards look at. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.cases.rules.states import State


class Actor(StrEnum):
    """Parts people play in one case; one person may play several."""

    RESIDENT = "resident"
    SYSTEM = "system"
    LEAD = "lead"
    CO = "co"
    HEAD = "head"
    DESK = "desk"
    UPPER = "upper"


class Event(StrEnum):
    """Steps of a case."""

    DISPATCH = "dispatch"
    QUEUE = "queue"
    ASSIGN = "assign"
    SIGN = "sign"
    OBJECT = "object"
    UPHOLD = "uphold"
    INSIST = "insist"
    DISPUTE = "dispute"
    DESIGNATE = "designate"
    TRANSFER = "transfer"
    NOT_ACCEPT = "not-accept"
    REFER = "refer"
    START = "start"
    ADD_CO = "add-co"
    TASK_REPLY = "task-reply"
    TASK_OVERRIDE = "task-override"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    SUBMIT_REPLY = "submit-reply"
    APPROVE = "approve"
    RETURN_REPLY = "return-reply"
    FOLLOW_UP = "follow-up"
    RATE = "rate"
    LAPSE = "lapse"
    REOPEN = "reopen"
    REQUEST_REVIEW = "request-review"
    FINALISE = "finalise"
    SEND_BACK = "send-back"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    DISPOSE = "dispose"


NEEDS_TWO = frozenset({Event.NOT_ACCEPT, Event.PAUSE, Event.EXTEND})
"""Steps that one person proposes and another one takes."""

INSIDE = frozenset(
    {
        Event.ADD_CO,
        Event.TASK_REPLY,
        Event.TASK_OVERRIDE,
        Event.SUBMIT_REPLY,
        Event.RETURN_REPLY,
        Event.FOLLOW_UP,
        Event.DISPOSE,
    }
)
"""Steps that the resident's page leaves out: work inside the offices."""


class Refused(Exception):  # noqa: N818 - a step is refused; the program is right
    """A step that may not be taken; `code` says why, `illegal` that the state itself forbids it."""

    def __init__(self, code: str, *, illegal: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.illegal = illegal


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at. Moments are aware; `None` means there is no such date."""

    state: State
    now: datetime
    public_interest: bool = False
    """Abuse, injury, a missing child, unfiled care: stays a lead to follow even if the resident wants out."""
    two_approvals: bool = False
    lead: str | None = None
    objected: frozenset[str] = frozenset()
    """Units that have objected to this case."""
    barred: frozenset[str] = frozenset()
    """Units the case is about."""
    no_return: bool = False
    objection_due: datetime | None = None
    reply_due: datetime | None = None
    rating_due: datetime | None = None
    reopen_due: datetime | None = None
    review_due: datetime | None = None
    retention_due: datetime | None = None
    hold: bool = False
    extended: bool = False
    open_tasks: int = 0
    helping: frozenset[str] = frozenset()
    tasks: int = 0
    joined: int = 0
    """How many reports of other residents were joined to this case."""
    gate_open: bool = True
    """The mandatory report to police, civil affairs or education is recorded, or not needed."""
    drafter: str = ""
    approvers: tuple[str, ...] = ()
    reopened: int = 0
    earlier_approvers: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    """Coded reasons that this case leaves no room for."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A step somebody wants to take."""

    event: Event
    actors: frozenset[Actor]
    who: str = ""
    """Account that acts; empty for residents and the system."""
    unit: str = ""
    target: str = ""
    """Unit the case should go to, or case it should be merged into."""
    reason: str = ""
    code: str = ""
    """Coded reason, where the step has a list of them."""
    days: int = 0
    proposer: str = ""
    leaks: int = 0
    missing: tuple[str, ...] = ()
    """Elements that a reply lacks."""
    same_matter: bool = True
    own_task: bool = True
    declared_free: bool = True
    """The officer has said that nothing ties them to the matter."""
    anonymous: bool = False
