"""`flask cases …`: who would answer a report and why, inboxes, and what a worker does by itself."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click
from flask.cli import AppGroup

from app.areas.rules import CATEGORIES, PURPOSES, SEVERITIES
from app.facilities.rules.vocabulary import Form, Kind

if TYPE_CHECKING:
    from app.cases.queries.routing import Route, UnitRef

KINDS, FORMS = [kind.value for kind in Kind], [form.value for form in Form]
cases = AppGroup("cases", help="Reports: who answers them, and by when.")


@cases.command()
@click.option("--area", required=True, help="Division code of the place: county, district or township.")
@click.option("--category", required=True, type=click.Choice(CATEGORIES), help="Subject of the report.")
@click.option("--kind", default="nursery", type=click.Choice(KINDS), help="Kind of facility.")
@click.option("--form", default="for-profit", type=click.Choice(FORMS), help="Legal form.")
@click.option("--severity", type=click.Choice(SEVERITIES), help="Otherwise that of the subject.")
@click.option("--purpose", type=click.Choice(PURPOSES), help="Otherwise that of the subject.")
@click.option("--about", help="Unit that the report complains of; it never gets the case.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Day whose rules hold; otherwise today.")
@click.option("--json", "as_json", is_flag=True, help="Print the route as an object.")
def route(*, area: str, about: str | None, on: datetime | None, as_json: bool, **known: Any) -> None:
    """Print which office leads on a report, who helps, the clocks and the clauses."""
    from app.areas import queries as areas
    from app.areas.rules import normalise
    from app.cases.queries import routing

    code = normalise(area)
    if code is None or areas.area(code) is None:
        raise click.BadParameter(f"No area has the code {area}.", param_hint="--area")
    place = areas.place_of(code)
    if place is None:
        raise click.BadParameter(f"{area} lies outside the places that run this site.", param_hint="--area")
    units = [office.code for office in areas.offices(place.area)]
    if about is not None and about not in units:
        allowed = ", ".join(units)
        raise click.BadParameter(f"{about} is not one of {allowed}.", param_hint="--about")
    found = routing.route(code, on=on.date() if on else None, about=about, **known)
    if found is None:
        raise click.ClickException(f"{place.area} has no rules. Run areas load.")
    if as_json:
        click.echo(json.dumps(routing.as_data(found), ensure_ascii=False, indent=2))
    else:
        _tell(found)


def _tell(route: "Route") -> None:
    def named(*units: "UnitRef") -> str:
        return ", ".join(f"{unit.unit} {unit.names['zh-Hans']}" for unit in units) or "-"

    click.echo(f"lead: {named(route.lead) if route.lead else 'nobody here: refer it'}")
    click.echo(f"co: {named(*route.co)}")
    click.echo(f"inform: {named(*route.inform)}")
    click.echo(f"territory ({route.territory_role}): {named(*route.territory_units)}")
    click.echo(f"severity {route.severity}, purpose {route.purpose}")
    for name, found in route.clocks.items():
        click.echo(f"{found['id']} {name}: {found['amount']} {found['unit']}")
    for basis in route.basis:
        click.echo(f"basis {basis.confidence}: {basis.number or basis.document} {basis.clause}")
    click.echo(f"rule {route.rule_id}, version {route.rule_version}")


@cases.command()
@click.option("--area", required=True, help="Code of the place.")
@click.option("--open/--close", "is_open", default=None, help="Take reports, or stop; without it, say which.")
def inbox(*, area: str, is_open: bool | None) -> None:
    """Open or close the inbox of a place. Cases that are there stay and are answered."""
    from app.accounts import queries as accounts
    from app.areas import queries as areas
    from app.areas.rules import normalise
    from app.cases.queries import inboxes
    from app.cases.service import inboxes as service

    code = normalise(area)
    place = areas.place_of(code) if code else None
    if place is None or place.area != code:
        raise click.BadParameter(f"{area} is not a place that runs this site.", param_hint="--area")
    if is_open is not None:
        service.set_inbox(place.area, is_open=is_open)
    taking = inboxes.is_open(place.area)
    offices = [office.code for office in areas.offices(place.area) if office.inbox]
    empty = [unit for unit in offices if unit not in accounts.staffed(offices)]
    click.echo(f"{place.area}: the inbox is {'open' if taking else 'closed'}.")
    if taking and empty:
        click.echo(f"Nobody signs in for: {', '.join(empty)}. What is theirs goes to the desk above.")


@cases.command()
@click.option("--dry-run", is_flag=True, help="Say what would be erased, erase nothing.")
def retention(*, dry_run: bool) -> None:
    """Erase contact details, words and files whose time is over; the job worker does so every day."""
    from app.cases.service import disposal

    held = 0
    for due in disposal.due():
        held += due.held
        note = " (kept: legal hold)" if due.held else ""
        click.echo(f"{due.number} {due.what} due {due.on}{note}")
    if dry_run:
        click.echo("Nothing was erased.")
        return
    click.echo(f"Erased in {disposal.dispose() or 0} cases; {held} kept by a legal hold.")


@cases.command()
def reconcile() -> None:
    """Compare rows with files and clocks, put right what a crash left; run it after a restore."""
    from dataclasses import asdict

    from app.cases.service import reconcile as service

    found = service.reconcile()
    for name, count in asdict(found).items():
        click.echo(f"{name.replace('_', ' ')}: {count}")
    if found.troubles:
        raise click.ClickException("Some rows have lost what belongs to them. Restore from a backup.")


@cases.command()
def letters() -> None:
    """Say how many notices to offices wait, were sent, stand at the counter only, or failed."""
    from app.core import outbox

    for state, count in outbox.counts().items():
        click.echo(f"{state}: {count}")
