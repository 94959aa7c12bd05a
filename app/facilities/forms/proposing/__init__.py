"""Forms to propose a fact: one for each field that may be proposed."""

from app.facilities.forms.proposing import simple, tables
from app.facilities.forms.proposing.base import LONGEST_REASON, ProposalForm

FORMS: dict[str, type[ProposalForm]] = {
    "phone": simple.PhoneForm,
    "address": simple.AddressForm,
    "opening": simple.OpeningForm,
    "holidays": simple.HolidaysForm,
    "care": tables.CareForm,
    "fees": tables.FeeForm,
    "bands": tables.BandForm,
    "food": simple.FoodForm,
    "languages": simple.LanguagesForm,
    "needs": simple.NeedsForm,
    "inclusive": simple.InclusiveForm,
    "status": simple.StatusForm,
}
"""The form of each field that may be proposed."""

__all__ = ["FORMS", "LONGEST_REASON", "ProposalForm"]
