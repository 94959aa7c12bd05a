"""Which part of the guide for new workers belongs to which screen. Pure."""

from collections.abc import Mapping

SECTIONS: Mapping[str, str] = {
    "accounts.sign_in": "sign-in",
    "accounts.me": "sign-in",
    "accounts.people": "accounts",
    "cases_staff.inbox": "cases",
    "cases_staff.requests": "cases",
    "cases_staff.take_down": "cases",
    "facilities_staff.proposals_list": "facts",
    "facilities_staff.search": "facts",
    "facilities_staff.slots_list": "vacancies",
    "facilities_staff.own": "vacancies",
    "facilities_staff.imports": "ledgers",
    "events_staff.listing": "events",
    "guide_staff.texts": "texts",
    "place_staff.places": "place",
    "site_staff.audit": "record",
    "site_staff.exports": "files",
}
"""The heading of the guide for each screen of the menu; the guide itself names headings by these words."""
PARTS = (
    "sign-in", "today", "facts", "vacancies", "ledgers", "events", "texts", "cases", "place", "files",
    "record", "accounts", "trouble",
)  # fmt: skip
"""The parts of the guide, in its order."""


def section_of(screen: str | None) -> str:
    """Return the part of the guide for a screen of the menu; "" where the whole guide is the answer."""
    found = SECTIONS.get(screen or "", "")
    if found or not screen:
        return found
    room = screen.partition("_")[0]
    return {"cases": "cases", "events": "events", "guide": "texts", "facilities": "facts"}.get(room, "")
