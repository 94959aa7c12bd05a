"""Files brought to the counter: sealed below `<data>/imports`, in the open only while one is read."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import current_app

from app.core.blobs import Shelves
from app.core.sealing import Keyring

FILE, SURVEY, PLAN = "upload", "upload-survey", "upload-plan"
"""What is sealed, and for which purpose."""
_SCRATCH = "reading"


def shelves() -> Shelves:
    """Return where the sealed files lie; apart from those of cases, which are swept otherwise."""
    settings = current_app.extensions["settings"]
    return Shelves(settings.data / "imports", Keyring(settings.keys))


def keep(data: bytes, purpose: str) -> str:
    """Seal something and return its id once it is safe. Raises `StorageFull`."""
    return shelves().put(data, purpose)


def keep_json(value: object, purpose: str) -> str:
    """Seal anything JSON can hold."""
    return keep(json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii"), purpose)


def fetch(blob: str, purpose: str) -> bytes:
    """Return what was sealed. Raises `BlobMissing` and `SealError`."""
    return shelves().get(blob, purpose)


def fetch_json(blob: str, purpose: str) -> Any:
    """Return what was sealed as JSON; None if there is nothing."""
    return json.loads(fetch(blob, purpose)) if blob else None


def erase(*blobs: str) -> None:
    """Remove sealed files; empty ids and files that are gone are fine."""
    for blob in filter(None, blobs):
        shelves().delete(blob)


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Path]:
    """Lay a file in the open for as long as it is read, in a folder that only this program may enter."""
    folder = scratch()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=folder) as inner:
        path = Path(inner) / name
        path.touch(mode=0o600)
        path.write_bytes(data)
        yield path


def scratch() -> Path:
    """Return the folder in which files lie in the open while they are read."""
    return Path(current_app.extensions["settings"].data) / "imports" / _SCRATCH


def clear_scratch() -> None:
    """Remove what a reader that was killed left in the open; only while nobody reads."""
    shutil.rmtree(scratch(), ignore_errors=True)
