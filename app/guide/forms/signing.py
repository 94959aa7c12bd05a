"""Reading what somebody says who signs a text, or enters who may."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app

from app.accounts import queries as accounts
from app.accounts.queries import Person
from app.core.i18n import SOURCE
from app.guide.loading.signers import NAMED
from app.guide.rules.gates import FIELDS, HOWS, PARTS, How, Part
from app.guide.service.signers import Named

_LONGEST = 200
_LONGEST_BACK = 20_000


@dataclass(frozen=True, slots=True)
class Typed:
    """Somebody as they were typed into the list of signers."""

    handle: str
    name: str
    title: str
    organisation: str
    field: str
    reads: tuple[str, ...]
    proof: str
    others: Mapping[str, Mapping[str, str]]
    """Name, title and organisation in other languages, by language."""


def read_word(form: Mapping[str, str]) -> tuple[Part, How, str] | None:
    """Return the part that is taken, how the signer knows what stands there, and the translation back."""
    part = next((each for each in PARTS if each == form.get("part")), None)
    how = next((each for each in HOWS if each == form.get("how", "reads")), None)
    if part is None or how is None or form.get("read") != "1":
        return None
    return part, how, form.get("back", "").replace("\r\n", "\n")[:_LONGEST_BACK]


def read_named(form: Mapping[str, str]) -> Typed:
    """Return what was typed of somebody."""

    def line(name: str) -> str:
        return " ".join("".join(each for each in form.get(name, "") if each.isprintable()).split())[:_LONGEST]

    def said(code: str) -> dict[str, str]:
        return {name: words for name in NAMED if (words := line(f"{name}-{code}"))}

    codes: tuple[str, ...] = current_app.extensions["languages"].codes
    return Typed(
        handle=line("handle"),
        name=line("name"),
        title=line("title"),
        organisation=line("organisation"),
        field=line("field"),
        reads=tuple(code for code in codes if form.get(f"reads-{code}") == "1"),
        proof=line("proof"),
        others={code: words for code in codes if code != SOURCE and (words := said(code))},
    )


def lacking(typed: Typed) -> str:
    """Return the first field that says nothing, "" if all do."""
    if typed.field not in FIELDS:
        return "field"
    wanted = ("name", "title", "organisation", "proof")
    return next((name for name in wanted if not getattr(typed, name)), "")


def person_of(typed: Typed) -> Person | None:
    """Return whose account was named."""
    return accounts.person(typed.handle) if typed.handle else None


def areas_of(account: str) -> tuple[str, ...]:
    """Return the areas that somebody works for."""
    found = accounts.person(account)
    return tuple(grant.area for grant in found.grants if grant.area) if found else ()


def named(typed: Typed, account: str) -> Named:
    """Return what is entered of somebody."""
    said = (typed.name, typed.title, typed.organisation, typed.field, typed.reads, typed.proof)
    return Named(account, *said, typed.others)
