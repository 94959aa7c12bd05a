"""Forms of what offices decide about a facility: its status with the reason, assessments, inspections."""

import secrets
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice

from app.core import clock
from app.facilities.forms.editing.how import NEEDED, read_day
from app.facilities.forms.labels import LABELS
from app.facilities.forms.proposing.base import LONGEST_LINE, SENTENCES, choices_of
from app.facilities.forms.reading import printable
from app.facilities.rules.vocabulary import Status

_DAY = {"type": "date", "dir": "ltr"}
KINDS = ("assessment", "inspection", "rectification", "permit")


class LineForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Reading lines and days."""

    once = HiddenField()

    def begin(self) -> None:
        """Give the form a number of its own."""
        self.once.data = secrets.token_hex(8)

    def number(self) -> str:
        """Return the number of the form, harmless whatever was sent."""
        text = str(self.once.data or "")[:32]
        return text if text.isascii() and text.isalnum() else secrets.token_hex(8)

    def line(self, name: str, *, needed: bool = False) -> str:
        """Return a line of text; what is missing or too long is noted."""
        text = " ".join(printable(self[name].data or "").split())
        if needed and not text:
            self[name].errors = [NEEDED]
        if len(text) > LONGEST_LINE:
            self[name].errors = [SENTENCES["long"]]
        return text

    def words(self, stem: str) -> dict[str, str]:
        """Return a sentence by language: needed in Chinese, others as far as they were written."""
        found = {
            code: self.line(f"{stem}_{name}", needed=name == "zh")
            for code, name in (("zh-Hans", "zh"), ("ug", "ug"), ("en", "en"))
        }
        return {code: text for code, text in found.items() if text}


class StatusForm(LineForm):
    """Another status, and why."""

    facts = ("status", "reason_zh", "reason_ug", "reason_en")
    status = SelectField(
        _l("Filing status"),
        choices=choices_of("status", (each for each in Status if each is not Status.NOT_FOUND)),
        validate_choice=False,
    )
    reason_zh = StringField(_l("Reason, in Chinese; families read it"), render_kw={"lang": "zh-Hans"})
    reason_ug = StringField(_l("Reason, in Uyghur"), render_kw={"lang": "ug", "dir": "auto"})
    reason_en = StringField(_l("Reason, in English"), render_kw={"lang": "en", "dir": "auto"})

    def chosen(self) -> str:
        """Return the status; noted if it is none."""
        if self.status.data in {choice.value for choice in self.status.choices}:
            return str(self.status.data)
        self.status.errors = [NEEDED]
        return ""


class RecordForm(LineForm):
    """An assessment, inspection, rectification or permit, and the day from which families may read it."""

    facts = (
        "kind",
        "type",
        "issued_on",
        "valid_until",
        "body",
        "result_zh",
        "result_ug",
        "result_en",
        "number_of",
        "publish_on",
    )
    kind = SelectField(_l("What is it?"), choices=choices_of("record", KINDS), validate_choice=False)
    type = SelectField(
        _l("Which permit?"),
        choices=[SelectChoice(code, words) for code, words in LABELS["permit"].items()],
        validate_choice=False,
    )
    issued_on = StringField(_l("Day of the decision"), render_kw=_DAY)
    valid_until = StringField(_l("Valid until, if it ends"), render_kw=_DAY)
    body = StringField(_l("Office that decided, in Chinese"), render_kw={"lang": "zh-Hans"})
    result_zh = StringField(_l("Result, in Chinese"), render_kw={"lang": "zh-Hans"})
    result_ug = StringField(_l("Result, in Uyghur"), render_kw={"lang": "ug", "dir": "auto"})
    result_en = StringField(_l("Result, in English"), render_kw={"lang": "en", "dir": "auto"})
    number_of = StringField(_l("Number of the document"))
    publish_on = StringField(_l("Families may read it from"), render_kw=_DAY)

    def present(self) -> None:
        """Fill in today as the day of publication."""
        self.publish_on.data = clock.today().isoformat()

    def row(self) -> dict[str, Any]:
        """Return the row of the field `records`."""
        kind = str(self.kind.data or "")
        if kind not in KINDS:
            self.kind.errors = [NEEDED]
        kept = str(self.type.data or "") if kind == "permit" else ""
        if kept not in LABELS["permit"]:
            self.type.errors = [NEEDED]
        issued, until = self.day("issued_on", needed=True), self.day("valid_until")
        if issued and until and until < issued:
            self.valid_until.errors = [SENTENCES["order"]]
        if issued and issued > clock.today():
            self.issued_on.errors = [_l("This day is still to come. The decision must have been made.")]
        return {
            "kind": kind,
            "type": kept,
            "issued_on": issued.isoformat() if issued else None,
            "valid_until": until.isoformat() if until else None,
            "bodies": {"zh-Hans": self.line("body", needed=True)},
            "results": self.words("result"),
            "number": self.line("number_of"),
        }

    def day(self, name: str, *, needed: bool = False) -> Any:
        """Return a day, or nothing if the field is empty; what is none is noted."""
        text = (self[name].data or "").strip()
        found = read_day(text)
        if found is None and (text or needed):
            self[name].errors = [SENTENCES["day"]]
        return found
