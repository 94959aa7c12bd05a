"""Why something about an account was refused."""

from enum import StrEnum


class Refusal(StrEnum):
    """A reason; `app.accounts.forms` has the words."""

    LINK = "link"
    """The one-time link was used, replaced, or is too old."""
    CODE = "code"
    TRIES = "tries"
    PASSWORD = "password"  # noqa: S105 - the reason, not a password
    """The present password is wrong."""
    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    NUMBER = "number"
    HANDLE_IN_PASSWORD = "handle"  # noqa: S105 - the reason
    HANDLE_SHAPE = "handle-shape"
    HANDLE_TAKEN = "handle-taken"
    AREA = "area"
    PLACE = "place"
    UNIT = "unit"
    UNIT_ELSEWHERE = "unit-elsewhere"
    FACILITY = "facility"
    FACILITY_UNKNOWN = "facility-unknown"
    FACILITY_ELSEWHERE = "facility-elsewhere"
    UNKNOWN = "unknown"
    OWN = "own"
    ROLE_GONE = "role-gone"
    """The role that was to be changed or taken away is not there any more."""
    ROLE_HELD = "role-held"
    ROLE_LAST = "role-last"
    PROVIDER_ALONE = "provider-alone"
    COVER_NOTHING = "cover-nothing"
    COVER_SELF = "cover-self"
    COVER_COLLEAGUE = "cover-colleague"
    COVER_APART = "cover-apart"
    COVER_DAYS = "cover-days"
    COVER_DECIDED = "cover-decided"


class RefusedError(Exception):
    """Something was refused and nothing was written."""

    def __init__(self, why: Refusal) -> None:
        self.why = why
        super().__init__(why)
