"""What a reader says of a text: whether it helped, or what is wrong in a translation."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from app.core.codes import without_identity_numbers

LONGEST_WORDS = 1000
"""Characters of each thing that a reader may write about a text."""

NEEDED: LazyString = _l("This answer is needed.")
LONG: LazyString = _l("This is too long. Shorten it a little.")
HASTY: LazyString = _l("That was faster than anybody reads. Look at the form once more and send it again.")
STALE: LazyString = _l("The form was open for too long. Send it once more.")
TOO_OFTEN: LazyString = _l("Too much came from your connection. Try again in an hour.")


class SayForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """What both forms share: a trap, and when they were shown."""

    website = StringField(_l("Leave this empty"), render_kw={"tabindex": "-1", "autocomplete": "off"})
    shown = HiddenField()

    def words(self, field: str, *, needed: bool = False) -> str:
        """Return what was written, without numbers of identity cards; note what is missing or too long."""
        typed = self[field].data or ""
        lines = ("".join(c if c.isprintable() else " " for c in line).rstrip() for line in typed.splitlines())
        text = without_identity_numbers("\n".join(lines).strip())
        if needed and not text:
            self.bad(field, NEEDED)
        if len(text) > LONGEST_WORDS:
            self.bad(field, LONG)
        return text

    def bad(self, field: str, sentence: LazyString) -> None:
        """Note what is wrong with a field."""
        self[field].errors = [*self[field].errors, sentence]


class HelpfulForm(SayForm):
    """Whether the text helped."""

    helpful = RadioField(
        _l("Did the text help you?"),
        choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))],
        validate_choice=False,
    )
    more = TextAreaField(_l("What was missing or hard to understand?"), render_kw={"rows": "4"})

    def answers(self) -> tuple[bool, dict[str, str]]:
        """Return whether it helped and what was written."""
        if self.helpful.data not in {"yes", "no"}:
            self.bad("helpful", NEEDED)
        more = self.words("more")
        return self.helpful.data == "yes", {"more": more} if more else {}


class TranslationForm(SayForm):
    """What is wrong in the translation."""

    sentence = TextAreaField(_l("Which sentence is wrong?"), render_kw={"rows": "3", "dir": "auto"})
    right = TextAreaField(_l("What would be right?"), render_kw={"rows": "3", "dir": "auto"})

    def answers(self) -> tuple[None, dict[str, str]]:
        """Return the sentence and what would be right."""
        said = {"sentence": self.words("sentence", needed=True), "right": self.words("right")}
        return None, {name: words for name, words in said.items() if words}


FORMS: dict[str, type[HelpfulForm] | type[TranslationForm]] = {
    "helpful": HelpfulForm,
    "translation": TranslationForm,
}
"""The form of each kind of feedback."""
