"""Lists to choose from: what was not offered counts as not chosen."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import Field
from wtforms.fields import SelectChoice

from app.core.i18n import pick
from app.core.pages import language


def options(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Return choices from values and their words."""
    return [SelectChoice(value, words) for value, words in pairs]


def named(value: str, names: Mapping[str, str]) -> SelectChoice:
    """Return a choice whose words are a name in several languages; one in another language says so."""
    text = pick(names, language())
    return SelectChoice(value, text.text, {} if text.lang == language() else {"lang": text.lang})


def offered(field: Field) -> dict[str, Any]:
    """Return the words of what a field offers, by value."""
    return {str(choice.value): choice.label for choice in field.choices or ()}


def chosen(field: Field) -> str:
    """Return what was chosen, if it was offered; empty text otherwise."""
    value = "" if field.data is None else str(field.data)
    return value if value in offered(field) else ""
