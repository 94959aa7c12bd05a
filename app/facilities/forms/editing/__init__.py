"""Forms of the counter of facilities: one for each field, and what every edit carries."""

from app.facilities.forms.editing import fields
from app.facilities.forms.editing.how import NOT_WORTH, HowForm
from app.facilities.forms.editing.position import LocationForm
from app.facilities.forms.proposing import FORMS, ProposalForm

EDITORS: dict[str, type[ProposalForm]] = {
    **{field: form for field, form in FORMS.items() if field != "status"},
    "kind": fields.KindForm,
    "aliases": fields.AliasesForm,
    "names": fields.NamesForm,
    "demonstration": fields.DemonstrationForm,
    "opens_on": fields.OpensOnForm,
    "township": fields.TownshipForm,
    "location": LocationForm,
    "indoor_m2": fields.IndoorForm,
    "outdoor_m2": fields.OutdoorForm,
}
"""The form of each field; `fees` is one row of the list, for several facilities at once."""

__all__ = ["EDITORS", "NOT_WORTH", "HowForm", "ProposalForm"]
