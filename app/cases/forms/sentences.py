"""What to say about answers that are missing or wrong, and what else may keep a form from being taken."""

from collections.abc import Mapping

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from app.cases.rules import words
from app.cases.rules.report import Problem
from app.core.pages import isolate
from app.core.photos import FileRefused

PROBLEMS: Mapping[tuple[str, str], LazyString] = {
    ("purpose", "choose"): _l("Choose what you want to do."),
    ("area", "choose"): _l("Say where it is: choose a facility, or a county and a township."),
    ("area", "elsewhere"): _l("No office of this website answers for that place. Please call."),
    ("facility", "choose"): _l("Choose one of the facilities, or search again."),
    ("q", "empty"): _l("Type a part of the name, the street or the estate."),
    ("q", "none"): _l(
        "No facility here has these words. Try fewer words, or say that it is not in the list."
    ),
    ("q", "too-long"): _l("A search has at most %(count)s characters.", count=words.LONGEST_QUESTION),
    ("township", "choose"): _l("Choose the township or street, or say that you do not know it."),
    ("category", "choose"): _l("Choose what it is about."),
    ("about", "choose"): _l("Choose the office that it is about."),
    ("grave", "choose"): _l("Answer this question with yes or no."),
    ("child_safety", "choose"): _l("Say whether a child is in danger; “I do not know” is an answer too."),
    ("story", "too-short"): _l(
        "Write a little more: at least %(count)s characters.", count=words.SHORTEST_STORY
    ),
    ("story", "too-long"): _l(
        "The text is longer than %(count)s characters. Shorten it; you can send more once it is filed.",
        count=words.LONGEST_STORY,
    ),
    ("children_shown", "choose"): _l("Say whether the photos show children."),
    ("children_consent", "agree"): _l("To send photos of children you need to agree, or remove the photos."),
    ("name", "name-needed"): _l("A complaint needs your name. To stay anonymous, make a report instead."),
    ("phone", "reach-needed"): _l("A complaint needs a telephone number or another way to reach you."),
    ("named", "both"): _l("You chose to stay anonymous, but gave a name or a number. Choose one of the two."),
    ("notice", "agree"): _l("Tick that you have read how your data is used. Without it nothing can be sent."),
    ("answer", "wrong"): _l("That was not the answer. Here is another question."),
    ("answer", "stale"): _l("The question was too old. Please answer this one."),
    ("answer", "hasty"): _l("That was very fast. Please look at your answers once more and send again."),
    ("answer", "trap"): _l(
        "A field that nobody can see was filled in, perhaps by your browser. Please send again."
    ),
    ("text", "too-short"): _l("Write at least %(count)s characters.", count=2),
    ("text", "too-long"): _l("A message has at most %(count)s characters.", count=words.LONGEST_MESSAGE),
    ("reason", "too-short"): _l("Write at least 20 characters, so that the office understands why."),
    ("reason", "too-long"): _l("A reason has at most %(count)s characters.", count=words.LONGEST_MESSAGE),
    ("rating", "choose"): _l("Choose a number from 1 to 5."),
    ("solved", "choose"): _l("Say whether the matter is solved."),
    ("sure", "agree"): _l("Tick the box to confirm."),
    ("last_four", "wrong"): _l("These are not the last four digits. Look at the code once more."),
    ("files", "none"): _l("No file was chosen."),
}

TOO_LONG = _l("This line has more than %(count)s characters. Shorten it.", count=words.LONGEST_LINE)


def sentence(field: str, code: str) -> str:
    """Return the sentence for a problem of a field."""
    return str(PROBLEMS[(field, code)])


def problem_sentence(problem: Problem) -> str:
    """Return the sentence for something that keeps a report from being sent."""
    return sentence(problem.field, problem.code)


def refused(file: FileRefused) -> Markup:
    """Return why a file was not taken, its name isolated."""
    values = {**file.values, "file": isolate(file.values["file"])}
    return escape(gettext(file.sentence)) % values
