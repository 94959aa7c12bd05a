"""The words for this room's codes, in the reader's language."""

from flask_babel import lazy_gettext as _l

from app.core.labels import Labels

LABELS: Labels = {
    "event-kind": {
        "visit": _l("Home visits"),
        "class": _l("Class for parents"),
        "family": _l("Family activity"),
        "talk": _l("Talk by an expert"),
    },
    "event-status": {
        "planned": _l("Takes place"),
        "cancelled": _l("Called off"),
    },
    "event-no": {
        "cancelled": _l("This event has been called off."),
        "over": _l("This event has begun or is over."),
        "early": _l("Booking has not begun yet."),
        "late": _l("Booking has ended. Call the organiser."),
        "open": _l("No booking needed: everybody may come."),
        "full": _l("All places are taken, and the waiting list is full."),
    },
    "booking": {
        "booked": _l("You have a place"),
        "waiting": _l("You are on the waiting list"),
        "cancelled": _l("You gave the place back"),
    },
    "booking-state": {
        "booked": _l("Has a place"),
        "waiting": _l("Waits"),
        "cancelled": _l("Given back"),
    },
    "event-topic": {
        "newborn": _l("Newborn"),
        "nutrition": _l("Feeding and food"),
        "growth": _l("Growth and development"),
        "vaccines": _l("Vaccines"),
        "safety": _l("Safety"),
        "illness": _l("Illness"),
        "play": _l("Play and learning"),
        "care": _l("Sleep and daily care"),
        "wellbeing": _l("Family wellbeing"),
        "leave": _l("Leave and work"),
        "money": _l("Subsidy and tax"),
        "choosing": _l("Choosing care"),
        "places": _l("Nursing rooms and centres"),
        "policy": _l("Policies explained"),
    },
    "expert-field": {
        "medicine": _l("Medicine"),
        "mind": _l("Psychology"),
        "education": _l("Education"),
        "health": _l("Health care"),
    },
    "spoken": {
        "zh": _l("Chinese"),
        "ug": _l("Uyghur"),
        "en": _l("English"),
        "kk": _l("Kazakh"),
        "sign": _l("Sign language"),
    },
}
