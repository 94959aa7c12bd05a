"""Tables of care, of what is done about it behind the counter, and of files that wait to be read in."""

from app.facilities.model.care import (
    FACILITY,
    FEE,
    Facility,
    Fee,
    Filed,
    LedgerImport,
    LedgerRow,
    Observed,
    Proposal,
    RegisterChange,
    SearchText,
    Slot,
    Snapshot,
    Source,
)
from app.facilities.model.counter import Edit, Photo, Recorded, TakenBack
from app.facilities.model.uploads import FilingBefore, LedgerProfile, Upload

__all__ = [
    "FACILITY", "FEE", "Edit", "Facility", "Fee", "Filed", "FilingBefore", "LedgerImport", "LedgerProfile",
    "LedgerRow", "Observed", "Photo", "Proposal", "Recorded", "RegisterChange", "SearchText", "Slot",
    "Snapshot", "Source", "TakenBack", "Upload",
]  # fmt: skip
