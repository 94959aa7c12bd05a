"""Who says what is entered behind the counter: a source for each way of knowing, a role and its office."""

import hashlib
import json
from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from app.accounts.queries import Staff
from app.accounts.rules import Action, may
from app.areas import queries as areas
from app.extensions import db
from app.facilities.model import Facility
from app.facilities.queries.proposals import target_of
from app.facilities.rules.editing import KIND, How
from app.facilities.rules.entering import write_entered
from app.facilities.service.recording import put_source

_NAMES: Final[Mapping[How, Mapping[str, str]]] = {
    How.VISIT: {
        "zh-Hans": "工作人员到访所见",
        "ug": "خادىم بېرىپ كۆرگەن",
        "en": "Seen by staff on a visit",
    },
    How.PHONE: {
        "zh-Hans": "机构电话告知，工作人员记录",
        "ug": "ئورۇن تېلېفوندا ئېيتقان، خادىم خاتىرىلىگەن",
        "en": "Told by the facility by telephone, written down by staff",
    },
    How.DOCUMENT: {
        "zh-Hans": "机构书面材料，工作人员录入",
        "ug": "ئورۇننىڭ يازما ماتېرىيالى، خادىم كىرگۈزگەن",
        "en": "In writing from the facility, entered by staff",
    },
    How.NOTICE: {
        "zh-Hans": "部门通知或公示，工作人员录入",
        "ug": "تارماقنىڭ ئۇقتۇرۇشى ياكى ئېلانى، خادىم كىرگۈزگەن",
        "en": "Notice of an office, entered by staff",
    },
}


def source_of(facility: Facility, how: How) -> str:
    """Make sure that there is a source for a way of knowing, and return its key."""
    place = areas.place_of(facility.area_code)
    key = f"{place.area if place else facility.area_code}:worker-{how}"
    put_source(key, KIND[how], _NAMES[how], None)
    return key


def entered(staff: Staff, facility: Facility) -> str:
    """Return the role that lets somebody enter facts of a facility, and its office: never who they are."""
    target = target_of(facility)
    grants = (each for each in staff.grants if may([each], Action.FACILITY_EDIT, target))
    grant = next(grants, staff.grants[0])
    return write_entered(grant.role, grant.unit or grant.area)


def locked(ids: list[str]) -> dict[str, Facility]:
    """Return facilities, in order; what is said of them is written one after the other."""
    query = select(Facility).where(Facility.id.in_(ids)).order_by(Facility.id)
    return {row.id: row for row in db.session.scalars(query.with_for_update())}


def once_of(once: str, *told: object) -> str:
    """Return what tells the same form with the same answers; with other answers it is another act."""
    said = json.dumps(told, sort_keys=True, default=str)
    return f"{once}:{hashlib.sha256(said.encode()).hexdigest()[:16]}"
