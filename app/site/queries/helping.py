"""The guide for new workers, ready for a page: in the reader's language, else in the source language."""

from dataclasses import dataclass

from flask import current_app
from markupsafe import Markup

from app.core.i18n import SOURCE
from app.core.pages import direction
from app.guide.queries.rendering import render, setting_of
from app.guide.rules.blocks import part as parted
from app.site.loading import counter
from app.site.loading.counter import Guide, Picture


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of the guide: its word, its heading, HTML and pictures in their order."""

    code: str
    title: str
    pieces: tuple[Markup | Picture, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """The guide as it is shown, and in which language."""

    language: str
    dir: str
    title: str
    machine: bool
    """A machine translated it and nobody has signed it."""
    introduction: Markup
    parts: tuple[Shown, ...]


def guide(language: str) -> Help:
    """Return the guide. Raises `LookupError` if it is not there in any language."""
    content = current_app.extensions["settings"].content
    found = counter.read(content, language) or counter.read(content, SOURCE)
    if found is None:
        raise LookupError("content/counter has no guide.")
    return Help(
        found.language,
        direction(found.language),
        found.title,
        found.machine,
        _html(found.introduction, found),
        tuple(
            Shown(
                part.code,
                part.title,
                tuple(_html(each, found) if isinstance(each, str) else each for each in part.pieces),
            )
            for part in found.parts
        ),
    )


def picture(language: str, name: str) -> bytes | None:
    """Return a picture of the guide (WebP); None if there is none of that name."""
    path = counter.picture(current_app.extensions["settings"].content, language, name)
    return path.read_bytes() if path else None


def _html(text: str, found: Guide) -> Markup:
    shown = render(parted(text).blocks, setting_of(found.language, {}))
    return Markup("").join(each.html for each in shown)
