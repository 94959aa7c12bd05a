"""The audit for auditors: what was done, whether it stands as it was written, and the year's reads."""

from flask import abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.forms import LABELS as ACCOUNTS
from app.accounts.rules import Action
from app.accounts.staff import door, offer
from app.core import audit_checks, clock, limits
from app.core.errors import WrongQuestion
from app.core.files import as_csv
from app.core.i18n import pick
from app.core.pages import language
from app.site.forms.audit_words import LABELS, question
from app.site.queries import auditing
from app.site.rules.auditing import Yearly, yearly
from app.site.staff.entry import bp, me, show

offer("site_staff.audit", _l("Audit"), Action.AUDIT_READ, order=80)
_TOO_MANY = 429
_FIRST_YEAR = 2026
_HIDDEN = "<5"


@bp.get("/audit")
@door(Action.AUDIT_READ)
def audit() -> ResponseReturnValue:
    """Show what was done in one's place, newest first, and whether anybody touched what was written."""
    asked, wrong = question(request.args)
    if wrong:
        raise WrongQuestion(wrong)
    return _page(asked)


@bp.post("/audit/check")
@door(Action.AUDIT_READ)
def audit_check() -> ResponseReturnValue:
    """Read the whole chain now."""
    if not limits.allow("audit.check", me().id):
        return _page(auditing.Question(), _TOO_MANY, slow=True)
    audit_checks.check(me().id)
    return redirect(url_for("site_staff.audit"), 303)


@bp.get("/audit/minors")
@door(Action.AUDIT_READ)
def minors() -> ResponseReturnValue:
    """Show how often data of children was read in a year: by which role and office, and what for."""
    year, table = _year()
    names = auditing.office_names_of(table)
    return show("audit/minors.html", year=year, years=_years(), table=table, names=names)


@bp.get("/audit/minors.csv")
@door(Action.AUDIT_READ)
def minors_table() -> ResponseReturnValue:
    """Return the same table as a file."""
    year, table = _year()
    names = auditing.office_names_of(table)
    words = LABELS["minors-what"]
    header = [_("Role"), _("Office"), *(str(words[each]) for each in table.columns), _("All")]
    rows = [
        [
            str(_role(role)),
            pick(names[unit], language()).text if unit in names else "",
            *(_number(table.cells[(role, unit), each]) for each in table.columns),
            _number(table.sums[role, unit]),
        ]
        for role, unit in table.rows
    ]
    last = [_("All"), "", *(_number(table.totals[each]) for each in table.columns), _number(table.whole)]
    response = make_response(as_csv(header, [*rows, last]))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f'attachment; filename="minors-{year}.csv"'
    return response


def _page(asked: auditing.Question, status: int = 200, *, slow: bool = False) -> ResponseReturnValue:
    codes = auditing.places(me().grants)
    found = auditing.page(codes, asked)
    return show(
        "audit/audit.html",
        status,
        asked=asked,
        found=found,
        people=auditing.actors(codes),
        nobody=auditing.NOBODY,
        groups=tuple(LABELS["audit-group"]),
        checked=audit_checks.newest(),
        older=_address(asked, found.older) if found.older else None,
        newest=_address(asked, None) if asked.before else None,
        slow=slow,
    )


def _address(asked: auditing.Question, before: int | None) -> str:
    """Return the address of a page of the same question."""
    return url_for(
        "site_staff.audit",
        since=asked.since.isoformat() if asked.since else None,
        until=asked.until.isoformat() if asked.until else None,
        actor=asked.actor or None,
        group=asked.group or None,
        subject=asked.subject or None,
        before=before,
    )


def _year() -> tuple[int, Yearly]:
    text = request.args.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else clock.today().year  # noqa: PLR2004
    if year not in _years():
        abort(404)
    return year, yearly(auditing.reads(auditing.places(me().grants), year))


def _years() -> range:
    return range(clock.today().year, min(_FIRST_YEAR, clock.today().year) - 1, -1)


def _role(role: str) -> object:
    return ACCOUNTS["staff-role"].get(role, role or "–")


def _number(number: int | None) -> object:
    return _HIDDEN if number is None else number
