"""Photos of facilities: those that are shown, and their pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from app.core import blobs
from app.extensions import db
from app.facilities.model import Photo
from app.facilities.rules.photos import small_size

VIEW: Final = "facility-photo"
THUMB: Final = "facility-thumb"
"""Purposes that the files are sealed for."""


@dataclass(frozen=True, slots=True)
class PhotoCard:
    """A photo as pages show it; sides are those of the small picture, in pixels."""

    id: int
    width: int
    height: int
    kilobytes: int
    """Of the large picture."""
    says: Mapping[str, str]
    taken_on: date | None


def photos_of(identity: str) -> tuple[PhotoCard, ...]:
    """Return the photos of a facility, in order."""
    query = select(Photo).where(Photo.facility == identity, Photo.removed_at.is_(None))
    return tuple(
        PhotoCard(
            row.id,
            *small_size(row.width, row.height),
            -(-row.size // 1000),
            row.says,
            row.taken_on,
        )
        for row in db.session.scalars(query.order_by(Photo.place, Photo.id))
    )


def picture(identity: str, number: int, *, small: bool) -> bytes | None:
    """Return the picture of a photo that is shown; None if there is none."""
    row = db.session.get(Photo, number)
    if row is None or row.facility != identity or row.removed_at is not None:
        return None
    try:
        return blobs.get(row.thumb, THUMB) if small else blobs.get(row.view, VIEW)
    except blobs.BlobMissing:  # removed a moment ago
        return None


def known_blobs() -> frozenset[str]:
    """Return every sealed file that a photo needs; a sweep of files must leave them."""
    rows = db.session.execute(select(Photo.view, Photo.thumb))
    return frozenset(blob for row in rows for blob in row if blob)
