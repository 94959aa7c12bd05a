"""What pages for paper share: words in another language than the page's, codes, lines that are counted."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import segno
from flask import current_app, g, render_template
from flask_babel import force_locale
from markupsafe import Markup

from app.core.pages import language
from app.guide.queries.rendering import Shown

if TYPE_CHECKING:
    from app.core.i18n import Languages

_NUMBER = re.compile(r'<bdi dir="ltr">(\d+)</bdi>')
"""Digits alone run the same way everywhere; it is enough that they stand apart."""
_END = re.compile(r"</(?:li|p)>\n")
"""Ends that the next tag says as well; a phone that keeps every card need not keep them."""
_MARK = re.compile(r'<sup class="source"><a href="#source-\d+"><bdi>(\d+)</bdi></a></sup>')


def in_language(code: str, template: str, /, **values: object) -> Markup:
    """Return a template in a language, whatever the language of the page around it."""
    registry: Languages = current_app.extensions["languages"]
    found = registry.get(code) or registry.offered[0]
    around, g.lang = language(), code
    try:
        with force_locale(found.locale):
            return Markup(render_template(template, **values))  # noqa: S704 - a template of ours, which escapes
    finally:
        g.lang = around


def qr(address: str) -> str:
    """Return the QR code of an address as a small picture that stands in the page itself."""
    return str(segno.make(address, error="m").png_data_uri(scale=1, border=3))


def unlinked(html: Markup) -> Markup:
    """Return words for paper and for hands in a hurry: numbers of sources are numbers only, in few bytes."""
    plain = _NUMBER.sub(r"<bdi>\1</bdi>", str(html).replace('<bdi class="figure nb">', "<bdi class=nb>"))
    plain = _END.sub("\n", plain)
    return Markup(_MARK.sub(r"<sup>\1</sup>", plain))  # noqa: S704 - it was clean, and letters were taken away


def lines_of(blocks: Iterable[Shown]) -> int:
    """Return how many lines begin in blocks: paragraphs, items, headings."""
    return sum(block.html.count(f"<{tag}>") for block in blocks for tag in ("p", "li", "h2", "h3"))
