"""Facilities that accounts report for. The rooms above know facilities; they say here how to look one up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select

from app.accounts.model import Account, AccountGrant
from app.accounts.queries.current import ACTIVE


@dataclass(frozen=True, slots=True)
class Facility:
    """A facility as far as an account of it goes: where it lies (division code), and its names."""

    area: str
    names: Mapping[str, str]


Find = Callable[[str], Facility | None]
_find: list[Find] = []


def know_facilities(find: Find) -> None:
    """Say how a facility is looked up by its id; called once, where a room above is defined."""
    _find[:] = [find]


def facility(identity: str) -> Facility | None:
    """Return the facility of an id, if there is one."""
    return _find[0](identity) if _find and identity else None


def reporting() -> Select[str]:
    """Return the question for the ids of facilities that an account in use reports for."""
    return (
        select(AccountGrant.facility)
        .join(Account, Account.id == AccountGrant.account)
        .where(AccountGrant.facility != "", Account.state == ACTIVE)
    )
