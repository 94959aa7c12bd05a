"""Who reports: nobody, unless the resident wants it or the matter needs it."""

from flask import request
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.cases.forms.report import CHECK, YouForm
from app.cases.public import entry
from app.cases.public.entry import bp
from app.cases.rules.report import Report, problems


@bp.route("/report/you", methods=["GET", "POST"])
def you() -> ResponseReturnValue:
    """Ask for a name where one is wanted; the default is none."""
    draft = entry.held()
    if request.method == "GET":
        if draft is None:
            return entry.to("report")
        report = draft.report
        form = YouForm(
            formdata=None,
            back=request.args.get("back", ""),
            named="no" if report.anonymous else "yes",
            **{name: report.contact.get(name, "") for name in YouForm.lines},
        )
        return _show(form, report)
    report = draft.report if draft else Report()
    form = YouForm()
    _fit(form, report)
    if form.contradicts:
        form.bad("named", "both")
        return _show(form, report, 400)
    kept, new = entry.keep(form.answers())
    if not form.judge(problems(kept.report)) or new:
        return _show(form, kept.report, 400, new=new)
    return entry.to(CHECK)


def _fit(form: YouForm, report: Report) -> None:
    """Leave out the choice where a name is needed."""
    if report.purpose == "complaint" and "named" in form:
        del form.named


def _show(form: YouForm, report: Report, status: int = 200, *, new: bool = False) -> ResponseReturnValue:
    _fit(form, report)
    return entry.page(
        "cases/you.html",
        status,
        form=form,
        report=report,
        new=new,
        place=areas.place_of(report.area) if report.area else None,
        section="report",
    )
