"""Words for months, and the address of a page that knows a pattern."""

from datetime import date
from typing import Any

from babel.dates import format_skeleton
from flask import url_for
from flask_babel import get_locale
from markupsafe import Markup

from app.facilities.forms.pattern import write_pattern
from app.facilities.rules.pattern import Pattern


def month_words(first: date) -> Markup:
    """Return a month in the reader's language, machine-readable and isolated."""
    shown = format_skeleton("yMMMM", first, locale=get_locale())
    return Markup('<time datetime="{}" class="nb"><bdi>{}</bdi></time>').format(
        first.strftime("%Y-%m"), shown
    )


def address(endpoint: str, pattern: Pattern, **values: Any) -> str:
    """Return the address of a page with a pattern."""
    for name, value in write_pattern(pattern):
        values.setdefault(name, []).append(value)
    return url_for(endpoint, **values)
