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
        "R1": _l("Life and death: a clinician signs, a second person publishes"),
        "R2": _l("Health: a reviewer publishes"),
        "R3": _l("Everyday matters"),
    },
    "guide-revision": {
        "draft": _l("Draft"),
        "in_review": _l("Waits for a second person"),
        "scheduled": _l("Ready, waits for its day"),
        "published": _l("Published now"),
        "replaced": _l("Replaced by a newer one"),
        "withdrawn": _l("Taken away"),
    },
    "guide-flag": {
        "waiting": _l("Waits for a second person"),
        "overdue": _l("To be looked at again"),
        "reported": _l("Reported by readers"),
        "drafts": _l("Being written"),
        "sign": _l("For you to sign"),
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
    "guide-part": {
        "clinician": _l("Clinician"),
        "second": _l("Second person"),
        "reviewer": _l("Reviewer"),
    },
    "guide-field": {
        "medicine": _l("Medicine"),
        "nutrition": _l("Nutrition"),
        "psychology": _l("Psychology"),
        "education": _l("Early education"),
        "law": _l("Law"),
        "language": _l("Language and translation"),
    },
    "guide-signer": {
        "handle": _l("There is no account of this name where you work."),
        "self": _l("Nobody enters themselves. Ask a colleague."),
        "field": _l("Choose a field."),
        "name": _l("Give the name."),
        "title": _l("Give the title."),
        "organisation": _l("Give the organisation."),
        "proof": _l("Say how it is known."),
    },
    "guide-link": {
        "gone": _l("The page is gone"),
        "silent": _l("No answer"),
        "inside": _l("Leads into a private network"),
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
        "reviewer": _l("This text is about health. A reviewer says that it is right."),
        "own": _l("Nobody vouches for words they wrote. Somebody else does."),
        "both": _l("You have given your word for this text in another part. Somebody else takes this one."),
    },
    "guide-refused": {
        "faults": _l("It cannot be published yet. What is wrong stands below."),
        "same": _l("There is no draft to publish: the text stands as it is published."),
        "second": _l("This text is about life and death. Somebody else than its author publishes it."),
        "own": _l("Nobody vouches for words they wrote. Somebody else does."),
        "both": _l("You have given your word for this text in another part. Somebody else takes this one."),
        "clinician": _l(
            "This text is about life and death. A clinician signs it first: somebody of the list of those who"
            " sign texts, with the field medicine."
        ),
        "reviewer": _l("This text is about health. A reviewer publishes it."),
        "native": _l(
            "This translation is about life and death. A reviewer who reads the language as their own"
            " publishes it."
        ),
        "language": _l("You do not read this language. Read a translation back and keep it with your word."),
        "back": _l("The translation back is missing. Put in what you read."),
        "part": _l("Say that you read every sentence, then sign."),
        "unnamed": _l(
            "You are not in the list of those who sign texts. The health commission enters people."
        ),
        "acknowledge": _l(
            "Somebody else says whether this translation need not be changed: for health a reviewer, for life"
            " and death one who is named and reads the language."
        ),
        "day": _l("This day is over, or comes too early. Choose a later one."),
        "source": _l("The Chinese text is not published, so its translations are not either."),
    },
}
