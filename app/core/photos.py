"""Photos and PDFs that readers send: what is taken, and how it is made harmless.

A photo is decoded in a process of its own (`photo_reader.py`) that may run out of memory or time or be
brought down by its bytes; what comes back is made anew from its pixels. A PDF is looked at from outside, not
opened, and not shown in a page. Names of files are only ever shown, never used.
"""

import json
import os
import re
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.core.faults import N_
from app.core.photo_reader import ANSWER, PIXELS

PHOTO_BYTES: Final = 8 * 1024 * 1024
"""A photo may have so many bytes."""
PDF_BYTES: Final = 8 * 1024 * 1024
"""A PDF may have so many bytes."""
PHOTOS: Final = 3
"""Photos that may be sent together."""
PDFS: Final = 1
"""PDFs that may be sent together."""
PHOTO_TYPES: Final = "image/jpeg,image/png,image/webp"
"""What a field for photos accepts; a browser then offers to turn other formats into these."""
PATIENCE: Final = 12
"""Seconds the decoding of a photo may take by the clock on the wall."""

SENTENCES: Final[Mapping[str, str]] = {
    "empty": N_("The file %(file)s is empty. Choose it once more, or take the photo again."),
    "too-large": N_(
        "The file %(file)s is larger than %(megabytes)s MB. "
        "Choose a smaller size, or send a screenshot of it."
    ),
    "heic": N_(
        "The photo %(file)s is in the format HEIC, which cannot be read here. Send a screenshot of it, or "
        "choose “Most Compatible” as the format of the camera in your telephone's settings and take it again."
    ),
    "not-a-photo": N_(
        "The file %(file)s is not a photo in the format JPEG, PNG or WebP, whatever its name says. "
        "Send a photo or a screenshot."
    ),
    "damaged": N_(
        "The photo %(file)s is damaged or incomplete. Choose it once more, or send a screenshot of it."
    ),
    "too-many-pixels": N_(
        "The photo %(file)s has more than %(megapixels)s million pixels. "
        "Choose a smaller size, or send a screenshot of it."
    ),
    "took-too-long": N_("The photo %(file)s takes too long to read. Send a screenshot of it."),
    "pdf-empty": N_("The file %(file)s is empty. Choose it once more, or save it again."),
    "pdf-too-large": N_(
        "The file %(file)s is larger than %(megabytes)s MB. "
        "Send only the pages that matter, or photos of them."
    ),
    "not-a-pdf": N_(
        "The file %(file)s is not a PDF, whatever its name says. Save it as PDF, or send photos of its pages."
    ),
    "pdf-damaged": N_(
        "The PDF %(file)s is damaged or incomplete. Save it again, or send photos of its pages."
    ),
}
"""What to say for each code of a refusal; `FileRefused.values` fills the placeholders."""

_READER: Final = Path(__file__).with_name("photo_reader.py")
_HEIC: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_PDF_END: Final = 1024
_NAME: Final = 60
_OUT_OF_TIME: Final = frozenset({-signal.SIGXCPU, -signal.SIGKILL})


