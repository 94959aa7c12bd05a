"""A report that somebody takes down for a resident, by the same way as one that is typed by the resident.

What the form holds in place of a browser's draft is a key that this program made and signed, so that a form
sent twice is one case and shows the same code. Nothing of the worker is kept with the case.
"""

import hmac
import secrets
from dataclasses import asdict

from app.cases.model import CaseDraft
from app.cases.rules import categories
from app.cases.rules.report import Problem, Report, problems
from app.cases.service import drafts, intake
from app.cases.service.intake import Incomplete, NotHere, Receipt
from app.core import clock, sealing
from app.extensions import db

CHANNEL = "phone"


def mint_key() -> str:
    """Return a key for one report, signed."""
    key = secrets.token_urlsafe(24)
    return f"{key}.{_signature(key)}"


def _signature(key: str) -> str:
    return sealing.keyed_hash("phone-keys", key)[:32]


def is_ours(signed: str) -> bool:
    """Tell whether a key was made here."""
    key, _dot, signature = signed.rpartition(".")
    return bool(key) and hmac.compare_digest(signature, _signature(key))


def faults(report: Report) -> list[Problem]:
    """Return everything that keeps a report from being registered."""
    return problems(report, grave_asked=report.category in categories.GRAVE)


def take_down(signed: str, report: Report) -> Receipt:
    """Register what a resident said; the same key gives the same case for an hour.

    Raises `Incomplete`, `NotHere`, and `drafts.DraftGone` for a key that was not made here or is too old.
    """
    if not is_ours(signed):
        raise drafts.DraftGone
    found = faults(report)
    if found:
        raise Incomplete(found)
    now = clock.now()
    key = drafts.key_of(signed)
    if db.session.get(CaseDraft, key) is None:
        row = CaseDraft(
            key=key, touched_at=now, expires_at=now + drafts.LIFE, case_id=None, confirmed=False, words=None
        )
        row.words = sealing.seal_json(asdict(report), f"draft:{key}")
        db.session.add(row)
        db.session.commit()
    return intake.submit(signed)


__all__ = ["CHANNEL", "Incomplete", "NotHere", "Receipt", "faults", "is_ours", "mint_key", "take_down"]
