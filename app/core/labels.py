"""Words for codes: one table, filled by the rooms, read by templates."""

from collections.abc import Mapping

from flask_babel import LazyString
from markupsafe import Markup

from app.core import words

Labels = Mapping[str, Mapping[str, LazyString]]


class LabelTable:
    """Labels by group and code. Asking for a code nobody named is a mistake and fails."""

    def __init__(self) -> None:
        self._groups: dict[str, Mapping[str, LazyString]] = {}
        self._said: dict[tuple[object, str, str], Markup] = {}

    def add(self, labels: Labels) -> None:
        """Take in the groups of a room."""
        self._groups.update(labels)

    def __call__(self, group: str, code: str) -> Markup:
        """Return the words for a code of a group in the present language."""
        key = words.catalogue(), group, code
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = Markup(self._groups[group][code])  # noqa: S704 - a translator's words
        return said

    def field(self, name: str) -> object:
        """Return the words for a parameter of a page; one that has none is shown as it is."""
        return self._groups.get("filter", {}).get(name) or self._groups.get("field", {}).get(name, name)
