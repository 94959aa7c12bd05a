"""The headings of blocks, in the language of the words they stand over."""

from typing import TYPE_CHECKING

from flask import current_app
from flask_babel import force_locale

from app.guide.forms.labels import LABELS
from app.guide.queries.texts import Article

if TYPE_CHECKING:
    from app.core.i18n import Languages


def headings(found: Article) -> dict[str, dict[str, str]]:
    """Return the headings of blocks in each language that the page shows a text in."""
    shown = {version.language for version in (found.shown, found.original) if version}
    return {code: block_names(code) for code in shown}


def block_names(language: str) -> dict[str, str]:
    """Return the headings of the kinds of blocks in a language."""
    registry: Languages = current_app.extensions["languages"]
    with force_locale((registry.get(language) or registry.offered[0]).locale):
        return {kind: str(words) for kind, words in LABELS["guide-block"].items()}
