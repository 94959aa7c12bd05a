"""Files to take out: ask, decide as the second person, fetch."""

from collections.abc import Mapping

from flask import abort, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.accounts.rules import Action
from app.accounts.staff import door, offer, prove
from app.areas import queries as areas
from app.core.pages import language
from app.site.forms.export_words import LABELS
from app.site.forms.exporting import ExportForm
from app.site.queries import exports as reads
from app.site.rules import exporting as rules
from app.site.rules.exporting import Form, Kind
from app.site.service import exports as files
from app.site.service.exports import Refused, Wanted, Why
from app.site.staff.entry import bp, me, show

for _right in dict.fromkeys(rules.RIGHTS.values()):
    offer("site_staff.exports", _l("Files to take out"), _right, order=75)
_FIELDS: Mapping[Why, str] = {
    Why.KIND: "kind",
    Why.AREA: "area",
    Why.PURPOSE: "purpose",
    Why.SHORT: "reason",
    Why.LONG: "reason",
}
_BAD, _TOO_MANY, _CONFLICT = 400, 429, 409


@bp.route("/exports", methods=["GET", "POST"])
@door()
def exports() -> ResponseReturnValue:
    """Show what one asked for and may ask for, and take a request."""
    form = _form()
    if request.method == "GET":
        return _page(form)
    if not form.validate():
        return _page(form, _BAD)
    wanted = Wanted(
        Kind(form.kind.data),
        Form(form.form.data),
        form.area.data,
        language(),
        form.purpose.data,
        form.reason.data or "",
    )
    g.audit_for = me().lender(rules.RIGHTS[wanted.kind])
    try:
        files.ask(me(), wanted)
    except Refused as error:
        words = LABELS["export-refusal"][error.why]
        if error.why not in _FIELDS:
            return _page(form, _TOO_MANY, refused=words)
        form[_FIELDS[error.why]].errors = [words]
        return _page(form, _BAD)
    return redirect(url_for("site_staff.exports"), 303)


@bp.post("/exports/<id>/decide")
@door(Action.CASE_REVEAL_APPROVE, fresh=True)
def export_decide(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Allow or decline a file with ways to reach residents."""
    try:
        files.decide(me(), id, allow=request.form.get("do") == "allow")
    except LookupError:
        abort(404)
    except Refused as error:
        return _page(_form(blank=True), _CONFLICT, refused=LABELS["export-refusal"][error.why])
    return redirect(url_for("site_staff.exports"), 303)


@bp.post("/exports/<id>/file")
@door()
def export_file(id: str) -> ResponseReturnValue:  # noqa: A002
    """Return a file to the one who asked for it; that it was fetched is recorded."""
    kind = reads.kind_of(id) or abort(404)
    way = prove() if kind in rules.PERSONAL else None
    if way is not None:
        return way
    g.audit_for = me().lender(rules.RIGHTS[kind])
    try:
        found = files.fetch(me(), id)
    except LookupError:
        abort(404)
    response = make_response(found.data)
    response.headers["Content-Type"] = found.mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response


def _form(*, blank: bool = False) -> ExportForm:
    """Return the form with what is within one's reach."""
    form = ExportForm(None) if blank else ExportForm(request.form if request.method == "POST" else None)
    kinds = rules.kinds(me().grants)
    codes = sorted({code for kind in kinds for code in rules.reach(me().grants, rules.RIGHTS[kind])})
    below = [child.code for code in codes for child in areas.children(code)]
    listed = list(dict.fromkeys([*codes, *below]))
    named = areas.areas(listed)
    form.offer(kinds, [(code, named[code].names if code in named else {}) for code in listed])
    return form


def _page(form: ExportForm, status: int = 200, *, refused: object = "") -> ResponseReturnValue:
    return show(
        "exports/exports.html",
        status,
        form=form,
        mine=reads.own(me()),
        waiting=reads.to_decide(me()),
        refused=refused,
        personal=bool(rules.PERSONAL & set(rules.kinds(me().grants))),
        may_ask=bool(form.kind.choices),
    )
