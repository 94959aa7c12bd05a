"""Verbs of ledgers: open → preview → apply in one transaction → undo within 30 days."""

from app.facilities.service.ledgers.applying import BusyError, Done, apply
from app.facilities.service.ledgers.deciding import PlannedRow
from app.facilities.service.ledgers.history import Past, imports
from app.facilities.service.ledgers.opening import Opened, UnknownAreaError, open_ledger
from app.facilities.service.ledgers.planning import Plan, Prepared, prepare, preview
from app.facilities.service.ledgers.undoing import UNDO_DAYS, CannotUndoError, Undone, undo

__all__ = [
    "UNDO_DAYS",
    "BusyError",
    "CannotUndoError",
    "Done",
    "Opened",
    "Past",
    "Plan",
    "PlannedRow",
    "Prepared",
    "Undone",
    "UnknownAreaError",
    "apply",
    "imports",
    "open_ledger",
    "prepare",
    "preview",
    "undo",
]