class FileRefused(Exception):  # noqa: N818 - it is the file that is refused, nothing of ours is wrong
    """A file that is not taken. `code` is one of `SENTENCES`."""

    def __init__(self, code: str, name: str) -> None:
        self.code = code
        self.name = shown_name(name)
        super().__init__(code)

    @property
    def sentence(self) -> str:
        """Return the message to translate: what is wrong with the file, and what to do."""
        return SENTENCES[self.code]

    @property
    def values(self) -> Mapping[str, object]:
        """Return what fills the sentence: `file` (to be isolated), `megabytes`, `megapixels`."""
        limit = PDF_BYTES if self.code.startswith("pdf") else PHOTO_BYTES
        return {"file": self.name, "megabytes": limit // 1024**2, "megapixels": PIXELS // 1_000_000}


class PhotoRefused(FileRefused):
    """A photo that is not taken."""


class PdfRefused(FileRefused):
    """A PDF that is not taken."""


class ReaderUnavailable(RuntimeError):  # noqa: N818 - the reader of photos is away, through no fault of theirs
    """The process that decodes could not do its work at all; answer 503 and keep what the reader typed."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo made anew: upright, in sRGB, without any metadata. Sides in pixels are those of `jpeg`."""

    width: int
    height: int
    jpeg: bytes
    thumbnail: bytes


def read_photo(data: bytes, name: str) -> Photo:
    """Return a photo as it may be shown. Raises `PhotoRefused` and `ReaderUnavailable`.

    What is in the file decides, not its name. Of several frames the first is taken.
    """
    if not data:
        raise PhotoRefused("empty", name)
    if len(data) > PHOTO_BYTES:
        raise PhotoRefused("too-large", name)
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise PhotoRefused("heic", name)
    head, _newline, rest = _decode(data, name).partition(b"\n")
    try:
        facts = json.loads(head)
        if "code" in facts:
            raise PhotoRefused(facts["code"] if facts["code"] in SENTENCES else "damaged", name)
        end = facts["sizes"][0]
        photo = Photo(int(facts["width"]), int(facts["height"]), rest[:end], rest[end:])
    except (ValueError, KeyError, TypeError, IndexError):
        raise PhotoRefused("damaged", name) from None
    if not (photo.jpeg.startswith(b"\xff\xd8\xff") and photo.thumbnail.startswith(b"\xff\xd8\xff")):
        raise PhotoRefused("damaged", name)
    return photo


def read_pdf(data: bytes, name: str) -> bytes:
    """Return a PDF as it came, if it looks like a whole one from outside. Raises `PdfRefused`.

    It is not opened, so it may hold anything: offer it only as a download, to staff.
    """
    if not data:
        raise PdfRefused("pdf-empty", name)
    if len(data) > PDF_BYTES:
        raise PdfRefused("pdf-too-large", name)
    if not data.startswith(b"%PDF-"):
        raise PdfRefused("not-a-pdf", name)
    if b"%%EOF" not in data[-_PDF_END:]:
        raise PdfRefused("pdf-damaged", name)
    return data


def shown_name(name: str) -> str:
    """Return a file's name as it may be shown: its last part, no invisible or turning characters, short."""
    last = re.split(r"[/\\]", name)[-1]
    kinds = ((each, unicodedata.category(each)[0]) for each in last)
    plain = "".join(" " if kind == "Z" else each for each, kind in kinds if kind != "C")
    words = " ".join(plain.split())
    if len(words) > _NAME:
        stem, dot, suffix = words.rpartition(".")
        tail = dot + suffix if stem and len(suffix) < _NAME // 6 else ""
        words = words[: _NAME - 1 - len(tail)] + "…" + tail
    return words or "?"


def _decode(data: bytes, name: str) -> bytes:
    """Return the answer of the decoding process, over files in memory: nothing of a photo is on disk."""
    command = [sys.executable, "-I", "-B", str(_READER)]
    with (
        os.fdopen(os.memfd_create("photo"), "w+b") as photo,
        os.fdopen(os.memfd_create("answer"), "rb") as answer,
    ):
        photo.write(data)
        photo.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 - our own script, and no word of a reader among its arguments
                command,
                stdin=photo,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE,
                check=False,
                cwd="/",
                env={name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
            )
        except subprocess.TimeoutExpired:
            raise PhotoRefused("took-too-long", name) from None
        except OSError as error:
            raise ReaderUnavailable("The process that reads photos could not be started.") from error
        if done.returncode in _OUT_OF_TIME:
            raise PhotoRefused("took-too-long", name)
        if done.returncode < 0:
            raise PhotoRefused("damaged", name)
        if done.returncode > 0:
            raise ReaderUnavailable("The process that reads photos failed: is Pillow installed?")
        answer.seek(0)  # the decoder moved the place that both share
        return answer.read(ANSWER)
