"""Reads what the emergency cards need: which texts are cards, and a stamp of all that they say."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Final

from app.areas import queries as areas
from app.core.i18n import SOURCE
from app.guide.queries import ledger
from app.guide.queries.listing import Card, cards
from app.guide.queries.revisions import languages_of

DANGER: Final = "danger-signs"
"""The text of signs that cannot wait: an article, and a card as well."""
_FIRST: Final = (
    "choking", "burns", "poisoning", "fever-fits", "head-injury", "drowning", "missing-child", "abuse",
    "safe-sleep",
)  # fmt: skip
"""What needs a hand at once comes first; cards that are new follow."""


def card_list(language: str, today: date) -> list[Card]:
    """Return the cards in the order of haste, the danger signs at their head."""
    order = {slug: place for place, slug in enumerate(_FIRST)}
    found = cards(language, kind="card", today=today)
    found.sort(key=lambda card: (order.get(card.slug, len(order)), card.slug))
    return [*cards(language, slugs=[DANGER], today=today), *found]


def is_card(slug: str, kind: str) -> bool:
    """Tell whether a text has a page among the cards."""
    return kind == "card" or slug == DANGER


def stamps(languages: Iterable[str], today: date, more: str) -> dict[str, str]:
    """Return a stamp of the cards for each language: it changes when one of their words or figures may.

    `more` is what else the pages depend on, such as the program. Revisions, the ledger, the sources and the
    telephone numbers are stamped as a whole, which is quick and never too little.
    """
    codes = tuple(languages)
    risks = {card.slug: card.risk for card in card_list(SOURCE, today)}
    had = languages_of(risks, codes, today)
    shared = repr((more, list(risks), ledger.facts(), ledger.sources(), areas.hotlines()))
    base = hashlib.blake2b(shared.encode(), digest_size=16).digest()

    def stamp(code: str) -> str:
        found = [had[slug] for slug in risks]
        parts = [repr((each.source, each.versions.get(code), each.standings[code])) for each in found]
        return hashlib.blake2b("\0".join((code, *parts)).encode(), key=base, digest_size=6).hexdigest()

    return {code: stamp(code) for code in codes}
