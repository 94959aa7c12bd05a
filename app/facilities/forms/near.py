"""The places a family measures from, read from an address; what is wrong with one, said."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.facilities.rules.near import SLOTS, Anchor, Wrong, coarse, read_anchor

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

_NOT_A_SLOT = frozenset({"near1", "near4", "near5"})
_LONGEST_SHOWN = 40


def read_places(args: "MultiDict[str, str]", bad: Callable[[str, str], None]) -> tuple[Anchor, ...]:
    """Return the places of an address; `bad` is told the parameter and the sentence of each that is wrong.

    Named places are not looked up here.
    """
    found: list[Anchor] = []
    for slot, name in enumerate(SLOTS):
        texts = list(dict.fromkeys(text.strip() for text in args.getlist(name) if text.strip()))
        if len(texts) > 1:
            bad(name, _most())
        elif texts:
            read = read_anchor(slot, texts[0])
            if isinstance(read, Wrong):
                bad(name, sentence(read, texts[0]))
            else:
                found.append(read)
    if _NOT_A_SLOT & set(args):
        bad(SLOTS[0], _most())
    return tuple(found)


def _most() -> str:
    sentence: str = _(
        "You can measure from three places at most: home, work and the grandparents, one place each."
    )
    return sentence


def sentence(wrong: Wrong, text: str) -> str:
    """Return what is wrong with a place and what to do."""
    shown = "".join(letter if letter.isprintable() else " " for letter in coarse(text))[:_LONGEST_SHOWN]
    lon, _comma, lat = shown.partition(",")
    turned = f"{lat.strip()},{lon.strip()}"
    words: dict[Wrong, str] = {
        Wrong.SWAPPED: _("The latitude comes first. Did you mean %(position)s?", position=turned),
        Wrong.SHAPE: _("A position is a latitude and a longitude, such as 29.71,120.25."),
        Wrong.ABROAD: _("The position %(position)s is not in China.", position=shown),
        Wrong.NO_AREA: _("There is no area with the code %(code)s.", code=shown.partition(":")[2]),
        Wrong.AREA_UNPLACED: _("We do not know where this area lies. Choose another place to measure from."),
        Wrong.NO_FACILITY: _("There is no facility with the number %(code)s.", code=shown.partition(":")[2]),
        Wrong.FACILITY_UNPLACED: _(
            "The exact position of this facility is not published, so nothing can be measured from it."
        ),
    }
    return words[wrong]
