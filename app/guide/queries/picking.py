"""The ledger for writers: what stands in the braces of a text prints, and facts to pick from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from app.areas import queries as areas
from app.core import clock
from app.guide.queries import ledger, rendering
from app.guide.rules.blocks import PLACEHOLDER, placeholders
from app.guide.rules.ledger import Fact

MOST = 12
"""Facts that are shown at once."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Braces of a text: their code without them, what they print, and what that is.

    A statement prints nothing but the number of its source, which is not shown here.
    """

    code: str
    value: Markup
    says: Mapping[str, str] | None
    known: bool
    over: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Facts that fit a question, at most `MOST`, and how many there are."""

    facts: tuple[Printed, ...]
    count: int


def printed(words: str, language: str) -> tuple[Printed, ...]:
    """Return what stands in the braces of a text, each once, in order."""
    facts = ledger.facts()
    setting = _setting(language, facts)
    found = {}
    for each in placeholders(words):
        fact = facts.get(each.key) if each.kind in {"fact", "claim"} else None
        value = rendering.inline(str(each), setting)
        known = fact is not None or (each.kind not in {"fact", "claim"} and bool(value))
        over = fact is not None and fact.over(clock.today())
        found[str(each)] = Printed(bare(str(each)), value, fact.says if fact else None, known, over)
    return tuple(found.values())


def find(question: str, language: str, mine: str = "") -> Found:
    """Return facts whose words, key or figure hold every word of a question; without one, those of a text.

    What the text uses comes first, then what is about the same thing. Facts that do not hold any more are
    left out. `mine` is the text.
    """
    facts = ledger.facts()
    setting = _setting(language, facts)
    words = question.casefold().split()
    used = {each.key for each in placeholders(mine) if each.kind in {"fact", "claim"}}
    themes = {facts[key].theme for key in used if key in facts}
    fitting = [
        fact
        for fact in facts.values()
        if not fact.over(clock.today()) and (_holds(fact, words) if words else fact.theme in themes)
    ]
    stems = {key.partition("-")[0] for key in used}
    fitting.sort(key=lambda fact: (fact.key not in used, fact.key.partition("-")[0] not in stems))
    shown = (_printed(fact, setting) for fact in fitting[:MOST])
    return Found(tuple(shown), len(fitting))


def _printed(fact: Fact, setting: rendering.Setting) -> Printed:
    kind = "claim" if fact.low is None else "fact"
    code = f"{{{{{kind}:{fact.key}}}}}"
    return Printed(bare(code), rendering.inline(code, setting), fact.says, known=True, over=False)


def bare(text: str) -> str:
    """Return a text whose braces are left out, for a page that says them to people."""
    return PLACEHOLDER.sub(lambda found: found[0].strip("{}"), text)


def read_out(words: str, language: str) -> str:
    """Return words with what their braces print between ‹ and ›; a statement shows its key."""
    setting = _setting(language, ledger.facts())

    def value(found: re.Match[str]) -> str:
        return f"‹{rendering.plain(found[0], setting) or bare(found[0]).partition(':')[2]}›"

    return PLACEHOLDER.sub(value, words)


def _holds(fact: Fact, words: list[str]) -> bool:
    text = " ".join((fact.key, *fact.says.values(), fact.low or "", fact.high or "")).casefold()
    return all(word in text for word in words)


def _setting(language: str, facts: Mapping[str, Fact]) -> rendering.Setting:
    phones = {line.kind: line.number for line in reversed(areas.hotlines(None)) if line.kind}
    return rendering.setting_of(language, facts, phones=phones)
