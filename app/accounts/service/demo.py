"""Accounts of the fictional county, so that the counter can be tried without inviting anybody.

Passwords and authenticator secrets are drawn at random and written to `demo-accounts.txt` in the data folder
(mode 0600), and nowhere else. People of real places are never made this way.
"""

import csv
import io
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyotp
from sqlalchemy import delete, select

from app.accounts.model import Account, RecoveryCode
from app.accounts.queries.current import ACTIVE
from app.accounts.rules import Grant, Role, needs_code
from app.accounts.rules.credentials import in_groups, sealed_as
from app.accounts.service import proofs
from app.accounts.service.inviting import new_account, put_grants
from app.accounts.service.sessions import end_all
from app.areas.loading.staff import StaffRow
from app.areas.queries.people import fictional_staff
from app.core import audit, clock
from app.core.codes import CROCKFORD
from app.core.sealing import seal_text
from app.extensions import db
from app.settings import Settings

FILE = "demo-accounts.txt"
COLUMNS = ("handle", "role", "unit", "area", "facility", "password", "totp_secret", "otpauth_uri")
_ISSUER = "Tuoyu demo"
_HEAD = (
    "# Accounts of the fictional county. The passwords were drawn at random for this installation.\n"
    "# Columns are parted by tabs. Lost or changed? Run: flask --app wsgi accounts demo --reset\n"
)


@dataclass(frozen=True, slots=True)
class Made:
    """How many accounts were made anew and how many were there; whether the file tells all of them."""

    made: int
    kept: int
    file: Path
    complete: bool


def make_demo_accounts(settings: Settings, *, reset: bool = False) -> Made:
    """Make the accounts of the fictional county that do not exist; with `reset`, all of them anew.

    Idempotent: what exists is not touched. The file is on the disk before the accounts are in the database.
    Raises `FaultyFiles`.
    """
    file = settings.data / FILE
    people = fictional_staff() if settings.sample else ()
    held = {
        account.handle: account
        for account in db.session.scalars(
            select(Account).where(Account.handle.in_([person.handle for person in people]))
        )
    }
    new = [
        person for person in people if person.handle not in held or (reset and held[person.handle].fictional)
    ]
    told = _read(file)
    if new:
        lines = {handle: line for handle, line in told.items() if handle in held}
        lines.update({person.handle: _draw(person) for person in new})
        _write(file, [lines[person.handle] for person in people if person.handle in lines])
        for person in new:
            _make(person, lines[person.handle], held.get(person.handle))
        audit.record("account.demo", actor=audit.SYSTEM, data={"made": len(new)})
        db.session.commit()
        told = lines
    complete = all(person.handle in told for person in people)
    return Made(len(new), len(people) - len(new), file, complete)


def _draw(person: StaffRow) -> dict[str, str]:
    secret = pyotp.random_base32() if needs_code([_grant(person)]) else ""
    password = in_groups("".join(secrets.choice(CROCKFORD.lower()) for _ in range(16)))
    uri = proofs.authenticator_uri(person.handle, secret, _ISSUER) if secret else ""
    values = (person.handle, person.role, person.unit, person.area, person.facility, password, secret, uri)
    return dict(zip(COLUMNS, values, strict=True))


def _make(person: StaffRow, drawn: Mapping[str, str], held: Account | None) -> None:
    grant = _grant(person)
    account = held or new_account(person.handle, person.names, [grant])
    if held:
        put_grants(held.id, [grant])
        end_all(held)
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.account == held.id))
    account.fictional = True
    account.state, account.changed = ACTIVE, clock.now()
    account.password = proofs.hash_password(drawn["password"], random=True)
    secret = drawn["totp_secret"]
    account.totp = seal_text(secret, sealed_as(account.id)) if secret else None
    account.totp_step = 0


def _grant(person: StaffRow) -> Grant:
    return Grant(Role(person.role), person.unit, person.area, person.facility)


def _read(file: Path) -> dict[str, dict[str, str]]:
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return {}
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {row["handle"]: row for row in csv.DictReader(lines, delimiter="\t") if set(row) == set(COLUMNS)}


def _write(file: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write the whole file beside itself and put it in place, so that it is never half there."""
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, delimiter="\t", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(_HEAD + text.getvalue())
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
