"""Sealed files on disk: what readers send, and what is made of it.

A file is `<data>/files/<2 hex>/<32 hex>`; its name is random and says nothing, its bytes are an envelope
bound to that name and to a purpose, such as `original`. When `put` has returned, the file survives a power
cut. It is written before the database knows it, so one without a row is what a crash leaves behind: `sweep`
removes it.
"""

import errno
import os
import re
import secrets
import stat
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NewType

from flask import current_app

from app.core.sealing import Keyring

BlobId = NewType("BlobId", str)

_ID: Final = re.compile(r"[0-9a-f]{32}")
_SHELF: Final = re.compile(r"[0-9a-f]{2}")
_PURPOSE: Final = re.compile(r"[a-z]+(-[a-z]+)*")
_PART: Final = ".part"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_OURS: Final = frozenset({errno.ELOOP, errno.ENOTDIR, errno.EMLINK})
_MANY: Final = 20
"""More orphans than this, when they are also most of all files, mean the wrong database and not a crash."""


class BlobError(Exception):
    """A stored file cannot be used; the sentence says why."""


class BlobMissing(BlobError):  # noqa: N818 - what is missing is named, it is not an error of anybody
    """There is no file of that id."""


class StorageFull(Exception):  # noqa: N818 - the disk is full, that is its name
    """The disk, a quota or a limit is full. Nothing was kept; answer 503 and keep what the reader typed."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many files a sweep removed: complete ones nobody knows, and half-written ones."""

    orphans: int
    parts: int


