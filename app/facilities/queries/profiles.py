"""Profiles that read ledgers: those that ship, and those a place made for itself."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.extensions import db
from app.facilities.loading.ledger.profile import WORDS, profiles
from app.facilities.loading.ledger.written import as_toml
from app.facilities.model import LedgerProfile


@dataclass(frozen=True, slots=True)
class ProfileCard:
    """A profile that can be chosen."""

    name: str
    titles: Mapping[str, str]
    own: bool
    """Made by a place, behind the counter."""
    area: str
    version: int
    headings: tuple[str, ...]
    data: Mapping[str, Any]


def folder() -> Path:
    """Return the folder of the profiles that ship."""
    return Path(current_app.extensions["settings"].content) / "profiles"


def available(area: str) -> list[ProfileCard]:
    """Return the profiles for ledgers of an area: those made in and around it, then all that ship."""
    rows = db.session.scalars(select(LedgerProfile).order_by(LedgerProfile.title, LedgerProfile.name))
    near = [row for row in rows if area.startswith(row.area) or row.area.startswith(area)]
    return [*map(_own, near), *(_shipped(name) for name in profiles(folder()))]


def profile(name: str) -> ProfileCard | None:
    """Return a profile by name."""
    row = db.session.get(LedgerProfile, name)
    if row is not None:
        return _own(row)
    return _shipped(name) if name in profiles(folder()) else None


def written(card: ProfileCard) -> str:
    """Return a profile as the file that `content/profiles/` would hold."""
    if card.own:
        return as_toml(card.data)
    return (folder() / f"{card.name}.toml").read_text("utf-8")


def common_words() -> Mapping[str, Mapping[str, str]]:
    """Return the words every profile knows, by field."""
    path = folder() / f"{WORDS}.toml"
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(path.read_text("utf-8"))["values"]
    return found


def _own(row: LedgerProfile) -> ProfileCard:
    titles = {"zh-Hans": row.title}  # whoever made it wrote it in one language
    return ProfileCard(row.name, titles, True, row.area, row.version, _headings(row.data), row.data)


def _shipped(name: str) -> ProfileCard:
    data = tomllib.loads((folder() / f"{name}.toml").read_text("utf-8"))
    return ProfileCard(name, data.get("title", {}), False, "", 0, _headings(data), data)


def _headings(data: Mapping[str, Any]) -> tuple[str, ...]:
    found: list[str] = []
    for column in data.get("column", ()):
        given = column.get("heading", ())
        found += [given] if isinstance(given, str) else given
    return tuple(found)
