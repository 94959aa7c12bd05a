"""What may be done by whom, and what is accepted as proof of who somebody is. Pure."""

from app.accounts.rules.access import (
    TABLE,
    WITH_UNIT,
    WITHOUT_CODE,
    Action,
    Grant,
    Role,
    Scope,
    Target,
    actions,
    may,
    needs_code,
    rights,
)

__all__ = [
    "TABLE",
    "WITHOUT_CODE",
    "WITH_UNIT",
    "Action",
    "Grant",
    "Role",
    "Scope",
    "Target",
    "actions",
    "may",
    "needs_code",
    "rights",
]
