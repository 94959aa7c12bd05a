"""Says figures: the number as the language writes it, the unit's word, kept together and in their order."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, Final

from flask import current_app
from flask_babel import force_locale, get_locale, ngettext
from markupsafe import Markup, escape

from app.guide.rules.figures import Figure, parts

if TYPE_CHECKING:
    from app.core.i18n import Languages

_NUMBER: Final = "\ue000"
"""Stands for the number while a sentence is made; no text has it."""

_WORDS: Final[Mapping[str, Callable[[int], str]]] = {
    "month": lambda n: ngettext("%(number)s month", "%(number)s months", n, number=_NUMBER),
    "week": lambda n: ngettext("%(number)s week", "%(number)s weeks", n, number=_NUMBER),
    "day": lambda n: ngettext("%(number)s day", "%(number)s days", n, number=_NUMBER),
    "hour": lambda n: ngettext("%(number)s hour", "%(number)s hours", n, number=_NUMBER),
    "minute": lambda n: ngettext("%(number)s minute", "%(number)s minutes", n, number=_NUMBER),
    "year": lambda n: ngettext("%(number)s year", "%(number)s years", n, number=_NUMBER),
    "age": lambda n: ngettext("%(number)s year old", "%(number)s years old", n, number=_NUMBER),
    "second": lambda n: ngettext("%(number)s second", "%(number)s seconds", n, number=_NUMBER),
    "degree": lambda n: ngettext("%(number)s °C", "%(number)s °C", n, number=_NUMBER),
    "gram": lambda n: ngettext("%(number)s g", "%(number)s g", n, number=_NUMBER),
    "kilogram": lambda n: ngettext("%(number)s kg", "%(number)s kg", n, number=_NUMBER),
    "millilitre": lambda n: ngettext("%(number)s ml", "%(number)s ml", n, number=_NUMBER),
    "litre": lambda n: ngettext("%(number)s litre", "%(number)s litres", n, number=_NUMBER),
    "microgram": lambda n: ngettext("%(number)s µg", "%(number)s µg", n, number=_NUMBER),
    "milligram": lambda n: ngettext("%(number)s mg", "%(number)s mg", n, number=_NUMBER),
    "iu": lambda n: ngettext("%(number)s IU", "%(number)s IU", n, number=_NUMBER),
    "time": lambda n: ngettext("%(number)s time", "%(number)s times", n, number=_NUMBER),
    "meal": lambda n: ngettext("%(number)s meal", "%(number)s meals", n, number=_NUMBER),
    "spoon": lambda n: ngettext("%(number)s spoon", "%(number)s spoons", n, number=_NUMBER),
    "bowl": lambda n: ngettext("%(number)s bowl", "%(number)s bowls", n, number=_NUMBER),
    "dose": lambda n: ngettext("%(number)s dose", "%(number)s doses", n, number=_NUMBER),
    "child": lambda n: ngettext("%(number)s child", "%(number)s children", n, number=_NUMBER),
    "carer": lambda n: ngettext("%(number)s carer", "%(number)s carers", n, number=_NUMBER),
    "place": lambda n: ngettext(
        "%(number)s childcare place", "%(number)s childcare places", n, number=_NUMBER
    ),
    "yuan": lambda n: ngettext("%(number)s yuan", "%(number)s yuan", n, number=_NUMBER),
    "percent": lambda n: ngettext("%(number)s%%", "%(number)s%%", n, number=_NUMBER),
    "permille": lambda n: ngettext("%(number)s per thousand", "%(number)s per thousand", n, number=_NUMBER),
    "metre": lambda n: ngettext("%(number)s metre", "%(number)s metres", n, number=_NUMBER),
    "centimetre": lambda n: ngettext("%(number)s cm", "%(number)s cm", n, number=_NUMBER),
    "square-metre": lambda n: ngettext("%(number)s m²", "%(number)s m²", n, number=_NUMBER),
    "breath": lambda n: ngettext("%(number)s breath", "%(number)s breaths", n, number=_NUMBER),
    "floor": lambda n: ngettext("%(number)s floor", "%(number)s floors", n, number=_NUMBER),
    "person": lambda n: ngettext("%(number)s person", "%(number)s people", n, number=_NUMBER),
    "working-day": lambda n: ngettext("%(number)s working day", "%(number)s working days", n, number=_NUMBER),
    "inspection": lambda n: ngettext("%(number)s inspection", "%(number)s inspections", n, number=_NUMBER),
    "word": lambda n: ngettext("%(number)s word", "%(number)s words", n, number=_NUMBER),
    "tooth": lambda n: ngettext("%(number)s tooth", "%(number)s teeth", n, number=_NUMBER),
    "try": lambda n: ngettext("%(number)s try", "%(number)s tries", n, number=_NUMBER),
    "group": lambda n: ngettext("%(number)s kind", "%(number)s kinds", n, number=_NUMBER),
    "feed": lambda n: ngettext("%(number)s feed", "%(number)s feeds", n, number=_NUMBER),
}
"""The word of each unit, chosen by the number that stands before it."""


def say(figure: Figure, language: str, *, bare: bool = False) -> str:
    """Return a figure as plain text in a language of the site: number and unit, or the number alone."""
    phrase, number = _said(figure, language, bare=bare)
    return phrase.replace(_NUMBER, number)


def show(figure: Figure, language: str, *, bare: bool = False) -> Markup:
    """Return a figure for a page: the whole kept together, the number in its own left-to-right order."""
    phrase, number = _said(figure, language, bare=bare)
    held = Markup('<bdi dir="ltr">{}</bdi>').format(number)
    whole = Markup(str(escape(phrase)).replace(_NUMBER, str(held)))  # noqa: S704 - both parts are escaped
    return held if phrase == _NUMBER else Markup('<bdi class="figure nb">{}</bdi>').format(whole)


def _said(figure: Figure, language: str, *, bare: bool) -> tuple[str, str]:
    """Return the phrase with a place for the number, and the number."""
    languages: Languages = current_app.extensions["languages"]
    locale = (languages.get(language) or languages.offered[0]).locale
    said = parts(figure, locale)
    if bare or not said.unit:
        return _NUMBER, said.number
    with nullcontext() if get_locale() == locale else force_locale(locale):
        return _WORDS[said.unit](said.plural), said.number
