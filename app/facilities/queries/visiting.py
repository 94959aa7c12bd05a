"""What a parent takes along on a visit to one facility."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import current_app

from app.areas import queries as areas
from app.facilities.loading.visit import load_visit
from app.facilities.queries.comparing import Column, columns
from app.facilities.rules.visiting import FIELDS, Visit, visit_of


@dataclass(frozen=True, slots=True)
class VisitPage:
    """The questions for a facility, what it reports, and the documents behind the questions by id."""

    column: Column
    visit: Visit
    documents: Mapping[str, areas.DocumentCard]
    numbers: Mapping[str, int]
    """The number under which each document stands at the end of the list."""


def visit_page(identity: str, today: date) -> VisitPage | None:
    """Return what to ask of a facility, or None if there is none of that id."""
    held = columns([identity], today)
    if not held:
        return None
    silent = {name for name in FIELDS if not held[0].fields[name]}
    visit = visit_of(load_visit(current_app.extensions["settings"].content), held[0].card.kind, silent)
    documents = areas.national_documents(today)
    known = [each for each in visit.documents if each in documents]
    return VisitPage(held[0], visit, documents, {each: number for number, each in enumerate(known, 1)})
