"""Tables of cases. Words of residents are sealed; no address, browser or cookie of theirs is a column."""

from app.cases.model.case import Case, CaseAlarm, CaseClock, CaseEvent, CaseUnit
from app.cases.model.desk import CaseDraft, CaseGate, CaseInbox, CaseNotice, CaseReveal
from app.cases.model.thread import CaseFile, CaseMessage, CaseProposal, CaseReply, CaseTask

__all__ = [
    "Case",
    "CaseAlarm",
    "CaseClock",
    "CaseDraft",
    "CaseEvent",
    "CaseFile",
    "CaseGate",
    "CaseInbox",
    "CaseMessage",
    "CaseNotice",
    "CaseProposal",
    "CaseReply",
    "CaseReveal",
    "CaseTask",
    "CaseUnit",
]
