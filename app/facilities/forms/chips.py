"""The filters in force as words, each with the address of the question without it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.core.pages import isolate, local, ltr, yuan
from app.facilities.forms.chosen import carried_list
from app.facilities.forms.labels import LABELS
from app.facilities.forms.pattern import hours_text
from app.facilities.forms.question import write_criteria
from app.facilities.rules.criteria import Criteria, Sort
from app.facilities.rules.near import Anchor
from app.facilities.rules.opening import clock_text
from app.facilities.rules.pattern import Pattern

_SEVERAL = ("care", "kind", "form", "status", "food", "language", "needs")


def url(endpoint: str, criteria: Criteria) -> str:
    """Return the address of a question; the reader's own list goes along.

    On the page itself the query alone is its address: two dozen links of a page of results are so.
    """
    values: dict[str, Any] = {}
    for name, value in write_criteria(criteria):
        if name != "why":
            values.setdefault(name, []).append(value)
    if "list" in request.args:
        values["list"] = carried_list(request.args)
    address = url_for(endpoint, **values)
    path, mark, query = address.partition("?")
    return mark + query if mark and path == request.script_root + request.path else address


def chips(criteria: Criteria, area_names: Mapping[str, str]) -> tuple[tuple[Markup, str], ...]:
    """Return (words, address without it) of every filter in force; each of several values is one chip."""
    return tuple(
        (words, url("facilities.find", tidy(without))) for words, without in _chips(criteria, area_names)
    )


def tidy(criteria: Criteria) -> Criteria:
    """Drop an order and a distance that no longer mean anything."""
    if not criteria.near:
        criteria = replace(criteria, radius=Criteria().radius)
    lost_words = criteria.sort is Sort.RELEVANCE and not criteria.q
    lost_place = criteria.sort is Sort.DISTANCE and not criteria.near
    return replace(criteria, sort=None) if lost_words or lost_place else criteria


def _chips(criteria: Criteria, area_names: Mapping[str, str]) -> Iterator[tuple[Markup, Criteria]]:
    if criteria.pattern is not None:
        yield pattern_words(criteria.pattern), criteria.without("pattern")
    for name in criteria.filters:
        if name == "near":
            for anchor in criteria.near:
                fewer = tuple(each for each in criteria.near if each is not anchor)
                yield _place(anchor, criteria), replace(criteria, near=fewer, page=1)
        elif name in _SEVERAL:
            values = getattr(criteria, name)
            for value in values:
                rest = tuple(each for each in values if each != value)
                words = Markup("{}").format(LABELS[name][value])
                changed: dict[str, Any] = {name: rest}
                yield words, replace(criteria, **changed, page=1)
        else:
            yield _words(name, criteria, area_names), criteria.without(name)


def pattern_words(pattern: Pattern) -> Markup:
    """Return a pattern as words."""
    days = ngettext("%(num)s day a week", "%(num)s days a week", pattern.days)
    hours = _("%(hours)s hours a day", hours=hours_text(pattern.minutes))
    parts = [days, hours, _("with meals")] if pattern.meals else [days, hours]
    return Markup(" · ").join(parts)


def _place(anchor: Anchor, criteria: Criteria) -> Markup:
    """Name a place to measure from; a lone position is simply where the reader is."""
    km = f"{criteria.radius:g}"
    if len(criteria.near) == 1 and not anchor.names:
        return Markup("{}").format(_("Within %(km)s km", km=km))
    named = local(anchor.names) if anchor.names else Markup("{}").format(LABELS["anchor"][anchor.name])
    return Markup(_("%(place)s, within %(km)s km")) % {"place": named, "km": km}  # noqa: S704 - as below


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
        "max_cost": lambda: Markup("≤ {}").format(
            Markup(_("%(price)s %(unit)s"))  # noqa: S704 - a translator's words, values are escaped
            % {"price": yuan(criteria.max_cost or 0), "unit": LABELS["filter"]["monthly"]}
        ),
        "open_from": lambda: Markup("{} {}").format(
            LABELS["filter"]["open_from"], ltr(clock_text(criteria.open_from or 0))
        ),
        "open_until": lambda: Markup("{} {}").format(
            LABELS["filter"]["open_until"], ltr(clock_text(criteria.open_until or 0))
        ),
        "open_days": lambda: " · ".join(str(LABELS["weekday"][str(day)]) for day in criteria.open_days),
        "vacancy": lambda: LABELS["filter"]["vacancy"],
    }
    return Markup("{}").format(shown[name]())