@dataclass(frozen=True, slots=True)
class Shelves:
    """The files below one folder. The folder may be a link of the operator's making; nothing below it may."""

    folder: Path
    keys: Keyring

    def put(self, data: bytes, purpose: str) -> BlobId:
        """Keep a file; return its id once it is safe. Raises `StorageFull`."""
        blob = BlobId(secrets.token_hex(16))
        sealed = self.keys.seal(data, _context(blob, purpose))
        with _told(blob):
            self._write(blob, sealed)
        return blob

    def get(self, blob: str, purpose: str) -> bytes:
        """Return a file. Raises `BlobMissing`, and `SealError` for another purpose or changed bytes."""
        context = _context(blob, purpose)
        with _told(blob), self._shelf(blob) as shelf:
            sealed = _read(shelf, blob)
        return self.keys.open(sealed, context)

    def delete(self, blob: str) -> None:
        """Remove a file; one that is gone already is fine."""
        _check(blob)
        with suppress(BlobMissing), _told(blob), self._shelf(blob) as shelf:
            os.unlink(blob, dir_fd=shelf)
            os.fsync(shelf)

    def orphans(self, known: Collection[str], older_than: datetime) -> list[BlobId]:
        """Return files last written before that moment that are not known, in order of their ids."""
        return sorted(
            BlobId(name)
            for _shelf, name in self._older(older_than)
            if _ID.fullmatch(name) and name not in known
        )

    def missing(self, known: Collection[str]) -> list[str]:
        """Return known ids that have no file, in order: something was lost, an operator must look."""
        return sorted(blob for blob in known if not self._path(blob).is_file())

    def sweep(self, known: Collection[str], older_than: datetime) -> Swept:
        """Remove what a crash left behind before that moment; give ids of drafts too, they are known.

        Raises `BlobError`, removing nothing, when most files would go: then the wrong database was asked.
        """
        orphans = self.orphans(known, older_than)
        kept = sum(1 for blob in known if self._path(blob).is_file())
        if len(orphans) > max(_MANY, kept):
            raise BlobError(
                f"The database knows {kept} files in {self.folder} and does not know {len(orphans)}. "
                "Nothing was removed. Look whether DATABASE_URL and TUOYU_DATA belong together."
            )
        for blob in orphans:
            self.delete(blob)
        parts = [path for path, name in self._older(older_than) if name.endswith(_PART)]
        for path in parts:
            path.unlink(missing_ok=True)
        return Swept(len(orphans), len(parts))

    def _path(self, blob: str) -> Path:
        return self.folder / _check(blob)[:2] / blob

    def _older(self, moment: datetime) -> Iterator[tuple[Path, str]]:
        """Yield path and name of real files below real folders, last written before a moment."""
        if not self.folder.is_dir():
            return
        with os.scandir(self.folder) as shelves:
            real = [
                each for each in shelves if _SHELF.fullmatch(each.name) and each.is_dir(follow_symlinks=False)
            ]
        for shelf in real:
            with os.scandir(shelf) as files:
                for each in files:
                    with suppress(FileNotFoundError):
                        found = each.stat(follow_symlinks=False)
                        written = datetime.fromtimestamp(found.st_mtime, UTC)
                        if stat.S_ISREG(found.st_mode) and written < moment:
                            yield Path(each.path), each.name

    @contextmanager
    def _shelf(self, blob: str) -> Iterator[int]:
        """Open the folder of an id, never through a link."""
        handle = os.open(self._path(blob).parent, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            yield handle
        finally:
            os.close(handle)

    def _write(self, blob: BlobId, sealed: bytes) -> None:
        self._make_shelf(blob)
        draft = f".{blob}{_PART}"
        with self._shelf(blob) as shelf:
            try:
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
                with closing(os.fdopen(os.open(draft, flags, 0o600, dir_fd=shelf), "wb")) as file:
                    file.write(sealed)
                    file.flush()
                    os.fsync(file.fileno())
                os.rename(draft, blob, src_dir_fd=shelf, dst_dir_fd=shelf)
                os.fsync(shelf)
            except BaseException:
                for name in (draft, blob):
                    with suppress(OSError):
                        os.unlink(name, dir_fd=shelf)
                raise

    def _make_shelf(self, blob: BlobId) -> None:
        """Make the folder of an id, and make sure that a power cut keeps it, whoever made it a moment ago."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path(blob).parent.mkdir(exist_ok=True, mode=0o700)
        for folder in (self.folder, self.folder.parent):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


@contextmanager
def _told(blob: str) -> Iterator[None]:
    """Turn the system's errors into ours: no such file, no room, a link where none may be."""
    try:
        yield
    except FileNotFoundError:
        raise BlobMissing(f"There is no file {blob}.") from None
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull("There is no room for another file.") from error
        if error.errno in _NOT_OURS:
            raise BlobError(f"{blob} or its folder is a link, which is never followed.") from error
        raise


def _check(blob: str) -> str:
    """Return the id. Raises `ValueError` for what is none: no path is ever made of a reader's words."""
    if not _ID.fullmatch(blob):
        raise ValueError("This is not the id of a file.")
    return blob


def _context(blob: str, purpose: str) -> str:
    if not _PURPOSE.fullmatch(purpose):
        raise ValueError(f"{purpose!r} is not a purpose: small letters and hyphens.")
    return f"blob:{_check(blob)}:{purpose}"


def _read(shelf: int, blob: str) -> bytes:
    handle = os.open(blob, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=shelf)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise BlobError(f"{blob} is not a plain file.")
    with os.fdopen(handle, "rb") as file:
        return file.read()


def shelves() -> Shelves:
    """Return the files of the running program."""
    settings = current_app.extensions["settings"]
    return Shelves(settings.data / "files", Keyring(settings.keys))


def put(data: bytes, purpose: str) -> BlobId:
    """Keep a file; return its id once it is safe on disk. Raises `StorageFull`."""
    return shelves().put(data, purpose)


def get(blob: str, purpose: str) -> bytes:
    """Return a file kept for that purpose. Raises `BlobMissing` or `SealError`."""
    return shelves().get(blob, purpose)


def delete(blob: str) -> None:
    """Remove a file; one that is gone already is fine."""
    shelves().delete(blob)


def orphans(known: Collection[str], older_than: datetime) -> list[BlobId]:
    """Return files that were last written before that moment and are not known."""
    return shelves().orphans(known, older_than)


def missing(known: Collection[str]) -> list[str]:
    """Return known ids that have no file."""
    return shelves().missing(known)


def sweep(known: Collection[str], older_than: datetime) -> Swept:
    """Remove orphans and half-written files of before that moment. Raises `BlobError` when most would go."""
    return shelves().sweep(known, older_than)
