"""The words for the codes of texts, in the reader's language."""

from flask_babel import lazy_gettext as _l

from app.core.labels import Labels

LABELS: Labels = {
    "guide-kind": {
        "article": _l("Article"),
        "checklist": _l("Checklist"),
        "schedule": _l("Schedule"),
        "calculator": _l("Calculator"),
        "card": _l("Emergency card"),
        "explainer": _l("Policy in plain words"),
        "faq": _l("Questions and answers"),
    },
    "guide-audience": {
        "parents": _l("Parents"),
        "grandparents": _l("Grandparents"),
        "carers": _l("Carers"),
        "providers": _l("Providers"),
    },
    "guide-state": {
        "published": _l("Published"),
        "mt_unreviewed": _l("Translated by a machine, read by nobody yet"),
        "needs_update": _l("Older than the Chinese text"),
        "in_review": _l("Being checked"),
        "draft": _l("Being written"),
        "withdrawn": _l("Taken away after a safety change"),
        "missing": _l("Not translated yet"),
    },
    "guide-block": {
        "key": _l("The most important thing"),
        "do": _l("What you can do today"),
        "steps": _l("Step by step"),
        "doctor": _l("When to see a doctor"),
        "dont": _l("Never do this"),
        "source": _l("Where sources differ"),
        "note": _l("Note"),
    },
    "guide-maker": {
        "people": _l("The editors of this site"),
        "assisted": _l("The editors of this site, with machine help"),
        "machine": _l("A machine"),
    },
    "guide-confidence": {
        "a": _l("Read in the official text, or in two copies that agree"),
        "b": _l("Read in one copy or a good secondary source"),
        "c": _l("Well established, not looked up in the document yet"),
    },
    "guide-source-status": {
        "in-force": _l("In force"),
        "issued": _l("In force"),
        "draft": _l("Draft"),
        "superseded": _l("Replaced by a newer document"),
        "foreign": _l("From another country or an international body"),
        "interpretation": _l("Official interpretation"),
        "period-ended": _l("Its period has ended"),
    },
    "guide-read": {
        "text": _l("We read the official text."),
        "copy": _l("We read a copy."),
        "summary": _l("We read what others say of it."),
    },
    "guide-why": {
        "also": _l("Another source says"),
        "older": _l("An older document said"),
        "newer": _l("A newer document says"),
    },
    "guide-tool": {
        "vaccines": _l("Vaccine calendar"),
        "checks": _l("Health check calendar"),
        "growth": _l("Growth"),
        "signs": _l("Warning signs"),
        "classes": _l("Size of a class"),
        "portions": _l("How much a child eats"),
    },
    "guide-theme": {
        "choosing": _l("Choosing care"),
        "development": _l("Development"),
        "family": _l("Family"),
        "first-aid": _l("First aid"),
        "growth": _l("Growth and development"),
        "illness": _l("Illness"),
        "immunization": _l("Vaccines"),
        "nutrition": _l("Feeding and food"),
        "play": _l("Play and learning"),
        "policy": _l("Policies"),
        "providers": _l("For providers"),
        "safety": _l("Safety"),
        "sleep": _l("Sleep and daily care"),
    },
    "guide-leave": {
        "maternity": _l("Maternity leave"),
        "partner": _l("Leave for the father"),
        "parental": _l("Parental leave"),
        "nursing-break": _l("Nursing breaks"),
    },
    "guide-say": {
        "helpful": _l("Was this helpful?"),
        "translation": _l("The translation is wrong"),
    },
}
