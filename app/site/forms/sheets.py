"""The tables of exports: their headings and cells in the reader's language.

No cell holds words of residents, but for the two tables that are asked for as ways to reach them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice

from flask import current_app, g
from flask_babel import gettext as _

from app.accounts import queries as accounts
from app.accounts.forms import LABELS as ACCOUNTS
from app.accounts.queries import Staff
from app.accounts.rules import Action, Target
from app.areas.forms import LABELS as AREAS
from app.cases.forms.labels import LABELS as CASES
from app.cases.queries.inbox import Question, inbox
from app.core import clock
from app.core.i18n import pick
from app.core.pages import language
from app.events import queries as events
from app.events.forms.labels import LABELS as EVENTS
from app.events.queries import EventCard, Wanted
from app.facilities.forms.datasets import COLUMNS, facility_row
from app.facilities.forms.labels import LABELS as FACILITIES
from app.facilities.queries.proposals import proposals
from app.facilities.queries.proposals import target as facility_target
from app.facilities.queries.published import published
from app.facilities.rules import proposals as proposing
from app.guide.forms.labels import LABELS as GUIDE
from app.guide.queries.listing import cards, inventory
from app.site.queries.reachable import contacts
from app.site.rules.exporting import MOST_ROWS, Kind, Table

Row = Sequence[object]


def make(kind: Kind, staff: Staff, area: str, code: str) -> Table:
    """Return `table` in a language, outside of any page."""
    with current_app.test_request_context():
        g.lang = code
        return table(kind, staff, area)


def table(kind: Kind, staff: Staff, area: str) -> Table:
    """Return what somebody may take out of an area, as far as their rights reach, in the language set now."""
    header, rows = _TABLES[kind](staff, area)
    held = list(islice(rows, MOST_ROWS + 1))
    return Table(kind.value, header, held[:MOST_ROWS], len(held) > MOST_ROWS)


Made = tuple[tuple[str, ...], Iterator[Row]]
_COUNTY = 6
_SHOWN = (
    "id", "name", "kind", "form", "status", "filing_number", "filed_on", "credit_code", "township", "address",
    "phone", "opening", "inclusive", "demonstration", "care_types", "age_from", "age_to", "food", "languages",
    "needs", "vacancy", "updated_on", "source",
)  # fmt: skip


def _facilities(staff: Staff, area: str) -> Made:
    header = (
        _("Id"), _("Name of the facility"), _("Kind of facility"), _("Legal form"),
        _("Filing status"), _("Filing number"),
        _("Filed on"), _("Unified social credit code"), _("Township"), _("Address"), _("Telephone"),
        _("Opening hours"), _("Inclusive price"), _("Demonstration facility"), _("Types of care"),
        _("Youngest age in months"), _("Oldest age in months"), _("Food"), _("Carers' language"), _("Needs"),
        _("A place is free"), _("Day of the newest fact"), _("Source"),
    )  # fmt: skip
    at = [[name for name, _type, _words in COLUMNS["facilities"]].index(name) for name in _SHOWN]

    def rows() -> Iterator[Row]:
        for each in published(area[:_COUNTY], clock.today()):
            lies = each.card.township or each.card.area
            if not lies.startswith(area) or not staff.may(Action.FACILITY_EDIT, Target(area=lies)):
                continue
            cells = facility_row(each, lambda _group, _code: "")
            yield [_said(name, cells[place]) for name, place in zip(_SHOWN, at, strict=True)]

    return header, rows()


def _said(name: str, cell: object) -> object:
    """Return the words of a cell that is a code, or codes parted by a bar."""
    if name in {"inclusive", "demonstration", "vacancy"} and cell in {"true", "false"}:
        return _("Yes") if cell == "true" else _("No")
    group = {"care_types": "care", "languages": "language"}.get(name, name)
    if group not in {"kind", "form", "status", "care", "food", "needs", "language"} or not cell:
        return cell
    words = FACILITIES[group]
    return "、".join(str(words.get(code, code)) for code in str(cell).split("|"))


def _proposals(staff: Staff, area: str) -> Made:
    header = (
        _("Number"), _("Id"), _("Name"), _("Fact"), _("Proposed by"), _("Proposed on"), _("State"),
        _("Decided on"), _("Why declined"),
    )  # fmt: skip
    words = FACILITIES

    def rows() -> Iterator[Row]:
        for state in proposing.State:
            page, pages = 1, 1
            while page <= pages:
                found = proposals(staff, state, page, clock.today())
                page, pages = page + 1, found.pages
                for each in found.cards:
                    target = facility_target(each.facility)
                    if target is None or not target.area.startswith(area):
                        continue
                    yield [
                        each.id, each.facility, each.name, str(words["fact"].get(each.field, each.field)),
                        str(words["proposed-by"].get(each.by, each.by)), _day(each.made_at.date()),
                        str(words["proposal-state"].get(each.state, each.state)),
                        _day(each.decided_at.date() if each.decided_at else None),
                        str(words["decline"].get(each.why, each.why)) if each.why else None,
                    ]  # fmt: skip

    return header, rows()


def _events(staff: Staff, area: str) -> Made:
    header = (
        _("Id"), _("Title"), _("What it is"), _("Town or street"), _("Begins"), _("Ends"), _("State"),
        _("Places at the event"), _("Places left"), _("Families waiting"), _("Families who came"),
        _("Children who came"),
    )  # fmt: skip

    def rows() -> Iterator[Row]:
        for each in _meetings(staff, area):
            yield [
                each.id, _name(each.titles), str(EVENTS["event-kind"][each.kind]), _name(each.township),
                _moment(each.starts_at), _moment(each.ends_at), str(EVENTS["event-status"][each.status]),
                each.places, each.free, each.waiting, each.families, each.children,
            ]  # fmt: skip

    return header, rows()


def _bookings(staff: Staff, area: str) -> Made:
    header = (
        _("Id"), _("Title"), _("Begins"), _("State"), _("Adults"), _("Children"), _("Telephone"),
    )  # fmt: skip

    def rows() -> Iterator[Row]:
        for each in _meetings(staff, area):
            for booked in events.bookings(each.id):
                if booked.telephone:
                    yield [
                        each.id, _name(each.titles), _moment(each.starts_at),
                        str(EVENTS["booking-state"][booked.state]), booked.adults, booked.children,
                        booked.telephone,
                    ]  # fmt: skip

    return header, rows()


def _meetings(staff: Staff, area: str) -> Iterator[EventCard]:
    """Yield the events of an area that somebody looks after: those to come, then those that are over."""
    for past in (False, True):
        page, pages = 1, 1
        wanted = Wanted(place=area[:_COUNTY], township=area if len(area) > _COUNTY else "", past=past)
        while page <= pages:
            found = events.events(wanted, page)
            page, pages = page + 1, found.pages
            for card in found.cards:
                if staff.may(Action.EVENT_EDIT, Target(card.place, card.township_code or card.place)):
                    yield card


def _cases(staff: Staff, area: str) -> Made:
    header = (
        _("Case number"), _("Subject"), _("State"), _("Received"), _("Due"), _("Facility"), _("Where"),
        _("Leading office"),
    )  # fmt: skip

    def rows() -> Iterator[Row]:
        page, pages = 1, 1
        while page <= pages:
            found = inbox(staff, Question(tab="all", area=area, page=page))
            page, pages = page + 1, found.pages
            for each in found.rows:
                yield [
                    each.number, str(AREAS["category"][each.category]), str(CASES["case-state"][each.state]),
                    _day(each.received), _day(each.due.on if each.due else None), each.facility,
                    _name(each.area_names), _name(each.unit_names),
                ]  # fmt: skip

    return header, rows()


def _contacts(staff: Staff, area: str) -> Made:
    header = (_("Case number"), _("Name"), _("Telephone"), _("Another way"))

    def rows() -> Iterator[Row]:
        for each in contacts(staff, area):
            yield [each.number, each.name, each.phone, each.other]

    return header, rows()


def _guide(_staff: Staff, _area: str) -> Made:
    codes = _codes()
    header = (_("Text"), _("Title"), _("Topic"), _("Kind"), _("Risk"), *codes)
    titles = {card.slug: card.title_text for card in cards(language())}

    def rows() -> Iterator[Row]:
        for each in inventory(codes, clock.today()):
            states = [str(GUIDE["guide-state"][each.languages[code]]) for code in codes]
            kind = str(GUIDE["guide-kind"][each.kind])
            yield [each.slug, titles.get(each.slug), each.topic, kind, each.risk, *states]

    return header, rows()


def _accounts(staff: Staff, area: str) -> Made:
    header = (_("Sign-in name"), _("Name"), _("State"), _("Role"), _("Office"), _("Area"), _("Made on"))

    def rows() -> Iterator[Row]:
        for each in accounts.people():
            if not accounts.within_reach(staff.grants, Action.ACCOUNT_LIST, each):
                continue
            names = accounts.names_of(each.grants)
            for grant in each.grants:
                if grant.area.startswith(area):
                    yield [
                        each.handle, _name(each.names), str(ACCOUNTS["account-state"][each.state]),
                        str(ACCOUNTS["staff-role"][grant.role]), _name(names.get(grant.unit)),
                        _name(names.get(grant.area)), _day(each.created.astimezone(clock.ZONE).date()),
                    ]  # fmt: skip

    return header, rows()


_TABLES: Mapping[Kind, Callable[[Staff, str], Made]] = {
    Kind.FACILITIES: _facilities,
    Kind.PROPOSALS: _proposals,
    Kind.EVENTS: _events,
    Kind.CASES: _cases,
    Kind.GUIDE: _guide,
    Kind.ACCOUNTS: _accounts,
    Kind.CONTACTS: _contacts,
    Kind.BOOKINGS: _bookings,
}


def _name(names: Mapping[str, str] | None) -> str | None:
    return pick(names, language()).text if names else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime) -> str:
    return moment.astimezone(clock.ZONE).strftime("%Y-%m-%d %H:%M")


def _codes() -> tuple[str, ...]:
    codes: tuple[str, ...] = current_app.extensions["languages"].codes
    return codes
