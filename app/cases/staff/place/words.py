"""What may be chosen in the cells of a table, and how pages say what stands in them."""

from collections.abc import Callable, Mapping

from app.areas import queries as areas
from app.areas.forms import LABELS as AREA_WORDS
from app.areas.forms import place as forms
from app.areas.forms.place import Choice, Choices
from app.areas.rules.edits import Row, Table
from app.cases.forms.counter_labels import LABELS as COUNTER_WORDS
from app.cases.forms.labels import LABELS as CASE_WORDS
from app.core import clock
from app.core.i18n import pick
from app.core.pages import language
from app.facilities.forms.labels import LABELS as FACILITY_WORDS
from app.guide.forms.labels import LABELS as GUIDE_WORDS
from app.guide.queries import overlay

_WORDS = {**AREA_WORDS, **CASE_WORDS, **COUNTER_WORDS, **GUIDE_WORDS}
_NATIONAL = "national"
"""How texts name the nation's documents, as they name a place's by its code."""


def choices(code: str, table: Table) -> dict[str, Choices]:
    """Return what may be chosen in the columns of a table of a place that have a closed list."""
    today, offices = clock.today(), areas.offices(code)
    nation, own = areas.national_documents(today), areas.documents(code, today)
    likes: dict[str, Mapping[str, str]] = {}
    for office in offices:
        likes.setdefault(office.kind, office.names)
    cited = overlay.leave_sources() if table.name == "leave" else {}
    of_leave = [
        *(_choice(f"{code}:{key}", card.titles) for key, card in own.items() if key not in nation),
        *(_choice(f"{_NATIONAL}:{key}", card.titles) for key, card in nation.items()),
        *(_choice(key, titles) for key, titles in cited.items()),
    ]
    here = [each for each in (areas.area(code), *areas.children(code)) if each]
    offered: Mapping[str, Choices] = {
        "offices": [_choice(each.code, each.names) for each in offices if len(each.area) <= len(code)],
        "every-office": [_choice(each.code, each.names) for each in offices],
        "likes": [_choice(kind, names) for kind, names in likes.items()],
        "documents": [_choice(key, card.titles) for key, card in {**nation, **own}.items()],
        "sources": of_leave,
        "areas": [_choice(each.code, each.names) for each in here],
        "kinds": _of_facilities("kind"),
        "forms": _of_facilities("form"),
        "cares": _of_facilities("care"),
        "bands": _of_facilities("band"),
        "units": _of_facilities("unit", without="once"),
    }
    return forms.choices_of(table, offered, _WORDS)


def saying(code: str, table: Table) -> Callable[[Row | None], dict[str, str]]:
    """Return what says the cells of a row: codes of closed lists by their words."""
    offered = choices(code, table)
    known = {column: {each.code: each.words for each in found} for column, found in offered.items()}
    return lambda row: forms.said_of(row or {}, known)


def _of_facilities(group: str, without: str = "") -> list[Choice]:
    return [Choice(code, str(words)) for code, words in FACILITY_WORDS[group].items() if code != without]


def _choice(code: str, names: Mapping[str, str]) -> Choice:
    said = pick(names, language())
    return Choice(code, said.text, "" if said.lang == language() else said.lang)
