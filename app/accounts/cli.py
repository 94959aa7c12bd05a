"""`flask accounts …`: the first administrator, invitations, the audit, accounts of the fictional county."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app, url_for
from flask.cli import AppGroup

from app.accounts.rules import Grant, Role
from app.core.i18n import SOURCE
from app.settings import Settings

accounts = AppGroup("accounts", help="Accounts of staff, and the audit of what they do.")


def settings() -> Settings:
    """Return the settings of the running program."""
    found: Settings = current_app.extensions["settings"]
    return found


@contextmanager
def refusing() -> Iterator[None]:
    """Say in a sentence why something was refused."""
    from flask_babel import force_locale

    from app.accounts.forms import refusal
    from app.accounts.service.refusals import RefusedError

    try:
        yield
    except RefusedError as error:
        with current_app.test_request_context(), force_locale("en"):
            raise click.ClickException(str(refusal(error.why))) from error


@accounts.command()
@click.option("--area", required=True, help="Division code of the place: six digits of a county.")
@click.option("--handle", default="admin", show_default=True, help="Name to sign in with.")
@click.option("--name", default="", help="Name to show; the handle if it is left out.")
def create_admin(area: str, handle: str, name: str) -> None:
    """Make an administrator of a place and print the one-time link."""
    _invite(handle, name, Grant(Role.ADMINISTRATOR, area=area))


@accounts.command()
@click.option("--handle", required=True, help="Name to sign in with.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--area", required=True, help="Division code: a place, or a township of it.")
@click.option("--unit", default="", help="Code of the office, as in the pack's units.csv.")
@click.option("--facility", default="", help="Id of the facility, for a provider.")
@click.option("--name", default="", help="Name to show; the handle if it is left out.")
def invite(handle: str, role: str, area: str, unit: str, facility: str, name: str) -> None:
    """Make an account and print the one-time link its owner sets it up with."""
    _invite(handle, name, Grant(Role(role), unit, area, facility))


def _invite(handle: str, name: str, grant: Grant) -> None:
    from app.accounts.service import inviting
    from app.areas.rules import normalise
    from app.core.audit import SYSTEM

    grant = Grant(grant.role, grant.unit, normalise(grant.area) or grant.area, grant.facility)
    with refusing():
        token = inviting.invite(handle, {SOURCE: name or handle}, grant, by=SYSTEM)
    _print_link(token)


@accounts.command("list")
def list_accounts() -> None:
    """Print every account: handle, state, and what it may do."""
    from app.accounts import queries

    for person in queries.people():
        held = "; ".join(" ".join(filter(None, (g.role, g.unit, g.area, g.facility))) for g in person.grants)
        click.echo(f"{person.handle}\t{person.state}\t{held}")


@accounts.command()
@click.argument("handle")
def disable(handle: str) -> None:
    """Close an account; whoever uses it is signed out at once."""
    from app.accounts.service import managing
    from app.core.audit import SYSTEM

    with refusing():
        managing.disable(handle, by=SYSTEM)
    click.echo(f"{handle} is closed.")


@accounts.command()
@click.argument("handle")
def reset(handle: str) -> None:
    """Take password and authenticator from an account and print a new one-time link."""
    from app.accounts.service import managing
    from app.core.audit import SYSTEM

    with refusing():
        token = managing.reset(handle, by=SYSTEM)
    _print_link(token)


def _print_link(token: str) -> None:
    chosen = settings()
    with current_app.test_request_context():
        path = url_for("accounts.invitation", lang=SOURCE, token=token)
    here = f"http://{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
    click.echo(f"{chosen.public_url or here}{chosen.prefix}{path}")
    click.echo("It works once, for 72 hours. Whoever opens it owns the account.", err=True)


@accounts.command()
@click.option("--reset", is_flag=True, help="Draw new passwords and secrets for all of them.")
def demo(*, reset: bool) -> None:
    """Make the accounts of the fictional county that are not there yet."""
    from app.accounts.service.demo import make_demo_accounts
    from app.core.cli import tell
    from app.core.faults import FaultyFiles

    if not settings().sample:
        click.echo("Accounts of the fictional county: none, it is left out (TUOYU_SAMPLE).")
        return
    try:
        done = make_demo_accounts(settings(), reset=reset)
    except FaultyFiles as error:
        raise tell(error) from error
    click.echo(f"Accounts of the fictional county: made {done.made}, kept {done.kept}; see {done.file}")
    if not done.complete:
        click.echo("That file does not tell all of them. For new passwords: flask accounts demo --reset")


@accounts.command()
def audit_verify() -> None:
    """Read the whole audit; exit code 1 names the first row that was touched; as `flask audit verify`."""
    from app.core import audit_cli

    audit_cli.tell()
