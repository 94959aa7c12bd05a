"""Reads about staff: who is signed in, who has an account, who was invited."""

from app.accounts.queries.current import Staff, install, staff
from app.accounts.queries.invitations import Invited, invited
from app.accounts.queries.people import (
    Person,
    called,
    has_authenticator,
    named,
    names_of,
    people,
    person,
    reached,
    recovery_codes_left,
    sessions,
    staffed,
    within_reach,
)

__all__ = [
    "Invited",
    "Person",
    "Staff",
    "called",
    "has_authenticator",
    "install",
    "invited",
    "named",
    "names_of",
    "people",
    "person",
    "reached",
    "recovery_codes_left",
    "sessions",
    "staff",
    "staffed",
    "within_reach",
]
