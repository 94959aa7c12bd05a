"""The filters in force as words, each with the address of the question without it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from app.core.pages import isolate, local, ltr, yuan
from app.facilities.forms.labels import LABELS
from app.facilities.forms.question import write_criteria
from app.facilities.rules.criteria import Criteria, Sort
from app.facilities.rules.opening import clock_text

_SEVERAL = ("care", "kind", "form", "status", "food", "language", "needs")


def url(endpoint: str, criteria: Criteria) -> str:
    """Return the address of a question."""
    values: dict[str, Any] = {}
    for name, value in write_criteria(criteria):
        values.setdefault(name, []).append(value)
    return url_for(endpoint, **values)


def chips(criteria: Criteria, area_names: Mapping[str, str]) -> tuple[tuple[Markup, str], ...]:
    """Return (words, address without it) of every filter in force; each of several values is one chip."""
    return tuple(
        (words, url("facilities.find", tidy(without))) for words, without in _chips(criteria, area_names)
    )


def tidy(criteria: Criteria) -> Criteria:
    """Drop an order and a distance that no longer mean anything."""
    if criteria.near is None:
        criteria = replace(criteria, radius=Criteria().radius)
    lost_words = criteria.sort is Sort.RELEVANCE and not criteria.q
    lost_place = criteria.sort is Sort.DISTANCE and criteria.near is None
    return replace(criteria, sort=None) if lost_words or lost_place else criteria


def _chips(criteria: Criteria, area_names: Mapping[str, str]) -> Iterator[tuple[Markup, Criteria]]:
    for name in criteria.filters:
        if name in _SEVERAL:
            values = getattr(criteria, name)
            for value in values:
                rest = tuple(each for each in values if each != value)
                words = Markup("{}").format(LABELS[name][value])
                changed: dict[str, Any] = {name: rest}
                yield words, replace(criteria, **changed, page=1)
        else:
            yield _words(name, criteria, area_names), criteria.without(name)


def _words(name: str, criteria: Criteria, area_names: Mapping[str, str]) -> Markup:
    shown: dict[str, Callable[[], object]] = {
        "q": lambda: isolate(criteria.q),
        "area": lambda: local(area_names),
        "inclusive": lambda: LABELS["inclusive"]["1" if criteria.inclusive else "0"],
        "age": lambda: _("%(age)s months old", age=criteria.age),
        "max_price": lambda: Markup("≤ {}").format(
            Markup(_("%(price)s %(unit)s"))  # noqa: S704 - a translator's words, values are escaped
            % {"price": yuan(criteria.max_price or 0), "unit": LABELS["unit"][criteria.price_unit]}
        ),
        "open_from": lambda: Markup("{} {}").format(
            LABELS["filter"]["open_from"], ltr(clock_text(criteria.open_from or 0))
        ),
        "open_until": lambda: Markup("{} {}").format(
            LABELS["filter"]["open_until"], ltr(clock_text(criteria.open_until or 0))
        ),
        "open_days": lambda: " · ".join(str(LABELS["weekday"][str(day)]) for day in criteria.open_days),
        "vacancy": lambda: LABELS["filter"]["vacancy"],
        "near": lambda: _("Within %(km)s km", km=f"{criteria.radius:g}"),
    }
    return Markup("{}").format(shown[name]())
