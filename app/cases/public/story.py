"""What it is about and what happened; and, where a child may be in danger, whom to call first."""

from flask import request
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.cases.forms.labels import SECTIONS
from app.cases.forms.report import CHECK, StoryForm, SubjectForm, UrgentForm, chosen, held, offered
from app.cases.public import entry
from app.cases.public.entry import bp
from app.cases.public.flow import following
from app.cases.queries import ground, preview
from app.cases.rules.categories import EMERGENCY, GRAVE, SUBJECTS
from app.cases.rules.report import Report, problems
from app.cases.rules.words import LONGEST_STORY, SHORTEST_STORY
from app.core.pages import plain
from app.facilities.queries import targets

_MAYBE_KINDERGARTEN = frozenset(SUBJECTS) - {"conduct", "prov", "serv", "labour", "ktc"}
"""Subjects where it matters for the route whether the place is a kindergarten's class."""
_ASKED = ("about", "kindergarten", "grave", "child_safety", "story", "happened")


@bp.route("/report/subject", methods=["GET", "POST"])
def subject() -> ResponseReturnValue:
    """Ask what it is about. A place that is in no list suggests care without a filing."""
    draft = entry.held()
    if request.method == "GET":
        if draft is None:
            return entry.to("report")
        report = draft.report
        unlisted = not report.facility and report.purpose in {"complaint", "report"} and bool(report.area)
        suggested = "unlic" if unlisted and not report.category else ""
        form = SubjectForm(
            formdata=None, category=report.category or suggested, back=request.args.get("back", "")
        )
        return _show_subject(form, report, suggested=bool(suggested))
    form = SubjectForm()
    if not chosen(form.category):
        form.bad("category", "choose")
        return _show_subject(form, draft.report if draft else Report(), 400)
    answers = form.answers()
    if draft is None or draft.report.category != answers["category"]:
        answers |= {"grave": "", "about": ""}  # what was answered of another subject says nothing of this one
    kept, _new = entry.keep(answers)
    asked_more = bool(
        {"grave", "about"} & {each.field for each in problems(kept.report, grave_asked=_grave(kept.report))}
    )
    if form.back.data == CHECK and not asked_more:
        return entry.to(CHECK)
    return entry.to(following(kept.report, after="subject"))


def _grave(report: Report) -> bool:
    return report.category in GRAVE


def _show_subject(
    form: SubjectForm, report: Report, status: int = 200, *, suggested: bool = False
) -> ResponseReturnValue:
    return entry.page(
        "cases/subject.html",
        status,
        form=form,
        report=report,
        suggested=suggested,
        sections=SECTIONS if report.purpose in {"complaint", "report"} else SECTIONS[::-1],
        place=areas.place_of(report.area) if report.area else None,
        section="report",
    )


@bp.route("/report/story", methods=["GET", "POST"])
def story() -> ResponseReturnValue:
    """Ask what happened, and what this subject needs to be known."""
    draft = entry.held()
    if request.method == "GET":
        if draft is None:
            return entry.to("report")
        if not draft.report.category:
            return entry.to(following(draft.report))
        form = StoryForm(formdata=None, back=request.args.get("back", ""), **held(draft.report, _ASKED))
        _ask(form, draft.report)
        return _show_story(form, draft.report)
    form = StoryForm()
    _ask(form, draft.report if draft else Report())
    kept, new = entry.keep(form.answers())
    found = problems(kept.report, grave_asked=_grave(kept.report))
    if not form.judge(each for each in found if each.field in form) or new:
        return _show_story(form, kept.report, 400, new=new)
    if preview.severity(kept.report) == EMERGENCY and not kept.report.emergency_call:
        return entry.to("urgent", back=form.back.data or None)
    return entry.to(CHECK if form.back.data == CHECK else following(kept.report, after="story"))


def _ask(form: StoryForm, report: Report) -> None:
    """Leave only the questions that this report is asked; of a report begun anew those that were answered."""
    if report.category == "conduct":
        offices = ground.units(report.area)
        form.about.choices = offered([("", "–"), *((each.code, plain(each.names)) for each in offices)])
    else:
        form.drop("about")
    facility = targets.target(report.facility) if report.facility else None
    asked = {
        "grave": _grave(report),
        "kindergarten": report.category in _MAYBE_KINDERGARTEN
        and (facility is None or facility.kind == "unknown"),
        "child_safety": report.purpose in {"complaint", "report"},
    }
    if not report.category:
        asked = {name: name in request.form for name in asked}
    form.drop(*(name for name, is_asked in asked.items() if not is_asked))


def _show_story(
    form: StoryForm, report: Report, status: int = 200, *, new: bool = False
) -> ResponseReturnValue:
    if "grave" in form and not _grave(report):
        form.drop("grave")
    place = areas.place_of(report.area) if report.area else None
    wanted = SUBJECTS[report.category].first if report.category else ()
    lines = [line for line in areas.hotlines(place.area if place else None) if line.kind in wanted]
    return entry.page(
        "cases/story.html",
        status,
        form=form,
        report=report,
        new=new,
        place=place,
        hotlines=lines,
        least=SHORTEST_STORY,
        most=LONGEST_STORY,
        section="report",
    )


@bp.route("/report/urgent", methods=["GET", "POST"])
def urgent() -> ResponseReturnValue:
    """Show the numbers once more where a child may be in danger. It never stops anybody."""
    draft = entry.held()
    if draft is None:
        return entry.to("report")
    if request.method == "GET":
        form = UrgentForm(
            formdata=None, back=request.args.get("back", ""), emergency_call=draft.report.emergency_call
        )
        place = areas.place_of(draft.report.area) if draft.report.area else None
        return entry.page("cases/urgent.html", form=form, report=draft.report, place=place, section="report")
    form = UrgentForm()
    kept, _new = entry.keep(form.answers())
    return entry.to(CHECK if form.back.data == CHECK else following(kept.report, after="story"))


@bp.post("/report/danger")
def danger() -> ResponseReturnValue:
    """Take one tap as the word that a child is in danger now; the numbers follow."""
    entry.keep({"child_safety": "danger"})
    return entry.to("urgent", back=CHECK)
