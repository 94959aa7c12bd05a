"""The guide for new workers from its files: `content/counter/<language>/guide.md`, pictures beside it.

A title, an introduction, then parts that begin with `## Heading {#word}`. A line `![What it shows](name)` is
a picture: `content/counter/pictures/<language>/<name>.webp`; one that is not there is left out.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

_HEADING: Final = re.compile(r"## +(?P<title>.+?) *\{#(?P<code>[a-z-]+)\} *")
_PICTURE: Final = re.compile(r"!\[(?P<words>[^\]]+)\]\((?P<name>[a-z-]+)\) *")
_NAME: Final = re.compile(r"[a-z]+(-[a-z]+)*")
_SUFFIX: Final = ".webp"
_MACHINE: Final = "made_by: machine"


class GuideError(ValueError):
    """The guide cannot be read as it stands; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a screen: what it shows, its name, width and height in pixels."""

    words: str
    name: str
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the guide: texts in Markdown and pictures, in their order."""

    code: str
    title: str
    pieces: tuple[str | Picture, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The whole guide in a language."""

    language: str
    title: str
    machine: bool
    """A machine translated it and nobody has signed it: its second line is `made_by: machine`."""
    introduction: str
    parts: tuple[Part, ...]


def read(content: Path, language: str) -> Guide | None:
    """Return the guide in a language; None if it is not written in it. Raises `GuideError`."""
    path = content / "counter" / language / "guide.md"
    if not path.is_file():
        return None
    return _read(path, language, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, language: str, _changed: int) -> Guide:
    pictures = path.parents[1] / "pictures" / language
    lines = path.read_text("utf-8").splitlines()
    if not lines or not lines[0].startswith("# "):
        raise GuideError(f"{path}:1: The first line must be the title: “# …”.")
    introduction: list[str] = []
    parts: list[tuple[str, str, list[str]]] = []
    for number, line in enumerate(lines[1:], start=2):
        if line == _MACHINE:
            continue
        heading = _HEADING.fullmatch(line)
        if heading:
            parts.append((heading["code"], heading["title"], []))
        elif line.startswith("## "):
            raise GuideError(f"{path}:{number}: A heading needs its word at the end: “## … {{#word}}”.")
        else:
            (parts[-1][2] if parts else introduction).append(line)
    return Guide(
        language,
        lines[0][2:].strip(),
        lines[1:2] == [_MACHINE],
        "\n".join(introduction).strip(),
        tuple(Part(code, title, _pieces(body, pictures)) for code, title, body in parts),
    )


def _pieces(lines: list[str], pictures: Path) -> tuple[str | Picture, ...]:
    found: list[str | Picture] = []
    held: list[str] = []
    for line in [*lines, None]:
        picture = _PICTURE.fullmatch(line) if line else None
        if picture or line is None:
            text = "\n".join(held).strip()
            held = []
            if text:
                found.append(text)
            size = _size(pictures / f"{picture['name']}{_SUFFIX}") if picture else None
            if picture and size:
                found.append(Picture(picture["words"], picture["name"], size))
        else:
            held.append(line)
    return tuple(found)


def picture(content: Path, language: str, name: str) -> Path | None:
    """Return the file of a picture; None if there is none of that name."""
    if not _NAME.fullmatch(name):
        return None
    path = content / "counter" / "pictures" / language / f"{name}{_SUFFIX}"
    return path if path.is_file() else None


def _size(path: Path) -> tuple[int, int] | None:
    """Return width and height of a lossy WebP picture (RFC 9649, 2.5: 14 bits each after the frame's tag)."""
    try:
        with path.open("rb") as file:
            head = file.read(30)
    except FileNotFoundError:
        return None
    if head[:4] != b"RIFF" or head[8:16] != b"WEBPVP8 ":
        raise GuideError(f"{path}: This is no lossy WebP picture; run scripts/screenshots.")
    width, height = (int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    return width, height
