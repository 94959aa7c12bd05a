"""“Is this place filed?”: an answer by credit code or by name, that explains itself."""

import unicodedata
from datetime import date

from app.core.codes import CodeState, credit_state
from app.facilities.index import search
from app.facilities.queries.cards import Verdict
from app.facilities.queries.listing import cards
from app.facilities.queries.pages import by_code
from app.facilities.queries.similar import nearest
from app.search.text import fold

_SHOWN = 10
_CODE_LIKE = 15


def verify(asked: str, today: date) -> Verdict:
    """Judge what was typed. A text shaped like an identity number is neither looked up nor shown again.

    Near misses: names that hold the text, then names and codes that differ by a slip or sound alike.
    """
    compact = unicodedata.normalize("NFKC", asked).replace(" ", "").replace("-", "").upper()
    state = credit_state(compact)
    if state is CodeState.REFUSED:
        return Verdict("", "citizen", (), ())
    if state is CodeState.VALID:
        found = by_code(compact, today)
        return Verdict(compact, "code-found" if found else "code-not-found", found, ())
    if _is_code_like(compact):
        begun = cards(search(compact).ids[:_SHOWN], today, None, {}, ())
        return Verdict(compact, "code-invalid", (), (*begun, *nearest(compact, _SHOWN - len(begun), today)))
    hits = search(asked)
    listed = cards(hits.ids[:_SHOWN], today, None, {}, hits.terms)
    wanted = fold(asked)
    found = tuple(card for card in listed if wanted in {fold(name) for name in (card.name, *card.aliases)})
    rest = tuple(card for card in listed if card not in found)
    if found:
        return Verdict(asked, "name-found", found, rest)
    rest += tuple(nearest(asked, _SHOWN - len(rest), today))
    return Verdict(asked, "name-near" if rest else "name-not-found", (), rest)


def _is_code_like(text: str) -> bool:
    """Tell whether a text was meant as a code: long, Latin letters and digits only, mostly digits."""
    digits = sum(letter.isdigit() for letter in text)
    return text.isascii() and text.isalnum() and len(text) >= _CODE_LIKE and digits * 2 > len(text)
