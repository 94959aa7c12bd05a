"""Checking the answers, sending them, and the receipt: the only page that ever shows the access code."""

import base64
import io
from dataclasses import dataclass

import segno
from flask import request, session
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.cases.forms.report import CHECK, CheckForm, LastFourForm
from app.cases.forms.sentences import problem_sentence, sentence
from app.cases.public import entry, opened
from app.cases.public.entry import bp
from app.cases.public.flow import missing
from app.cases.queries import preview, tracking
from app.cases.rules import typed, watch
from app.cases.rules.categories import EMERGENCY, GRAVE
from app.cases.rules.numbers import show_code
from app.cases.rules.report import Problem, problems
from app.cases.service import human, intake
from app.cases.service.drafts import Draft, DraftGone
from app.cases.service.intake import Incomplete, NotHere, Receipt
from app.cases.service.keeping import Unkept, keeping
from app.core import clock
from app.core.pages import language, public_address
from app.facilities.queries import targets

_PAGE_OF = {"purpose": "purpose", "where": "where", "files": "files", "you": "you"}


@dataclass(frozen=True, slots=True)
class Lack:
    """What is still missing, and the page where it is answered."""

    text: str
    page: str


@bp.get("/report/check")
def check() -> ResponseReturnValue:
    """Show all answers once more, who would get them and by when they would answer."""
    draft = entry.held()
    if draft is None:
        return entry.to("report")
    if missing(draft.report):
        return entry.to(missing(draft.report) or "report")
    return _show(CheckForm(formdata=None), draft)


def _show(form: CheckForm, draft: Draft, status: int = 200, *, answered: bool = False) -> ResponseReturnValue:
    report = draft.report
    aim = preview.preview(report)
    if aim is None:
        return entry.unavailable_here(report.area)
    token = entry.token()
    proof = human.answered(token) if answered else human.ask(token)
    form.proof.data, form.answer.data, form.website.data = proof.token, "", ""
    grave = preview.severity(report) == EMERGENCY
    return entry.page(
        "cases/check.html",
        status,
        form=form,
        draft=draft,
        report=report,
        aim=aim,
        lacks=[_lack(each) for each in _problems(draft)],
        riddle=proof.riddle,
        words=() if grave else watch.alarming(report.story),
        facility=targets.target(report.facility) if report.facility else None,
        area_path=areas.path(report.area),
        about=areas.office(report.about) if report.about else None,
        place=areas.place_of(report.area),
        section="report",
    )


def _problems(draft: Draft) -> list[Problem]:
    """Return what is missing on the pages before this one."""
    photos = sum(file.kind == "photo" for file in draft.files)
    found = problems(draft.report, photos=photos, grave_asked=draft.report.category in GRAVE)
    return [each for each in found if each.step != CHECK]


def _lack(problem: Problem) -> Lack:
    page = "subject" if problem.field == "category" else _PAGE_OF.get(problem.step, "story")
    return Lack(problem_sentence(problem), page)


@bp.route("/report/send", methods=["GET", "POST"])
def send() -> ResponseReturnValue:
    """Register the report and show its receipt; the same draft shows the same receipt for an hour."""
    draft = entry.held()
    if request.method == "GET" or draft is None:
        return entry.to("report" if draft is None or draft.sent else "check")
    if draft.sent:
        return _receipt()
    form = CheckForm()
    entry.count("report.send", minutes=60)
    if request.form.get("do") == "another":
        return _show(form, draft)
    verdict = human.judge(form.proof.data or "", form.answer.data or "", entry.token())
    verdict = "trap" if form.website.data else verdict
    if verdict != "right":
        form.say("answer", sentence("answer", verdict))
    if not form.notice.data:
        form.bad("notice", "agree")
    if form.errors or _problems(draft):
        return _show(form, draft, 400, answered=verdict in {"right", "hasty"})
    return _receipt()


def _receipt() -> ResponseReturnValue:
    try:
        receipt = _submit()
    except (DraftGone, Incomplete):
        return entry.to("check")
    except NotHere:
        draft = entry.held()
        return entry.unavailable_here(draft.report.area if draft else "")
    return _show_receipt(receipt)


def _submit() -> Receipt:
    """Send the draft. Where two requests send it at once, the one that lost looks once more."""
    for last in (False, True):
        try:
            with keeping():
                return intake.submit(entry.token(), notice=True, language=language())
        except Unkept:
            if last:
                raise
    raise AssertionError


def _show_receipt(receipt: Receipt, status: int = 200, *, wrong: bool = False) -> ResponseReturnValue:
    form = LastFourForm(formdata=None)
    if wrong:
        form.last_four.errors = [sentence("last_four", "wrong")]
    draft = entry.held()
    case = tracking.outlook(receipt.case_id)
    return entry.page(
        "cases/receipt.html",
        status,
        form=form,
        number=receipt.number,
        groups=show_code(receipt.code).split(),
        qr=_square(show_code(receipt.code)),
        until=draft.expires_at if draft else clock.now(),
        case=case,
        track_url=public_address("cases.track"),
        place=areas.place_of(case.place) if case else None,
        section="report",
    )


def _square(text: str) -> str:
    """Return a QR code as a picture inside the page: no address ever holds what it says."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", scale=6, border=4)
    return "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode("ascii")


@bp.route("/report/received", methods=["GET", "POST"])
def received() -> ResponseReturnValue:
    """Take the last four digits as the sign that the code is safe; from then on it is never shown again."""
    if request.method == "GET":
        case_id = opened.opened()
        case = tracking.outlook(case_id) if case_id is not None else None
        if case is None:
            return entry.to("report")
        return entry.page(
            "cases/received.html",
            case=case,
            place=areas.place_of(case.place),
            hotlines=areas.hotlines(case.place),
            section="report",
        )
    with keeping():
        receipt = intake.receipt(entry.token())
    if receipt is None:
        return entry.to("received" if opened.opened() else "report")
    digits = typed.digits(LastFourForm().last_four.data or "")
    with keeping():
        right = intake.confirm(entry.token(), digits)
    if not right:
        return _show_receipt(receipt, 400, wrong=True)
    session.pop("draft", None)
    opened.open_case(receipt.case_id)
    return entry.to("received")
