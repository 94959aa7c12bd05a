"""Photos of facilities: added, put in order, said in words, removed for good."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import Staff
from app.core import audit, blobs, clock, photos
from app.core.db import touch_data
from app.extensions import db
from app.facilities.model import Photo
from app.facilities.queries.photos import THUMB, VIEW
from app.facilities.rules.photos import LARGEST, MOST, moved
from app.facilities.service.saying import locked, once_of


class Enough(Exception):  # noqa: N818 - nobody made an error
    """The facility shows as many photos as it may."""


class TooHeavy(Exception):  # noqa: N818
    """Even made anew the picture has more bytes than a reader should pay for."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A photo that somebody brings: its bytes, what is to be seen on it, when it was taken."""

    data: bytes
    name: str
    says: Mapping[str, str]
    taken_on: date | None
    once: str


def add(identity: str, brought: Brought, staff: Staff) -> None:
    """Add a photo after the others. Commits. The same form counts once.

    Raises `Enough`, `TooHeavy`, `photos.FileRefused`, `photos.ReaderUnavailable`, `blobs.StorageFull`.
    """
    token = once_of(brought.once, hashlib.sha256(brought.data).hexdigest())
    if db.session.scalar(select(Photo.id).where(Photo.token == token)) is not None:
        return
    if len(_shown(identity)) >= MOST:
        raise Enough
    db.session.rollback()  # nothing is held while the picture is made
    made = photos.read_photo(brought.data, brought.name)
    if len(made.jpeg) > LARGEST:
        raise TooHeavy
    kept = [blobs.put(made.jpeg, VIEW), blobs.put(made.thumbnail, THUMB)]
    locked([identity])
    shown = _shown(identity)
    row = Photo(
        facility=identity,
        place=1 + max((each.place for each in shown), default=0),
        view=kept[0],
        thumb=kept[1],
        width=made.width,
        height=made.height,
        size=len(made.jpeg),
        says=dict(brought.says),
        taken_on=brought.taken_on,
        token=token,
        account=staff.id,
        added_at=clock.now(),
    )
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        for blob in kept:
            blobs.delete(blob)
        return
    _done("facility.photo-added", row)


def move(identity: str, number: int, step: int) -> None:
    """Move a photo towards the front (-1) or the end (1). Commits."""
    locked([identity])
    shown = _shown(identity)
    for place, each in enumerate(moved(shown, _place(shown, number), step)):
        each.place = place
    _done("facility.photo-moved", _one(shown, number))


def describe(identity: str, number: int, says: Mapping[str, str]) -> None:
    """Say otherwise what is to be seen. Commits. Raises `LookupError`."""
    locked([identity])
    row = _one(_shown(identity), number)
    row.says = dict(says)
    _done("facility.photo-described", row)


def remove(identity: str, number: int, staff: Staff) -> None:
    """Remove a photo for good: its pictures are erased, that it was there stays. Commits."""
    locked([identity])
    row = _one(_shown(identity), number)
    files = (row.view, row.thumb)
    row.removed_at, row.removed_by, row.view, row.thumb = clock.now(), staff.id, "", ""
    _done("facility.photo-removed", row)
    for each in files:
        blobs.delete(each)


def _shown(identity: str) -> list[Photo]:
    query = select(Photo).where(Photo.facility == identity, Photo.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(Photo.place, Photo.id)))


def _place(shown: list[Photo], number: int) -> int:
    return shown.index(_one(shown, number))


def _one(shown: list[Photo], number: int) -> Photo:
    for each in shown:
        if each.id == number:
            return each
    raise LookupError(number)


def _done(what: str, row: Photo) -> None:
    touch_data(texts=False)
    audit.record(what, subject=row.facility, data={"photo": row.id})
    db.session.commit()
