"""Opening a ledger: the file, its profile and its area, read once and used for preview and import."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from app.areas import queries as areas
from app.areas.rules import normalise
from app.facilities.loading.ledger.container import MAX_BYTES
from app.facilities.loading.ledger.entries import Ledger, read_ledger
from app.facilities.loading.ledger.profile import Profile, load_profile
from app.facilities.service.ledgers.gazetteer import Gazetteer


class UnknownAreaError(ValueError):
    """There is no such area."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A ledger that was read: what it says, and what it is about."""

    path: Path
    digest: str
    profile: Profile
    area: str
    ledger: Ledger
    gazetteer: Gazetteer

    @property
    def source(self) -> str:
        """Key of the source: one for all editions of a ledger of an area."""
        return f"ledger-{self.area}-{self.profile.name}"


def open_ledger(path: Path, profile: str, area: str, folder: Path) -> Opened:
    """Read a ledger with a profile of a folder (by name, or a path to a `.toml`).

    Raises `UnknownAreaError`, and `FaultyFiles` if the profile is wrong; faults of the ledger itself are in
    its notes.
    """
    code = normalise(area)
    if code is None or areas.area(code) is None:
        raise UnknownAreaError(area)
    chosen = load_profile(folder, profile)
    gazetteer = Gazetteer(code)
    ledger = read_ledger(path, chosen, gazetteer.box)
    small = path.stat().st_size <= MAX_BYTES
    digest = hashlib.sha256(path.read_bytes()).hexdigest() if small else ""
    return Opened(path, digest, chosen, code, ledger, gazetteer)
