"""What the counter's list is asked, read from an address; and which facilities of it were chosen."""

from typing import TYPE_CHECKING, Any

from app.core.codes import is_id
from app.facilities.forms.reading import printable
from app.facilities.queries.desk import LACKING, Wanted
from app.facilities.rules.editing import MOST
from app.facilities.rules.vocabulary import Status

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

LONGEST = 50
_LONGEST_PIN = 32
_LONGEST_AREA = 12


def read_wanted(args: "MultiDict[str, str]") -> Wanted:
    """Return what is asked for; what cannot be meant is left out."""
    status, lacking, area = (args.get(name, "") for name in ("status", "lacking", "area"))
    return Wanted(
        words=" ".join(printable(args.get("q", "")).split())[:LONGEST],
        area=area if area.isascii() and area.isdigit() and len(area) <= _LONGEST_AREA else "",
        status=status if status in set(Status) else "",
        lacking=lacking if lacking in LACKING else "",
        old=args.get("old") == "1",
    )


def write_wanted(wanted: Wanted) -> dict[str, Any]:
    """Return the parameters of a question; reading them asks the same."""
    said = {
        "q": wanted.words,
        "area": wanted.area,
        "status": wanted.status,
        "lacking": wanted.lacking,
        "old": "1" if wanted.old else "",
    }
    return {name: text for name, text in said.items() if text}


def read_page(args: "MultiDict[str, str]") -> int:
    """Return the number of a page; the first if it is none."""
    text = args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 and int(text) else 1  # noqa: PLR2004


def read_chosen(args: "MultiDict[str, str]") -> list[str]:
    """Return the facilities that were ticked."""
    return [each for each in dict.fromkeys(args.getlist("id")) if is_id(each)][:MOST]


def read_pins(text: str) -> dict[str, str]:
    """Return facilities with the versions that were weighed, from a hidden field."""
    found: dict[str, str] = {}
    for part in text.split()[:MOST]:
        identity, _colon, version = part.partition(":")
        if is_id(identity) and version.isalnum() and len(version) <= _LONGEST_PIN:
            found[identity] = version
    return found


def write_pins(versions: dict[str, str]) -> str:
    """Return facilities with their versions as a hidden field has them."""
    return " ".join(f"{identity}:{version}" for identity, version in sorted(versions.items()))
