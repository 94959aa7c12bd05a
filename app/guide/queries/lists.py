"""Topics and age bands, read from their files: small lists that no table holds."""

from functools import lru_cache
from pathlib import Path

from flask import current_app

from app.core.files import Faults
from app.guide.loading.lists import Band, Topic, load_bands, load_topics


def topics() -> tuple[Topic, ...]:
    """Return the topics in order. A faulty file leaves out the faulty rows."""
    return _topics(*_where("topics.csv"))


def bands() -> tuple[Band, ...]:
    """Return the age bands, youngest first."""
    return _bands(*_where("bands.csv"))


def band_of(months: int) -> Band | None:
    """Return the band of an age in completed months; None for one above the oldest."""
    return next((band for band in bands() if band.start <= months < band.end), None)


def _where(name: str) -> tuple[Path, tuple[str, ...], int]:
    content: Path = current_app.extensions["settings"].content
    path = content / "guide" / name
    codes: tuple[str, ...] = current_app.extensions["languages"].codes
    return content, codes, path.stat().st_mtime_ns if path.exists() else 0


@lru_cache(maxsize=2)
def _topics(content: Path, languages: tuple[str, ...], _changed: int) -> tuple[Topic, ...]:
    return tuple(load_topics(content / "guide", languages, Faults(content)))


@lru_cache(maxsize=2)
def _bands(content: Path, languages: tuple[str, ...], _changed: int) -> tuple[Band, ...]:
    return tuple(load_bands(content / "guide", languages, Faults(content)))
