"""The words for writing texts behind the counter, in the reader's language."""

from flask_babel import lazy_gettext as _l

from app.core.labels import Labels

LABELS: Labels = {
    "guide-piece": {
        "text": _l("Text"),
        "key": _l("The most important thing"),
        "do": _l("What you can do today"),
        "steps": _l("Step by step"),
        "doctor": _l("When to see a doctor"),
        "dont": _l("Never do this"),
        "source": _l("Where sources differ"),
        "note": _l("Note"),
    },
    "guide-risk": {
        "R1": _l("Life and death: a second person publishes"),
        "R2": _l("Health"),
        "R3": _l("Everyday matters"),
    },
    "guide-revision": {
        "draft": _l("Draft"),
        "in_review": _l("Waits for a second person"),
        "published": _l("Published now"),
        "replaced": _l("Replaced by a newer one"),
        "withdrawn": _l("Taken away"),
    },
    "guide-flag": {
        "waiting": _l("Waits for a second person"),
        "overdue": _l("To be looked at again"),
        "reported": _l("Reported by readers"),
        "drafts": _l("Being written"),
    },
    "guide-change": {
        "safety": _l("Safety: a child could be harmed by the older words"),
        "substance": _l("Substance: it says something else, something more or something less"),
        "cosmetic": _l("Wording: it says the same in better words"),
    },
    "guide-effect": {
        "withdrawn": _l(
            "Translations are taken away at once. Readers get the Chinese text until a translation was read"
            " again."
        ),
        "notice": _l(
            "Translations stay. Readers are told that the Chinese text is newer, and translators find it in"
            " their list."
        ),
        "later": _l("Translations stay as they are. Translators find the text in their list."),
        "nothing": _l("Translations stay as they are, and nobody has to look at them."),
    },
    "guide-unlooked": {
        "stale": _l(
            "Somebody changed or published this text while you were reading. Nothing was written down. Read"
            " it as it stands now."
        ),
        "same": _l(
            "Somebody is writing at this text, or readers do not have it now. Nothing can be said of the"
            " published words until the draft is published or given up."
        ),
        "second": _l(
            "This text is about life and death, and you wrote or published what stands. Somebody else looks"
            " at it."
        ),
    },
    "guide-refused": {
        "faults": _l("It cannot be published yet. What is wrong stands below."),
        "same": _l("There is no draft to publish: the text stands as it is published."),
        "second": _l("This text is about life and death. Somebody else than its author publishes it."),
        "source": _l("The Chinese text is not published, so its translations are not either."),
    },
}
