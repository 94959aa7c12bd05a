"""States of a case and what each means for the people around it. Pure."""

from enum import StrEnum


class State(StrEnum):
    """Where a case stands. A draft is not a case yet."""

    REGISTERED = "registered"
    TRIAGE = "triage"
    DISPATCHED = "dispatched"
    RETURN_REQUESTED = "return-requested"
    DISPUTE = "dispute"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not-accepted"
    REFERRED = "referred"
    IN_PROGRESS = "in-progress"
    JOINT = "joint"
    PAUSED = "paused"
    REPLY_REVIEW = "reply-review"
    REPLIED = "replied"
    FOLLOWUP = "followup"
    CLOSED = "closed"
    REOPENED = "reopened"
    REVIEW = "review"
    FINAL = "final"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    DISPOSED = "disposed"


BEFORE_WORK = frozenset(
    {State.REGISTERED, State.TRIAGE, State.DISPATCHED, State.RETURN_REQUESTED, State.DISPUTE, State.ACCEPTED}
)
"""An office has been found or is being found; nothing has been looked into."""

AT_WORK = frozenset({State.IN_PROGRESS, State.JOINT, State.PAUSED, State.REPLY_REVIEW, State.REOPENED})
"""An office is looking into it."""

ANSWERED = frozenset({State.REPLIED, State.FOLLOWUP})
"""The resident has an answer and may rate it."""

ENDED = frozenset(
    {State.NOT_ACCEPTED, State.REFERRED, State.CLOSED, State.FINAL, State.MERGED, State.WITHDRAWN}
)
"""Nothing is due any more, except what the resident may still ask for."""

OPEN = BEFORE_WORK | AT_WORK
"""The resident waits for an answer: the total clock runs, or is paused."""

CONVERSING = OPEN | ANSWERED | {State.REVIEW}
"""Resident and office may still write to each other."""
