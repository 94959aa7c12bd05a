"""The words for the tools' codes, in the reader's language."""

from flask_babel import lazy_gettext as _l

from app.core.labels import Labels

LABELS: Labels = {
    "dose-state": {
        "not-yet": _l("Not old enough yet"),
        "open": _l("Can be given now"),
        "closing": _l("Recommended time ends soon"),
        "late": _l("Past the recommended age: catch up soon"),
        "given": _l("Given"),
        "booklet": _l("Look in the booklet"),
        "waiting": _l("Interval not over yet"),
    },
    "dose-reason": {
        "age": _l("Youngest age"),
        "gap": _l("Interval after the dose before"),
        "live-gap": _l("Interval after another live vaccine"),
        "edition": _l("First day of the new schedule"),
        "given": _l("Your entry"),
    },
    "dose-doubt": {
        "too-young": _l("Given before the youngest age of the table. Ask the clinic whether it counts."),
        "too-close": _l(
            "Given sooner after the dose before than the table allows. Ask the clinic whether it counts."
        ),
    },
    "vaccine-choice": {
        "je": _l("Japanese encephalitis vaccine"),
        "hepa": _l("Hepatitis A vaccine"),
    },
    "check-standing": {
        "past": _l("Past"),
        "now": _l("Now"),
        "coming": _l("To come"),
    },
    "check-content": {
        "visit": _l("A look at the home, the mother and the baby"),
        "measure": _l("Weight, length or height, head"),
        "examine": _l("Examination from head to toe"),
        "feeding": _l("Feeding and nutrition"),
        "development": _l("Development and the warning signs"),
        "hepb": _l("Together with the second hepatitis B dose"),
        "autism": _l("First look for signs of autism"),
        "hearing": _l("Hearing test"),
        "blood": _l("Blood test for anaemia"),
        "blood-once": _l("Blood test for anaemia, once between 6 and 8 months"),
        "eyes": _l("Eyes and sight"),
        "mouth": _l("Mouth and teeth"),
        "traditional": _l("Advice from traditional Chinese medicine"),
        "safety": _l("Preventing accidents and illness"),
    },
    "growth-indicator": {
        "weight": _l("Weight"),
        "length": _l("Length or height"),
        "head": _l("Head circumference"),
        "weight-for-length": _l("Weight for length"),
        "bmi": _l("Body mass index"),
    },
    "growth-standard": {
        "china": _l("China’s standard WS/T 423-2022"),
        "who": _l("WHO standard of 2006"),
    },
    "growth-band": {
        "far-below": _l("far below"),
        "below": _l("below"),
        "lower": _l("lower middle"),
        "middle": _l("middle"),
        "upper": _l("upper middle"),
        "above": _l("above"),
        "far-above": _l("far above"),
        "check": _l("please check the figures"),
    },
    "sex": {"boy": _l("Boy"), "girl": _l("Girl")},
    "sign-answer": {"yes": _l("Yes, that is so"), "no": _l("No, it is not so"), "unsure": _l("Not sure")},
}
