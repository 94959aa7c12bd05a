"""Forms of accounts, and the words for this room's codes."""

from collections.abc import Iterable, Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.accounts.rules import Grant, Role
from app.accounts.rules.cover import Part
from app.core.i18n import pick
from app.core.labels import Labels
from app.core.pages import language

LABELS: Labels = {
    "staff-role": {
        "community-worker": _l("Community worker"),
        "translator": _l("Translator"),
        "reviewer": _l("Reviewer"),
        "expert": _l("Expert"),
        "township-officer": _l("Township officer"),
        "department-officer": _l("Department officer"),
        "lead": _l("Health commission lead"),
        "provider": _l("Provider"),
        "auditor": _l("Auditor"),
        "administrator": _l("Administrator"),
    },
    "account-state": {
        "invited": _l("Invited"),
        "active": _l("Active"),
        "disabled": _l("Switched off"),
    },
    "account-refusal": {
        "link": _l("This link was used, replaced, or is too old. Ask your administrator for a new one."),
        "code": _l("This code is wrong. Wait for the next one and try again."),
        "tries": _l("There were too many tries. Wait a while before the next one."),
        "password": _l("The present password is wrong."),
        "short": _l("The password needs at least 12 characters."),
        "long": _l("The password may have at most 128 characters."),
        "common": _l("Many people use this password, so it is guessed first. Choose another."),
        "number": _l("Others know the number of your identity card or telephone. Choose something else."),
        "handle": _l("The password must not contain the name you sign in with."),
        "handle-shape": _l("A sign-in name has 3 to 32 small Latin letters, digits and single hyphens."),
        "handle-taken": _l("Somebody has this sign-in name already."),
        "area": _l("There is no area of this code."),
        "place": _l("This role is for a whole place; choose the place, not a part of it."),
        "unit": _l("This role needs an office; choose one."),
        "unit-elsewhere": _l("This office does not belong to the area."),
        "facility": _l("A provider needs the 8-character id of one facility; other roles have none."),
        "facility-unknown": _l("There is no facility of this id."),
        "facility-elsewhere": _l("This facility does not lie in the area."),
        "unknown": _l("There is no such account."),
        "own": _l("You cannot do this to your own account. Another administrator can."),
        "role-gone": _l("Somebody changed this role meanwhile. Look at what stands now."),
        "role-held": _l("The person has this role already."),
        "role-last": _l("This is the only role. Close the account instead."),
        "provider-alone": _l("Whoever reports for a facility has no other role."),
        "cover-nothing": _l("Choose at least one right that is your own."),
        "cover-self": _l("Choose a colleague, not yourself."),
        "cover-colleague": _l("This right goes only to somebody of the same office or area."),
        "cover-apart": _l(
            "Whoever looks after accounts or reads the audit may not read cases, so these rights stay apart."
        ),
        "cover-days": _l("Choose days from today on, the first not after the last, at most 190 in all."),
        "cover-decided": _l("Somebody has decided meanwhile, or it is over."),
    },
    "cover-part": {
        "cases": _l("Cases"),
        "facilities": _l("Facilities and free places"),
        "events": _l("Events"),
        "guide": _l("Texts"),
        "figures": _l("Figures"),
        "audit": _l("Audit"),
        "accounts": _l("Accounts"),
        "other": _l("Other rights of the role"),
    },
    "cover-state": {
        "asked": _l("Waits for approval"),
        "agreed": _l("Agreed"),
        "declined": _l("Declined"),
        "ended": _l("Ended early"),
    },
    "today": {
        "overdue": _l("Overdue"),
        "waits": _l("Waits for you"),
        "reported": _l("Reported as wrong"),
        "expires": _l("Expires soon"),
        "stale": _l("Has become old"),
    },
}

_NEEDED = InputRequired(_l("This answer is needed."))
_CURRENT = {"autocomplete": "current-password"}
_NEW = {"autocomplete": "new-password"}
_ONE_TIME = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
_AS_TYPED = {"autocapitalize": "none", "spellcheck": "false"}


