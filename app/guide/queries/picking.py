"""The ledger for writers: what stands in the braces of a text prints; facts and sources to pick from."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from app.areas import queries as areas
from app.core import clock
from app.guide.queries import citing, ledger, rendering
from app.guide.rules.blocks import PLACEHOLDER, placeholders
from app.guide.rules.ledger import Fact

MOST = 12
"""Facts that are shown at once."""
MOST_SOURCES = 6
"""Sources that are shown at once."""


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
class Source:
    """A source to pick from: its facts are, and its number if it has one."""

    id: str
    titles: Mapping[str, str]
    number: str
    publishers: Mapping[str, str]
    status: str
    facts: int
    """Facts that rest on it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Facts that fit a question, at most `MOST`, and how many there are; the same of sources."""

    facts: tuple[Printed, ...]
    count: int
    sources: tuple[Source, ...]
    of_sources: int


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
    """Return facts and sources that hold every word of a question; without one, those of a text.

    Words are looked for in what a fact says, its key and its figure, and in the names of its source. What
    holds them itself comes first, then what the text uses, then what is about the same thing. Facts that do
    not hold any more are left out. `mine` is the text.
    """
    facts, words = ledger.facts(), question.casefold().split()
    setting = _setting(language, facts)
    used = {each.key for each in placeholders(mine) if each.kind in {"fact", "claim"}}
    themes = {facts[key].theme for key in used if key in facts}
    cited = {facts[key].source for key in used if key in facts}
    resting = Counter(fact.source for fact in facts.values() if not fact.over(clock.today()))
    every = [
        Source(key, each["titles"], each["number"], each["publishers"], each["status"], resting[key])
        for key, each in citing.every(clock.today()).items()
    ]
    named = {each.id: _names(each) for each in every}
    sources = [each for each in every if (_holds(named[each.id], words) if words else each.id in cited)]
    fitting = [
        fact
        for fact in facts.values()
        if not fact.over(clock.today())
        and (
            _holds(_words(fact) + named.get(fact.source, ""), words) if words else fact.theme in themes
        )
    ]  # fmt: skip
    stems = {key.partition("-")[0] for key in used}
    fitting.sort(
        key=lambda fact: (
            not _holds(_words(fact), words), fact.key not in used, fact.key.partition("-")[0] not in stems
        )
    )  # fmt: skip
    shown = tuple(_printed(fact, setting) for fact in fitting[:MOST])
    return Found(shown, len(fitting), tuple(sources[:MOST_SOURCES]), len(sources))


def number_of(key: str) -> str:
    """Return the braces that print the number of a source; "" where it has none."""
    found = citing.documents([key], clock.today()).get(key)
    return f"{{{{number:{found['number']}}}}}" if found and found["number"] else ""


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


def _words(fact: Fact) -> str:
    return " ".join((fact.key, *fact.says.values(), fact.low or "", fact.high or "")).casefold()


def _names(source: Source) -> str:
    told = (source.id, *source.titles.values(), source.number, *source.publishers.values())
    return f" {' '.join(told)}".casefold()


def _holds(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def _setting(language: str, facts: Mapping[str, Fact]) -> rendering.Setting:
    phones = {line.kind: line.number for line in reversed(areas.hotlines(None)) if line.kind}
    return rendering.setting_of(language, facts, phones=phones)
