"""What other rooms need to know of a facility they point at."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.codes import is_id
from app.extensions import db
from app.facilities.model import Facility


@dataclass(frozen=True, slots=True)
class Target:
    """A facility as the aim of a report: where it is, of what kind and legal form."""

    id: str
    area: str
    """Township if it is known, else the county."""
    kind: str
    form: str
    name: str
    names: Mapping[str, str]
    status: str
    filed: bool


def target(facility_id: str) -> Target | None:
    """Return a facility as the aim of a report; None if there is no such id."""
    row = db.session.get(Facility, facility_id) if is_id(facility_id) else None
    if row is None:
        return None
    return Target(
        row.id,
        row.township_code or row.area_code,
        row.kind,
        row.form,
        row.name,
        row.names,
        row.status,
        row.status == "filed",
    )