def refusal(why: str) -> LazyString:
    """Return the words for a refusal."""
    return LABELS["account-refusal"][why]


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Who signs in, and with what password."""

    handle = StringField(
        _l("Sign-in name"), [_NEEDED, Length(max=64)], render_kw={"autocomplete": "username", **_AS_TYPED}
    )
    password = PasswordField(_l("Password"), [_NEEDED, Length(max=1024)], render_kw=_CURRENT)
    next = HiddenField()


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A one-time code, or a recovery code."""

    code = StringField(_l("Code"), [_NEEDED, Length(max=64)], render_kw=_ONE_TIME)
    next = HiddenField()


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """The password, where there is no authenticator."""

    password = PasswordField(_l("Password"), [_NEEDED, Length(max=1024)], render_kw=_CURRENT)
    next = HiddenField()


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A password chosen by the invited."""

    password = PasswordField(_l("New password"), [_NEEDED, Length(max=1024)], render_kw=_NEW)
    again = PasswordField(_l("The same once more"), [_NEEDED, Length(max=1024)], render_kw=_NEW)

    def validate_again(self, field: PasswordField) -> None:
        """Refuse a second password that is not the first."""
        if field.data != self.password.data:
            raise ValidationError(_l("The two passwords are not the same."))


class ChangePasswordForm(NewPasswordForm):
    """A password chosen by somebody who has one."""

    present = PasswordField(_l("Present password"), [_NEEDED, Length(max=1024)], render_kw=_CURRENT)


class ActForm(FlaskForm):  # type: ignore[misc]
    """A button; it only proves that it was pressed on our page."""


class GrantForm(FlaskForm):  # type: ignore[misc]
    """What somebody may do: role, area, office, facility."""

    role = SelectField(_l("Role"), choices=[SelectChoice(role, LABELS["staff-role"][role]) for role in Role])
    area = SelectField(_l("Area"))
    unit = SelectField(_l("Office"))
    facility = StringField(_l("Facility id, for a provider"), [Length(max=8)], render_kw=_AS_TYPED)

    def offer(
        self, areas: Iterable[tuple[str, Mapping[str, str]]], units: Iterable[tuple[str, Mapping[str, str]]]
    ) -> None:
        """Set what can be chosen: code and names of areas and of offices."""
        self.area.choices = [_named(code, names) for code, names in areas]
        self.unit.choices = [("", _l("No office")), *(_named(code, names) for code, names in units)]


def _named(code: str, names: Mapping[str, str], of: Mapping[str, str] | None = None) -> SelectChoice:
    """Return a choice in the reader's language, or marked as being in another; `of` is named after it."""
    text = pick(names, language())
    words = f"{text.text} · {pick(of, language()).text}" if of else text.text
    return SelectChoice(code, words, render_kw={} if text.lang == language() else {"lang": text.lang})


class InviteForm(GrantForm):
    """Somebody new."""

    handle = StringField(_l("Sign-in name"), [_NEEDED, Length(max=64)], render_kw=_AS_TYPED)
    name = StringField(_l("Name to show"), [_NEEDED, Length(max=60)])


class CoverForm(FlaskForm):  # type: ignore[misc]
    """What somebody hands to a colleague, from which day to which, and why."""

    form = HiddenField()
    """Made when the form is shown, so that sending it twice is one thing."""
    what = SelectMultipleField(
        _l("Which of your rights?"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    taker = SelectField(_l("To which colleague?"))
    first = DateField(_l("From"), [_NEEDED])
    last = DateField(_l("Until and including"), [_NEEDED])
    reason = TextAreaField(
        _l("Why?"),
        [_NEEDED, Length(max=300, message=_l("This is too long. Shorten it a little."))],
        render_kw={"rows": "3"},
    )

    def offer(
        self,
        parts: Iterable[tuple[Grant, Part]],
        colleagues: Iterable[tuple[str, Mapping[str, str], Mapping[str, str]]],
        names: Mapping[str, Mapping[str, str]],
    ) -> None:
        """Set what can be chosen: parts of one's own rights; colleagues by id, name and office."""
        self.offered = {_key(grant, part): (grant, part) for grant, part in parts}
        self.what.choices = [
            SelectChoice(key, _words(grant, part, names)) for key, (grant, part) in self.offered.items()
        ]
        self.taker.choices = [_named(code, each, office) for code, each, office in colleagues]

    def chosen(self) -> tuple[tuple[Grant, Part], ...]:
        """Return what was chosen."""
        return tuple(self.offered[key] for key in self.what.data or () if key in self.offered)


def _key(grant: Grant, part: Part) -> str:
    return f"{grant.role}:{grant.unit}:{grant.area}:{part}"


def _words(grant: Grant, part: Part, names: Mapping[str, Mapping[str, str]]) -> str:
    """Return a part of a grant in the reader's language: role, where it holds, and the part."""
    where = [pick(names[code], language()).text for code in (grant.unit, grant.area) if code in names]
    return " · ".join([str(LABELS["staff-role"][grant.role]), *where[:1], str(LABELS["cover-part"][part])])
